package io.signalbox.kernel;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a kernel knows about signals beside its machine: who reads, what was delivered, what things are called. Any thread. */
final class SignalDesk {
    private final Kernel kernel;
    private final SignalKinds kinds;
    private final Deliveries deliveries = new Deliveries();
    private final List<SignalReader> readers = new CopyOnWriteArrayList<>();
    private final AgentReadings agentReadings = new AgentReadings(readers);
    private final ConcurrentHashMap<Long, String> coordinationNames = new ConcurrentHashMap<>();

    SignalDesk(final Kernel kernel) {
        this.kernel = kernel;
        this.kinds = new SignalKinds(kernel);
    }

    SignalKinds kinds() {
        return kinds;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Who reads signals in the name of an agent; for {@link #explain}. */
    List<SignalReader> readers() {
        return readers;
    }

    /** Subscriptions in an agent's name; they stand among {@link #readers()}. */
    AgentReadings agentReadings() {
        return agentReadings;
    }

    /** What has become of the signal of a position for an agent. */
    SignalExplanation explain(final long position, final String agent) {
        return new SignalExplainer(kernel, readers).explain(position, agent);
    }

    /** Name of an open coordination, empty when it is closed by now or the kernel-wide scope. */
    String coordinationName(final long handle) {
        if (handle == 0) {
            return "";
        }
        final String known = coordinationNames.get(handle);
        if (known != null) {
            return known;
        }
        final String name = kernel.query(() -> kernel.machine().coordinations().slot(handle) < 0
                ? ""
                : kernel.machine().coordinations().name((int) handle));
        if (!name.isEmpty()) {
            coordinationNames.put(handle, name);
        }
        return name;
    }

    /** A coordination is closed: what was counted outside the machine goes with it. */
    void forget(final long coordination) {
        coordinationNames.remove(coordination);
        deliveries.forget(coordination);
    }
}

package io.signalbox.bench.subject;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Ingress;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.Threading;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Agents of one coordination that pass a token by completing: each waits for its predecessor's completion, reads the newest signal,
 * and in one command raises its own and declares its next wait.
 */
final class KernelRing implements RingSubject {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What one agent's thread uses, and nobody else. */
    private static final class Station {
        private final Kernel kernel;
        private final int name;
        private final Subscription tokens;
        private final byte[] payload = new byte[Long.BYTES];
        private Ingress ingress;
        private long wait;

        Station(final Kernel kernel, final int name) {
            this.kernel = kernel;
            this.name = name;
            this.tokens = kernel.subscribe();
        }

        /** Made by the agent's own thread. */
        Ingress ingress() {
            if (ingress == null) {
                ingress = kernel.newIngress();
            }
            return ingress;
        }
    }

    private final Kernel kernel;
    private final Coordination coordination;
    private final int completed;
    private final Station[] stations;

    KernelRing(final KernelConfig config, final int agents) {
        kernel = Kernel.launch(config);
        coordination = kernel.coordination("ring");
        completed = kernel.nameId(Coordination.AGENT_COMPLETED);
        stations = new Station[agents];
        for (int i = 0; i < agents; i++) {
            stations[i] = new Station(kernel, kernel.nameId("agent-" + i));
        }
        final Ingress ingress = kernel.newIngress();
        for (int i = 0; i < agents; i++) {
            stations[i].wait = checked(ingress.declare(
                    coordination.handle(),
                    DependencyKind.AGENT_COMPLETION,
                    DependencyRules.SUCCESS_REQUIRED,
                    stations[i].name,
                    before(i).name,
                    -1,
                    0,
                    0));
        }
    }

    private Station before(final int agent) {
        return stations[(agent + stations.length - 1) % stations.length];
    }

    @Override
    public long take(final int agent) {
        final Station station = stations[agent];
        final int end = station.ingress().await(station.wait, Long.MAX_VALUE);
        if (end != Ingress.RESOLVED) {
            throw new IllegalStateException(
                    "expected the wait of agent " + agent + " to resolve, it ended with " + end);
        }
        if (station.tokens.advanceToNewest() != 1 || station.tokens.sender() != before(agent).name) {
            throw new IllegalStateException(
                    "agent " + agent + " was woken but its predecessor's signal is not the newest");
        }
        station.tokens.copyPayload(station.payload, 0);
        return (long) LONG.get(station.payload, 0);
    }

    @Override
    public void pass(final int agent, final long token) {
        final Station station = stations[agent];
        LONG.set(station.payload, 0, token);
        station.wait = checked(station.ingress()
                .raise(
                        coordination.handle(),
                        completed,
                        station.name,
                        0,
                        0,
                        1,
                        Double.NaN,
                        before(agent).name,
                        0,
                        station.payload));
    }

    private static long checked(final long answer) {
        if (answer < 0) {
            throw new IllegalStateException("the kernel refused: " + answer);
        }
        return answer;
    }

    @Override
    public int extraSpinners() {
        return kernel.config().threading() == Threading.DEDICATED ? 1 : 0;
    }

    @Override
    public void close() {
        kernel.close();
    }
}

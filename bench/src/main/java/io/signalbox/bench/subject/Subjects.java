package io.signalbox.bench.subject;

import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.wait.Spinning;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that can be measured, by name. A new subject is one line here and a row in the catalogue. */
public final class Subjects {
    private static final Map<String, Supplier<HandoffSubject>> HANDOFFS = new TreeMap<>(Map.of(
            "volatile.hop", VolatilePingPong::new,
            "lock.pingpong", LockPingPong::new,
            "disruptor.pingpong.barrier", () -> new DisruptorPingPong(DisruptorPingPong.Style.BARRIER),
            "disruptor.pingpong.poller", () -> new DisruptorPingPong(DisruptorPingPong.Style.POLLER),
            "disruptor.pingpong.batch", () -> new DisruptorPingPong(DisruptorPingPong.Style.BATCH),
            "kernel.caller.spin",
                    () -> new KernelPingPong(KernelConfig.standard().withWaiting(Spinning.Style.BUSY_SPIN)),
            "kernel.caller.spin.measured",
                    () -> new KernelPingPong(KernelConfig.standard()
                            .withWaiting(Spinning.Style.BUSY_SPIN)
                            .withMetrics(MetricsConfig.on())),
            "kernel.lowLatency", () -> new KernelPingPong(KernelConfig.lowLatency()),
            "kernel.send.empty", () -> new KernelSend(false),
            "kernel.send.full", () -> new KernelSend(true)));

    private static final Map<String, IntFunction<RingSubject>> RINGS = new TreeMap<>(Map.of(
            "ring.transferQueue", agents -> new QueueRing(agents, LinkedTransferQueue::new),
            "ring.blockingQueue", agents -> new QueueRing(agents, LinkedBlockingQueue::new),
            "ring.synchronousQueue", agents -> new QueueRing(agents, SynchronousQueue::new),
            "ring.kernel", agents -> new KernelRing(KernelConfig.standard(), agents),
            "ring.kernel.lowLatency", agents -> new KernelRing(manyWaiters(), agents)));

    private Subjects() {}

    /**
     * The preset lowLatency() for waiters that outnumber the cores by far. Virtual threads park at once whatever is set; 64 platform
     * threads that spin on two cores would measure the scheduler's time slices and nothing else, so they may park.
     */
    private static KernelConfig manyWaiters() {
        return KernelConfig.lowLatency().withWaiting(Spinning.Style.SPIN_THEN_PARK);
    }

    /** Everything that can be measured. */
    public static List<String> names() {
        return Stream.concat(HANDOFFS.keySet().stream(), RINGS.keySet().stream())
                .toList();
    }

    /** Whether {@code name} is a two-thread hand-off; otherwise it is a ring, or unknown. */
    public static boolean isHandoff(final String name) {
        return HANDOFFS.containsKey(name);
    }

    /** A new two-thread hand-off. {@code IllegalArgumentException} if there is none of this name. */
    public static HandoffSubject newHandoff(final String name) {
        return known(HANDOFFS, name).get();
    }

    /** A new ring of {@code agents} stations. {@code IllegalArgumentException} if there is none of this name. */
    public static RingSubject newRing(final String name, final int agents) {
        return known(RINGS, name).apply(agents);
    }

    private static <T> T known(final Map<String, T> subjects, final String name) {
        final T subject = subjects.get(name);
        if (subject == null) {
            throw new IllegalArgumentException("unknown subject " + name + "; known are " + names());
        }
        return subject;
    }
}

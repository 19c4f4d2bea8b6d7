package io.signalbox.kernel;

import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.port.KernelClock;
import io.signalbox.kernel.wait.Spinning;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Everything that is set about a kernel. Immutable; start from a preset and change what differs.
 *
 * @param name of the kernel, in thread names and messages.
 * @param threading who turns the machine.
 * @param waiting how waiters wait.
 * @param spinnersMax threads that may spin at once; cores minus one where it is not set.
 * @param ringCapacity commands on their way at once, a power of two; each takes about 700 bytes.
 * @param durability what the kernel's answers survive; anything but MEMORY needs a journal.
 * @param reofferAtOpen whether tasks that were in flight when the journal ended are offered to workers again at open.
 * @param limits sizes of the machine's tables.
 * @param clock the only clock the kernel reads.
 * @param metrics what is measured; off where it is not set.
 * @param listenersPatience how long {@link Kernel#close} waits until the executors of listeners have taken what they are handed, more
 *     than zero. After it close goes on, logs a warning, and says so in {@link Readers#hasGivenUp}.
 */
public record KernelConfig(
        String name,
        Threading threading,
        Spinning.Style waiting,
        int spinnersMax,
        int ringCapacity,
        Durability durability,
        boolean reofferAtOpen,
        MachineLimits limits,
        KernelClock clock,
        MetricsConfig metrics,
        Duration listenersPatience) {
    public KernelConfig {
        require(
                ringCapacity >= 2 && Integer.bitCount(ringCapacity) == 1,
                "ringCapacity must be a power of two, at least 2: " + ringCapacity);
        require(
                listenersPatience.compareTo(Duration.ZERO) > 0,
                "listenersPatience must be more than zero: " + listenersPatience);
        require(spinnersMax >= 0, "spinnersMax must not be negative: " + spinnersMax);
    }

    /** Who submits turns: no thread on the path. The default. */
    public static KernelConfig standard() {
        return new KernelConfig(
                "signalbox",
                Threading.CALLER,
                Spinning.Style.SPIN_THEN_PARK,
                Math.max(0, Runtime.getRuntime().availableProcessors() - 1),
                8192,
                Durability.MEMORY,
                true,
                MachineLimits.standard(),
                SystemClock.INSTANCE,
                MetricsConfig.off(),
                Duration.ofSeconds(10));
    }

    /** One shared thread that parks, waiters that park at once, small tables. */
    public static KernelConfig frugal() {
        return standard()
                .withThreading(Threading.SHARED)
                .withWaiting(Spinning.Style.PARK)
                .withRingCapacity(1024)
                .withLimits(MachineLimits.small());
    }

    /** A dedicated writer and waiters that both spin without end: for machines with a core for each of them. */
    public static KernelConfig lowLatency() {
        return standard().withThreading(Threading.DEDICATED).withWaiting(Spinning.Style.BUSY_SPIN);
    }

    public KernelConfig withName(final String name) {
        return with(draft -> draft.name = name);
    }

    public KernelConfig withThreading(final Threading threading) {
        return with(draft -> draft.threading = threading);
    }

    public KernelConfig withWaiting(final Spinning.Style waiting) {
        return with(draft -> draft.waiting = waiting);
    }

    public KernelConfig withSpinnersMax(final int spinnersMax) {
        return with(draft -> draft.spinnersMax = spinnersMax);
    }

    public KernelConfig withRingCapacity(final int ringCapacity) {
        return with(draft -> draft.ringCapacity = ringCapacity);
    }

    public KernelConfig withDurability(final Durability durability) {
        return with(draft -> draft.durability = durability);
    }

    public KernelConfig withReofferAtOpen(final boolean reofferAtOpen) {
        return with(draft -> draft.reofferAtOpen = reofferAtOpen);
    }

    public KernelConfig withLimits(final MachineLimits limits) {
        return with(draft -> draft.limits = limits);
    }

    public KernelConfig withClock(final KernelClock clock) {
        return with(draft -> draft.clock = clock);
    }

    public KernelConfig withMetrics(final MetricsConfig metrics) {
        return with(draft -> draft.metrics = metrics);
    }

    public KernelConfig withListenersPatience(final Duration listenersPatience) {
        return with(draft -> draft.listenersPatience = listenersPatience);
    }

    private KernelConfig with(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** All components by name, while they are still being set. */
    private static final class Draft {
        String name;
        Threading threading;
        Spinning.Style waiting;
        int spinnersMax;
        int ringCapacity;
        Durability durability;
        boolean reofferAtOpen;
        MachineLimits limits;
        KernelClock clock;
        MetricsConfig metrics;
        Duration listenersPatience;

        Draft(final KernelConfig from) {
            name = from.name;
            threading = from.threading;
            waiting = from.waiting;
            spinnersMax = from.spinnersMax;
            ringCapacity = from.ringCapacity;
            durability = from.durability;
            reofferAtOpen = from.reofferAtOpen;
            limits = from.limits;
            clock = from.clock;
            metrics = from.metrics;
            listenersPatience = from.listenersPatience;
        }

        KernelConfig finished() {
            return new KernelConfig(
                    name,
                    threading,
                    waiting,
                    spinnersMax,
                    ringCapacity,
                    durability,
                    reofferAtOpen,
                    limits,
                    clock,
                    metrics,
                    listenersPatience);
        }
    }

    /** How long a payload, a value or a result may be, in bytes. */
    public int payloadLengthMax() {
        return limits.payloadLengthMax();
    }

    /** How many definitions of workflows a kernel keeps; a shorter way to {@code limits().definitionsMax()}. */
    public int definitionsMax() {
        return limits.definitionsMax();
    }
}

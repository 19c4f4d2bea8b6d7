package io.signalbox.kernel.metrics;

import java.time.Duration;
import java.util.Map;

/**
 * How long an operation is expected to take at most: what the Python systems promised, and what we hold ourselves to. Neither
 * stops anything: whatever took longer is counted.
 *
 * @param expectedNs the promise that a user of those systems knows, or of whoever made the recorder; {@link #NONE} for none.
 * @param ownNs ours, {@link #NONE} for none.
 */
public record Bound(long expectedNs, long ownNs) {
    /** No bound. */
    public static final long NONE = Long.MAX_VALUE;

    /** What has no bound. */
    public static final Bound UNBOUNDED = new Bound(NONE, NONE);

    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final long OWN_NS = MS; // a signal is with its reader within a millisecond, and so is an answer

    /** Making a session, or the state that its agents share. */
    public static final Bound STATE_CREATION = new Bound(500 * MS, OWN_NS);

    /** A signal: sent and answered, and from there to its reader. */
    public static final Bound SIGNAL = new Bound(100 * MS, OWN_NS);

    /** Handing each agent its context. */
    public static final Bound CONTEXT = new Bound(200 * MS, OWN_NS);

    /** What is asked about a dependency: its declaration, a mark, a score. */
    public static final Bound DEPENDENCY = new Bound(2 * SECOND, OWN_NS);

    /** From a wait's declaration to its resolution: most of that is the agents' work, so we promise nothing. */
    public static final Bound RESOLUTION = new Bound(2 * SECOND, NONE);

    /** Reading or writing a key. */
    public static final Bound STATE = new Bound(2 * MS, OWN_NS);

    /** A decision about a task. */
    public static final Bound ROUTING = new Bound(5 * MS, OWN_NS);

    /** Meeting at a barrier, asking for a lease. */
    public static final Bound SYNC = new Bound(500 * MS, OWN_NS);

    /** Everything else that the kernel answers. */
    public static final Bound ANSWER = new Bound(NONE, OWN_NS);

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final Map<String, Bound> BY_OPERATION = Map.of(
            "shared_state_creation", STATE_CREATION,
            "coordination_signal", SIGNAL,
            "context_distribution", CONTEXT,
            "dependency_resolution", RESOLUTION);

    public Bound {
        if (expectedNs < 0 || ownNs < 0) {
            throw new MetricException(
                    MetricException.Reason.NEGATIVE_DURATION,
                    "a bound must not be negative: " + Math.min(expectedNs, ownNs) + " ns");
        }
    }

    /** In nanoseconds; what is longer than 292 years is as long as that. */
    static long ns(final Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return NONE;
        }
        return duration.isNegative() ? -ns(duration.negated()) : duration.toNanos();
    }

    /** The bound of an operation by the name that the Python systems gave it; {@link #UNBOUNDED} for every other. */
    public static Bound ofOperation(final String name) {
        return BY_OPERATION.getOrDefault(name, UNBOUNDED);
    }
}

package io.signalbox.kernel.routing;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/**
 * Opinions to a decision: check, consolidate, bound the retries, record.
 *
 * <p>A task may be retried so often in a row as the command allows. What leads on (from {@link RoutingDecision#PARALLEL} to
 * {@link RoutingDecision#CONTINUE}) ends the row; an error or an end does not, so that nobody retries for ever by failing in between.
 */
public final class RoutingRules {
    /** Most opinions that one command brings. */
    public static final int OPINIONS_MAX = 16;

    /** Longest name of a task, in characters. */
    public static final int TASK_LENGTH_MAX = 256;

    /** Longest correlation id, in bytes. */
    public static final int CORRELATION_LENGTH_MAX = 256;

    /** Bytes before the opinions of a command: how long the task has run, in milliseconds. */
    public static final int PREAMBLE = Long.BYTES;

    private static final int RETRY_COUNT_KEPT_MAX = 0xFFFF;

    private final Routings routings;
    private final NameTable names;
    private final Recorder recorder;
    private final OpinionView view = new OpinionView();
    private final Tally tally = new Tally();

    public RoutingRules(final Routings routings, final NameTable names, final Recorder recorder) {
        this.routings = routings;
        this.names = names;
        this.recorder = recorder;
    }

    /**
     * Decide about a task; answers a {@link Verdict}.
     *
     * @param exhausted code of what a retry becomes when none is left, error or end.
     * @param retriesMax 0 to {@link Verdict#RETRIES_MAX}.
     * @param retryCount what the caller knows of earlier attempts; the higher of this and the kernel's own count holds.
     * @param opinionsAt where the preamble and the opinions stand in {@code bytes}.
     */
    public long decide(
            final long coordination,
            final int task,
            final int policyCode,
            final int failingCode,
            final int exhausted,
            final int retriesMax,
            final int retryCount,
            final long stateVersion,
            final long routingTimeNs,
            final byte[] bytes,
            final int opinionsAt,
            final int opinionsLength,
            final long correlation,
            final long opinions) {
        final long unusable = unusable(task);
        if (unusable != 0) {
            return unusable;
        }
        final Consolidation policy = Consolidation.of(policyCode);
        final FailingRouter failing = FailingRouter.of(failingCode);
        if (policy == null
                || failing == null
                || exhausted < 0
                || exhausted > RoutingDecision.END.code()
                || retriesMax < 0
                || retriesMax > Verdict.RETRIES_MAX
                || retryCount < 0
                || stateVersion < -1
                || routingTimeNs < 0
                || opinionsLength < PREAMBLE
                || executionTimeMs(bytes, opinionsAt) < 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if ((int) correlation > CORRELATION_LENGTH_MAX) {
            return Rejection.TOO_LONG.answer();
        }
        tally.begin(policy, failing);
        final long malformed = countIn(bytes, opinionsAt + PREAMBLE, opinionsLength - PREAMBLE, OPINIONS_MAX);
        if (malformed != 0) {
            return malformed;
        }
        final byte[][] given = routings.given(coordination, task);
        for (final byte[] opinion : given) {
            view.wrap(opinion, 0, opinion.length).next();
            tally.add(view);
        }
        return record(
                coordination,
                task,
                policy.code() | failing.code() << 1 | Math.min(retryCount, RETRY_COUNT_KEPT_MAX) << 8,
                RoutingDecision.of(exhausted),
                retriesMax,
                Math.max(retryCount, routings.retries(coordination, task)),
                given.length,
                stateVersion,
                routingTimeNs,
                correlation,
                opinions);
    }

    private long record(
            final long coordination,
            final int task,
            final int settings,
            final RoutingDecision whenExhausted,
            final int retriesMax,
            final int retriesBefore,
            final int given,
            final long stateVersion,
            final long routingTimeNs,
            final long correlation,
            final long opinions) {
        final boolean wantsRetry = tally.decision() == RoutingDecision.RETRY;
        final boolean isExhausted = wantsRetry && retriesBefore >= retriesMax;
        final RoutingDecision decision = isExhausted ? whenExhausted : tally.decision();
        final int retries = retriesAfter(coordination, task, decision, retriesBefore);
        final long number = routings.number(coordination) + 1;
        if (number > Verdict.NUMBER_MAX || retries > 0 && !routings.canRemember(coordination, task)) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long verdict = Verdict.of(decision, tally.winner(), isExhausted, given, retries, number);
        recorder.record(
                FactType.DECISION_RECORDED,
                settings,
                coordination,
                Fact.pair(retries, task),
                verdict,
                stateVersion,
                routingTimeNs,
                correlation,
                opinions);
        return verdict;
    }

    /** The row goes on with a retry, stays with an error or an end, and is over with what leads on. */
    private int retriesAfter(
            final long coordination, final int task, final RoutingDecision decision, final int retriesBefore) {
        if (decision == RoutingDecision.RETRY) {
            return retriesBefore + 1;
        }
        return decision.leadsOn() ? 0 : routings.retries(coordination, task);
    }

    /** Check the opinions and count them; 0, or why not. */
    private long countIn(final byte[] bytes, final int from, final int length, final int countMax) {
        view.wrap(bytes, from, length);
        while (view.next()) {
            if (tally.count() == countMax) {
                return Rejection.TOO_LONG.answer();
            }
            if (!view.isWellFormed()) {
                return Rejection.INVALID_VALUE.answer();
            }
            if (!view.hasKnownNames(names.size())) {
                return Rejection.UNKNOWN_NAME.answer();
            }
            tally.add(view);
        }
        return 0;
    }

    /**
     * Keep an opinion for the next decision about a task; the router's next one takes its place. Answers how many wait then.
     *
     * @param at where it stands in {@code bytes}.
     */
    public long give(
            final long coordination,
            final int task,
            final byte[] bytes,
            final int at,
            final int length,
            final long payload) {
        final long unusable = unusable(task);
        if (unusable != 0) {
            return unusable;
        }
        tally.begin(Consolidation.SEVERITY, FailingRouter.COUNTS_AS_ERROR);
        final long malformed = countIn(bytes, at, length, 1);
        if (malformed != 0 || tally.count() == 0) {
            return malformed != 0 ? malformed : Rejection.INVALID_VALUE.answer();
        }
        final byte[][] given = routings.given(coordination, task);
        view.wrap(bytes, at, length).next();
        final int router = view.router();
        int index = 0;
        while (index < given.length && !isBy(router, given[index])) {
            index++;
        }
        if (index == Verdict.GIVEN_MAX || !routings.canRemember(coordination, task)) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.OPINION_GIVEN, 0, coordination, task, index, 0, 0, 0, payload);
        return Math.max(given.length, index + 1);
    }

    private boolean isBy(final int router, final byte[] opinion) {
        view.wrap(opinion, 0, opinion.length).next();
        return view.router() == router;
    }

    /** End a task's row of retries; answers how many there were. */
    public long resetRetries(final long coordination, final int task) {
        final long unusable = unusable(task);
        if (unusable != 0) {
            return unusable;
        }
        final int retries = routings.retries(coordination, task);
        if (retries > 0) {
            recorder.record(FactType.RETRIES_RESET, 0, coordination, task, 0, 0, 0);
        }
        return retries;
    }

    /** Forget the decisions of a coordination; retry counts and statistics stay. Answers 0. */
    public long clear(final long coordination) {
        if (routings.hasHistory(coordination)) {
            recorder.record(FactType.ROUTING_CLEARED, 0, coordination, 0, 0, 0, 0);
        }
        return 0;
    }

    private long unusable(final int task) {
        if (task <= 0 || task > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final byte[] name = names.bytes(task);
        return name.length > TASK_LENGTH_MAX && characters(name) > TASK_LENGTH_MAX ? Rejection.TOO_LONG.answer() : 0;
    }

    /** Code points: bytes that do not go on with another one's character. */
    private static int characters(final byte[] utf8) {
        int count = 0;
        for (final byte b : utf8) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    static long executionTimeMs(final byte[] bytes, final int at) {
        long value = 0;
        for (int i = PREAMBLE - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.SignalExplanation.Verdict;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * What an agent's subscription did with the signals it came by, for {@link Kernel#explainSignal}: the last deliveries with their times, and
 * the last gaps. Of bounded size. The reader writes, anybody asks.
 */
final class AgentReading implements SignalReader {
    /** Deliveries that are remembered, with their times. */
    static final int DELIVERIES_MAX = 1024;
    /** Gaps that are remembered. */
    static final int GAPS_MAX = 16;

    private static final int DELIVERIES_MIN = 16;
    private static final long NONE = -1;

    /** Both ends by fact id, exclusive. */
    private record Missed(long after, long before) {}

    private final SignalFilter filter;
    private final long beginsBehind;
    private final ArrayDeque<Missed> gaps = new ArrayDeque<>();
    private long[] factIds = new long[DELIVERIES_MIN];
    private long[] timesNs = new long[DELIVERIES_MIN];
    private long deliveries;
    private long firstLookedAt = NONE;
    private long lookedAt = NONE;
    private boolean afterGap;

    /**
     * The reading of a subscription that begins.
     *
     * @param filter has a recipient.
     * @param beginsBehind fact id of the last signal that it passes over, -1 when that is not known.
     */
    AgentReading(final SignalFilter filter, final long beginsBehind) {
        this.filter = filter;
        this.beginsBehind = beginsBehind;
    }

    /** The reader has come to this signal. */
    synchronized void lookedAt(final long factId) {
        if (afterGap) {
            if (gaps.size() == GAPS_MAX) {
                gaps.removeFirst();
            }
            gaps.addLast(new Missed(lookedAt, factId));
            afterGap = false;
        }
        if (firstLookedAt == NONE) {
            firstLookedAt = factId;
        }
        lookedAt = factId;
    }

    /** The reader was given this signal. */
    synchronized void delivered(final long factId, final long timeNs) {
        if (deliveries == factIds.length && deliveries < DELIVERIES_MAX) {
            factIds = Arrays.copyOf(factIds, 2 * factIds.length);
            timesNs = Arrays.copyOf(timesNs, 2 * timesNs.length);
        }
        final int place = (int) (deliveries++ % factIds.length);
        factIds[place] = factId;
        timesNs[place] = timeNs;
    }

    /** The reader was told that it missed something. */
    synchronized void missed() {
        afterGap = true;
    }

    @Override
    public String agent() {
        return filter.recipient();
    }

    @Override
    public synchronized SignalExplanation reading(final long coordination, final PastSignal signal) {
        final long factId = signal.factId();
        final String stoppedBy = filter.stoppedBy(coordination, signal);
        if (stoppedBy != null) {
            return not(Verdict.FILTERED, "does not want it: " + stoppedBy);
        }
        if (factId > beginsBehind && isMissed(factId)) {
            return not(Verdict.MISSED, "was too slow for it");
        }
        if (factId <= beginsBehind || factId < firstLookedAt) {
            return not(Verdict.MISSED, "began behind it");
        }
        if (factId > lookedAt) {
            return not(Verdict.NOT_READ_YET, "has not come to it yet");
        }
        return lookedAt(factId, signal);
    }

    private SignalExplanation lookedAt(final long factId, final PastSignal signal) {
        final int known = (int) Math.min(deliveries, factIds.length);
        for (int i = 0; i < known; i++) {
            if (factIds[i] == factId) {
                return delivered(timesNs[i], signal, "");
            }
        }
        if (deliveries > known && factId < factIds[(int) (deliveries % factIds.length)]) {
            return filter.predicates().isEmpty()
                    ? delivered(NONE, signal, "; nobody remembers when")
                    : not(Verdict.UNKNOWN, "has forgotten what its predicate said to it");
        }
        return not(Verdict.FILTERED, "does not want it: its predicate said no");
    }

    private boolean isMissed(final long factId) {
        for (final Missed gap : gaps) {
            if (factId > gap.after && factId < gap.before) {
                return true;
            }
        }
        return false;
    }

    private SignalExplanation delivered(final long timeNs, final PastSignal signal, final String more) {
        final String after =
                timeNs == NONE ? "" : " " + (timeNs - signal.timestampNs()) / 1_000 + " us after it was raised";
        return new SignalExplanation(Verdict.DELIVERED, timeNs, "the reader of " + agent() + " got it" + after + more);
    }

    private SignalExplanation not(final Verdict verdict, final String why) {
        return new SignalExplanation(verdict, NONE, "the reader of " + agent() + " " + why);
    }
}

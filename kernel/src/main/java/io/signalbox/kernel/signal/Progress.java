package io.signalbox.kernel.signal;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;

/** How far each agent has come in each scope, and when it should be heard of again. Turn only. */
public final class Progress {
    /** Timer id of an expectation: its slot under this tag. */
    public static final long TIMER_TAG = 1L << 61;

    private final OrderedLongMap[] slotByAgent;
    private final long[] coordinations;
    private final int[] agents;
    private final int[] stalledTypes;
    private final long[] intervalsNs;
    private final long[] heardNs;
    private final double[] values;
    private final boolean[] isStalled;
    private final int[] free;
    private final DeadlineQueue deadlines;
    private int freeCount;
    private int used;

    Progress(final int slotsMax, final int progressMax, final DeadlineQueue deadlines) {
        slotByAgent = new OrderedLongMap[slotsMax];
        coordinations = new long[progressMax];
        agents = new int[progressMax];
        stalledTypes = new int[progressMax];
        intervalsNs = new long[progressMax];
        heardNs = new long[progressMax];
        values = new double[progressMax];
        isStalled = new boolean[progressMax];
        free = new int[progressMax];
        this.deadlines = deadlines;
    }

    /**
     * How one agent stands.
     *
     * @param value 0 to 1; NaN before its first word.
     * @param heardNs kernel time of its last word, or of the expectation.
     * @param intervalNs in which it should be heard of, 0 for none.
     */
    public record Standing(double value, long heardNs, long intervalNs, boolean isStalled) {}

    /** How an agent stands in a scope; null when nothing is known of it. */
    public Standing standing(final int scope, final int agent) {
        final int slot = slot(scope, agent);
        return slot < 0 ? null : new Standing(values[slot], heardNs[slot], intervalsNs[slot], isStalled[slot]);
    }

    boolean hasPlace(final int scope, final int agent) {
        return used < agents.length || freeCount > 0 || slot(scope, agent) >= 0;
    }

    long coordination(final int slot) {
        return coordinations[slot];
    }

    int agent(final int slot) {
        return agents[slot];
    }

    int stalledType(final int slot) {
        return stalledTypes[slot];
    }

    private int slot(final int scope, final int agent) {
        return slotByAgent[scope] == null ? -1 : (int) slotByAgent[scope].get(agent, -1);
    }

    private int slotFor(final long coordination, final int agent) {
        final int scope = (int) coordination;
        final int known = slot(scope, agent);
        if (known >= 0) {
            return known;
        }
        final int slot = freeCount > 0 ? free[--freeCount] : used++;
        coordinations[slot] = coordination;
        agents[slot] = agent;
        stalledTypes[slot] = 0;
        intervalsNs[slot] = 0;
        values[slot] = Double.NaN;
        isStalled[slot] = false;
        if (slotByAgent[scope] == null) {
            slotByAgent[scope] = new OrderedLongMap();
        }
        slotByAgent[scope].put(agent, slot);
        return slot;
    }

    /** PROGRESS_EXPECTED: a type of the warning and agent; b interval. */
    void onExpected(final Fact fact) {
        final int slot = slotFor(fact.coordination(), fact.sender());
        stalledTypes[slot] = fact.signalType();
        intervalsNs[slot] = fact.b();
        heard(slot, fact.timestampNs());
    }

    /** SIGNAL_RAISED of the kind that tells progress. */
    void onProgress(final Fact fact) {
        final int slot = slotFor(fact.coordination(), fact.subject());
        values[slot] = Double.longBitsToDouble(fact.d());
        heard(slot, fact.timestampNs());
    }

    private void heard(final int slot, final long nowNs) {
        heardNs[slot] = nowNs;
        isStalled[slot] = false;
        if (intervalsNs[slot] == 0) {
            deadlines.cancel(TIMER_TAG | slot);
        } else {
            final long dueNs = nowNs + intervalsNs[slot];
            deadlines.schedule(TIMER_TAG | slot, dueNs < 0 || dueNs == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : dueNs);
        }
    }

    /** SIGNAL_RAISED of an agent that has ended its work: nothing more is expected of it. */
    void onCompleted(final int scope, final int agent) {
        final int slot = slot(scope, agent);
        if (slot >= 0) {
            intervalsNs[slot] = 0;
            isStalled[slot] = false;
            deadlines.cancel(TIMER_TAG | slot);
        }
    }

    /** AGENT_STALLED: a type of the warning and agent. */
    public void onStalled(final Fact fact) {
        isStalled[slot((int) fact.coordination(), fact.sender())] = true;
    }

    void close(final int scope) {
        final OrderedLongMap ofScope = slotByAgent[scope];
        if (ofScope == null) {
            return;
        }
        for (int i = 0; i < ofScope.size(); i++) {
            final int slot = (int) ofScope.valueAt(i);
            deadlines.cancel(TIMER_TAG | slot);
            free[freeCount++] = slot;
        }
        slotByAgent[scope] = null;
    }

    /** Everything known in a scope, by agent in the order in which they were first heard of. */
    void digestInto(final DigestSink sink, final int scope) {
        final OrderedLongMap ofScope = slotByAgent[scope];
        for (int i = 0; ofScope != null && i < ofScope.size(); i++) {
            final int slot = (int) ofScope.valueAt(i);
            sink.add(Fact.pair(agents[slot], isStalled[slot] ? slot : ~slot));
            sink.add(Double.doubleToLongBits(values[slot]));
            sink.add(heardNs[slot]);
            sink.add(intervalsNs[slot]);
        }
    }
}

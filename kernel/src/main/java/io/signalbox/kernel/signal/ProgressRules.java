package io.signalbox.kernel.signal;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.store.SignalRecord;

/** How often an agent should be heard of, and what follows when it is not: check, then record. */
public final class ProgressRules {
    private final Progress progress;
    private final NameTable names;
    private final Recorder recorder;

    public ProgressRules(final Progress progress, final NameTable names, final Recorder recorder) {
        this.progress = progress;
        this.names = names;
        this.recorder = recorder;
    }

    /**
     * Expect an {@code agent_progress} of an agent at least once in each interval. Answers 0.
     *
     * @param stalledType name id under which the kernel raises {@link SignalKind#AGENT_STALLED}.
     * @param intervalNs 0: expect nothing any more.
     */
    public long expect(final long coordination, final int agent, final int stalledType, final long intervalNs) {
        if (agent <= 0 || agent > names.size() || stalledType <= 0 || stalledType > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (intervalNs < 0 || !SignalKind.AGENT_STALLED.isNamed(names.bytes(stalledType))) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (!progress.hasPlace((int) coordination, agent)) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.PROGRESS_EXPECTED, 0, coordination, Fact.pair(stalledType, agent), intervalNs, 0, 0);
        return 0;
    }

    /** An interval went by without a word of the agent. */
    public void missed(final int slot) {
        recorder.record(
                FactType.AGENT_STALLED,
                0,
                progress.coordination(slot),
                Fact.pair(progress.stalledType(slot), progress.agent(slot)),
                0,
                0,
                0);
    }

    /** AGENT_STALLED: tell everybody. */
    public void onStalled(final Fact fact) {
        recorder.record(
                FactType.SIGNAL_RAISED,
                SignalKind.AGENT_STALLED.code(),
                fact.coordination(),
                Fact.pair(fact.signalType(), 0),
                Fact.pair(fact.sender(), 0),
                Fact.marks(SignalView.NONE, SignalRules.PRIORITY_MAX, SignalRecord.NO_POSITION),
                Double.doubleToLongBits(Double.NaN),
                0,
                0);
    }
}

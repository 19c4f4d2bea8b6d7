package io.signalbox.kernel.metrics;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.event.FactLog;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Measures a kernel. What submitters and readers tell is kept here, by any thread; what the turn tells, in {@link TurnRecords}. Nothing
 * is allocated but the histogram of a command type when its first answer comes.
 */
final class RecordingMeter extends KernelMeter {
    private static final int TEMPLATES = 256;
    private static final int BACK_PRESSURED = 1;
    private static final int HALTED = 2;
    private static final int NO_STACK = 3;

    private final LongSupplier nowNs;
    private final long firstPosition;
    private final SubmitTimes submitTimes;
    private final TurnRecords turns;
    private final AtomicReferenceArray<Distribution> answerTimes = new AtomicReferenceArray<>(TEMPLATES);
    private final AtomicLongArray notTaken = new AtomicLongArray(TEMPLATES);
    private final Distribution propagation = Distribution.ofManyWriters(Bound.SIGNAL);
    private final LongAdder missed = new LongAdder();

    RecordingMeter(
            final LongSupplier nowNs,
            final int ringCapacity,
            final long firstPosition,
            final int waitsMax,
            final int waitsOpen) {
        this.nowNs = nowNs;
        this.firstPosition = firstPosition;
        submitTimes = new SubmitTimes(ringCapacity);
        turns = new TurnRecords(waitsMax, waitsOpen);
    }

    @Override
    public long startNs() {
        return nowNs.getAsLong();
    }

    @Override
    public void published(final long sequence, final long startedNs) {
        submitTimes.put(sequence, startedNs);
    }

    @Override
    public void answered(final CommandType type, final long startedNs) {
        final Distribution known = answerTimes.getAcquire(type.templateId());
        (known == null ? answerTimesOf(type) : known).record(sinceNs(startedNs));
    }

    private Distribution answerTimesOf(final CommandType type) {
        answerTimes.compareAndSet(type.templateId(), null, Distribution.ofManyWriters(bound(type)));
        return answerTimes.get(type.templateId());
    }

    private static Bound bound(final CommandType type) {
        return switch (type.room()) {
            case COORDINATION -> Bound.STATE_CREATION;
            case SIGNAL -> Bound.SIGNAL;
            case STATE -> Bound.STATE;
            case CONTEXT -> Bound.CONTEXT;
            case DEPENDENCY -> Bound.DEPENDENCY;
            case ROUTING -> Bound.ROUTING;
            case SYNC -> Bound.SYNC;
            case MACHINE, AGENT, WORKFLOW -> Bound.ANSWER;
        };
    }

    @Override
    public void notTaken(final long answer) {
        notTaken.getAndIncrement((int) -answer);
    }

    @Override
    public void applied(final CommandType type, final long sequence, final FactLog facts) {
        final long submittedNs = submitTimes.get(sequence);
        if (submittedNs != SubmitTimes.UNKNOWN) {
            turns.waited(facts.timestampNs() - submittedNs);
        }
        turns.applied(type, facts);
    }

    @Override
    public void turned(final int commands) {
        turns.turned(commands);
    }

    @Override
    public void delivered(final long factId, final long timestampNs) {
        final long submittedNs = submitTimes.get((factId >>> 16) - firstPosition);
        propagation.record(sinceNs(submittedNs == SubmitTimes.UNKNOWN ? timestampNs : submittedNs));
    }

    @Override
    public void missed(final long signals) {
        missed.add(signals);
    }

    private long sinceNs(final long startedNs) {
        return Math.max(0, nowNs.getAsLong() - startedNs);
    }

    @Override
    void addTo(final SnapshotDraft draft) {
        for (final CommandType type : CommandType.values()) {
            final Distribution times = answerTimes.get(type.templateId());
            if (times != null) {
                draft.addTiming(times.timing(MetricNames.of(type)));
            }
        }
        turns.addTo(draft);
        final TimingSummary delivered = propagation.timing(MetricNames.SIGNAL_PROPAGATION_TIME);
        draft.addTiming(delivered);
        draft.addCounter(MetricNames.SIGNALS_RECEIVED, delivered.count());
        for (int answer = 1; answer < TEMPLATES; answer++) {
            draft.addRefusals(answer, notTaken.get(answer));
        }
        draft.addDrops(MetricNames.COMMANDS_BACK_PRESSURED, notTaken.get(BACK_PRESSURED));
        draft.addDrops(MetricNames.COMMANDS_HALTED, notTaken.get(HALTED));
        draft.addDrops(MetricNames.COMMANDS_WITHOUT_STACK, notTaken.get(NO_STACK));
        draft.addDrops(MetricNames.SIGNALS_MISSED, missed.sum());
    }
}

package io.signalbox.kernel.metrics;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Room;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * What the turn tells a meter. One writer at a time, with a happens-before edge from turn to turn: it loads plainly and stores lazily,
 * and readers see each number whole. Time is that of the commands' headers; no clock is read.
 */
final class TurnRecords {
    private static final int TEMPLATES = 256;
    private static final int CODES = 1 << 9;
    private static final int REFUSALS = 256;
    private static final int CODE_MASK = 0xFFFF;
    private static final int WORD_TYPE = 0;
    private static final int WORD_HANDLE_OR_ANSWER = 2;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final AtomicLongArray commands = new AtomicLongArray(TEMPLATES);
    private final AtomicLongArray facts = new AtomicLongArray(CODES);
    private final AtomicLongArray refusals = new AtomicLongArray(REFUSALS);
    private final Distribution turnWait = Distribution.ofOneWriter(Bound.ANSWER);
    private final Distribution turnCommands = Distribution.ofOneWriter(Bound.UNBOUNDED);
    private final AtomicLong lastTurn = new AtomicLong();
    private final Distribution resolution = Distribution.ofOneWriter(Bound.RESOLUTION);
    private final Distribution unresolved = Distribution.ofOneWriter(Bound.UNBOUNDED);
    private final AtomicLong waitsOpen;
    private final AtomicLong waitsUnmeasured = new AtomicLong();
    private final long[] waitsSinceNs; // turn only

    TurnRecords(final int waitsMax, final int waitsOpen) {
        waitsSinceNs = new long[waitsMax];
        Arrays.fill(waitsSinceNs, UNKNOWN);
        this.waitsOpen = new AtomicLong(waitsOpen);
    }

    /** A command has stood in the ring for so long. */
    void waited(final long durationNs) {
        turnWait.record(Math.max(0, durationNs));
    }

    /** A command was applied. */
    void applied(final CommandType type, final FactLog log) {
        if (type != null) {
            increment(commands, type.templateId());
        }
        for (int i = 0; i < log.count(); i++) {
            final int code = (int) log.word(i, WORD_TYPE) & CODE_MASK;
            increment(facts, code);
            final FactType fact = FactType.of(code);
            if (fact == FactType.COMMAND_REJECTED) {
                increment(refusals, (int) -log.word(i, WORD_HANDLE_OR_ANSWER));
            } else if (fact.room() == Room.DEPENDENCY) {
                follow(fact, (int) log.word(i, WORD_HANDLE_OR_ANSWER), log.timestampNs());
            }
        }
    }

    private void follow(final FactType fact, final int slot, final long timestampNs) {
        switch (fact) {
            case DEPENDENCY_DECLARED -> {
                waitsSinceNs[slot] = timestampNs;
                waitsOpen.lazySet(waitsOpen.getPlain() + 1);
            }
            case DEPENDENCY_RESOLVED -> end(resolution, slot, timestampNs);
            case DEPENDENCY_FAILED, DEPENDENCY_EXPIRED, DEPENDENCY_CANCELLED -> end(unresolved, slot, timestampNs);
            default -> {
                // marks and scores: counted, and that is all
            }
        }
    }

    private void end(final Distribution distribution, final int slot, final long timestampNs) {
        waitsOpen.lazySet(waitsOpen.getPlain() - 1);
        if (waitsSinceNs[slot] == UNKNOWN) {
            waitsUnmeasured.lazySet(waitsUnmeasured.getPlain() + 1);
        } else {
            distribution.record(timestampNs - waitsSinceNs[slot]);
            waitsSinceNs[slot] = UNKNOWN;
        }
    }

    /** A turn applied so many commands. */
    void turned(final int applied) {
        if (applied > 0) {
            turnCommands.record(applied);
            lastTurn.lazySet(applied);
        }
    }

    private static void increment(final AtomicLongArray counts, final int index) {
        counts.lazySet(index, counts.getPlain(index) + 1);
    }

    /** Any thread. */
    void addTo(final SnapshotDraft draft) {
        draft.addTiming(turnWait.timing(MetricNames.TURN_WAIT_TIME));
        draft.addTiming(resolution.timing(MetricNames.DEPENDENCY_RESOLUTION_TIME));
        draft.addTiming(unresolved.timing(MetricNames.DEPENDENCY_UNRESOLVED_TIME));
        draft.addGauge(turnCommands.read(this::turnCommands));
        final long open = waitsOpen.get();
        draft.addGauge(new GaugeSummary(MetricNames.WAITS_OPEN, "waits", 1, open, open, open, open, open, open));
        for (final CommandType type : CommandType.values()) {
            draft.addCounter(MetricNames.of(type), commands.get(type.templateId()));
        }
        for (final FactType type : FactType.values()) {
            draft.addFacts(type, facts.get(type.code()));
        }
        draft.addCounter(MetricNames.SIGNALS_SENT, facts.get(FactType.SIGNAL_RAISED.code()));
        for (int code = 1; code < REFUSALS; code++) {
            draft.addRefusals(code, refusals.get(code));
        }
        draft.addDrops(MetricNames.WAITS_OF_EARLIER_LAUNCHES, waitsUnmeasured.get());
    }

    private GaugeSummary turnCommands(final Histogram histogram) {
        final long count = histogram.getTotalCount();
        return new GaugeSummary(
                MetricNames.TURN_COMMANDS,
                "commands",
                count,
                count == 0 ? 0 : lastTurn.get(),
                count == 0 ? 0 : histogram.getMinValue(),
                histogram.getMaxValue(),
                count == 0 ? 0 : histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99));
    }
}

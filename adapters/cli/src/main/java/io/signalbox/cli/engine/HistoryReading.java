package io.signalbox.cli.engine;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Turns a machine and looks after each command at the steps that its facts are about. */
final class HistoryReading implements JournalVisitor {
    private static final long NONE = -1;

    private final CoordinationMachine machine = new CoordinationMachine(KernelEngine.LIMITS);
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final Map<String, String> before = new LinkedHashMap<>();
    private final Fact fact = new Fact();
    private final RunFolder folder;
    private final ReplayDriver driver;
    private final boolean isWhole;
    private RunRecord record;
    private long run = NONE;
    private long first = NONE;
    private long looks;

    HistoryReading(final RunFolder folder, final String name, final boolean isWhole) {
        this.folder = folder;
        this.isWhole = isWhole;
        driver = new ReplayDriver(machine, name);
    }

    History history() {
        return new History(entries, first, machine.appliedPosition(), looks);
    }

    @Override
    public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
        driver.onCommand(position, bytes, offset, length);
        final List<String> changes = new ArrayList<>();
        begin(position, changes);
        if (!isWhole || run == NONE) {
            return;
        }
        for (final int index : touched()) {
            final Frame.Part part = record.frame().part(index);
            look(record.frame().moved(index, machine.inspector().step(part.run(), index - part.first())), changes);
        }
        note("run", RunRecord.state(machine.inspector().state(run)).word().replace('_', ' '), changes);
        if (!changes.isEmpty()) {
            final long timeNs = machine.appliedTimestampNs();
            entries.add(new HistoryEntry(position, Instant.ofEpochSecond(0, timeNs), changes));
        }
    }

    /** The runs that this command began, or began again: one takes the place of the one before, others are what a step goes on as. */
    private void begin(final long position, final List<String> changes) {
        final FactLog log = machine.facts();
        for (int i = 0; i < log.count(); i++) {
            fact.wrap(log, i);
            if (fact.type() == FactType.RUN_STARTED || fact.type() == FactType.RUN_REOPENED) {
                begin(position, fact.run(), changes);
            }
        }
    }

    private void begin(final long position, final long started, final List<String> changes) {
        final boolean isRoot = FanOut.of(machine.inspector().run(started)).isEmpty();
        if (isRoot && started != run) {
            first = first == NONE ? position : first;
            run = started;
            record = null;
            before.clear();
            changes.add("run started");
        }
        if (isWhole && run != NONE) {
            final List<RunSnapshot> all =
                    RunReader.all(machine.inspector(), machine.inspector().runs());
            final RunSnapshot root = machine.inspector().run(run);
            record = record == null ? RunRecord.of(folder, root, all) : record.at(root, all);
        }
    }

    /** Indexes of the steps to which something may have happened. */
    private Iterable<Integer> touched() {
        final TreeSet<Integer> touched = new TreeSet<>();
        final FactLog log = machine.facts();
        for (int i = 0; i < log.count(); i++) {
            fact.wrap(log, i);
            switch (fact.type()) {
                case STEP_READY,
                        TASK_ASSIGNED,
                        STEP_STARTED,
                        STEP_SUCCEEDED,
                        STEP_SKIPPED,
                        STEP_RETRIED,
                        STEP_RELEASED,
                        STEP_FAILED,
                        STEP_CANCELLED,
                        STEP_WAITING,
                        CHILD_STARTED -> {
                    record.frame().planned(fact.run(), fact.step()).ifPresent(step -> touched.add(step.index()));
                }
                case RUN_STARTED, RUN_REOPENED, RUN_COMPENSATING -> {
                    if (record.frame().planned(fact.run(), 0).isPresent()) {
                        record.plan().steps().forEach(step -> touched.add(step.index()));
                    }
                }
                default -> {
                    // nothing that a step's line shows
                }
            }
        }
        return touched;
    }

    private void look(final StepSnapshot step, final List<String> changes) {
        looks++;
        if (record.isShown(step)) {
            final String attempt = step.attempts() > 1 ? ", attempt " + step.attempts() : "";
            note(step.id(), record.state(step).word().replace('_', ' ') + attempt, changes);
        }
    }

    private void note(final String id, final String words, final List<String> changes) {
        final String old = before.put(id, words);
        if (!words.equals(old) && !(old == null && (words.equals("waiting") || words.equals("running")))) {
            changes.add(id + " " + words);
        }
    }

    @Override
    public void onMark(final long position, final long[] digests, final int count) {
        driver.onMark(position, digests, count);
    }
}

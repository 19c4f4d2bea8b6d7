package io.signalbox.cli.engine;

import io.signalbox.cli.view.StepState;
import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the commands of a journal did, one after the other.
 *
 * @param entries those that changed something of the run
 * @param first position of the command that started the run, -1 when none did
 * @param last position of the last command
 */
record History(List<HistoryEntry> entries, long first, long last) {

    static History of(final RunFolder folder) throws CommandException {
        return of(folder, true);
    }

    /** From where to where, without the entries. */
    static History range(final RunFolder folder) throws CommandException {
        return of(folder, false);
    }

    private static History of(final RunFolder folder, final boolean isWhole) throws CommandException {
        try (Journal journal = ChronicleJournal.openReadOnly(folder.journal())) {
            final Reading reading = new Reading(folder, journal.name(), isWhole);
            journal.replay(reading);
            return new History(reading.entries, reading.first, reading.machine.appliedPosition());
        } catch (final JournalException e) {
            throw KernelEngine.trouble(e);
        }
    }

    /** Turns a machine and looks after each command at what it did. */
    private static final class Reading implements JournalVisitor {
        private final CoordinationMachine machine = new CoordinationMachine(KernelEngine.LIMITS);
        private final List<HistoryEntry> entries = new ArrayList<>();
        private final Map<String, String> before = new LinkedHashMap<>();
        private final RunFolder folder;
        private final ReplayDriver driver;
        private final boolean isWhole;
        private RunRecord record;
        private long first = -1;

        Reading(final RunFolder folder, final String name, final boolean isWhole) {
            this.folder = folder;
            this.isWhole = isWhole;
            driver = new ReplayDriver(machine, name);
        }

        @Override
        public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
            driver.onCommand(position, bytes, offset, length);
            final long[] runs = machine.inspector().runs();
            if (runs.length == 0) {
                return;
            }
            first = first < 0 ? position : first;
            if (!isWhole) {
                return;
            }
            final List<RunSnapshot> all = RunReader.all(machine.inspector(), runs);
            final RunSnapshot snapshot = RunReader.latest(all);
            final List<String> changes = new ArrayList<>();
            if (record == null || snapshot.handle() != record.snapshot().handle()) {
                record = RunRecord.of(folder, snapshot, all);
                before.clear();
                changes.add("run started");
            }
            record = record.at(snapshot, all);
            for (final StepSnapshot step : record.snapshot().steps()) {
                if (record.isShown(step)) {
                    note(step.id(), words(record, step), changes);
                }
            }
            note("run", record.state().word().replace('_', ' '), changes);
            if (!changes.isEmpty()) {
                final long timeNs = machine.appliedTimestampNs();
                entries.add(new HistoryEntry(position, Instant.ofEpochSecond(0, timeNs), changes));
            }
        }

        private void note(final String id, final String words, final List<String> changes) {
            final String old = before.put(id, words);
            if (!words.equals(old) && !(old == null && (words.equals("waiting") || words.equals("running")))) {
                changes.add(id + " " + words);
            }
        }

        private static String words(final RunRecord record, final StepSnapshot step) {
            final StepState state = record.state(step);
            return state.word().replace('_', ' ') + (step.attempts() > 1 ? ", attempt " + step.attempts() : "");
        }

        @Override
        public void onMark(final long position, final long[] digests, final int count) {
            driver.onMark(position, digests, count);
        }
    }
}

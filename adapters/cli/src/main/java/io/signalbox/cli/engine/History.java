package io.signalbox.cli.engine;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import java.util.List;

/**
 * What the commands of a journal did, one after the other.
 *
 * @param entries those that changed something of the run
 * @param first position of the command that started the run, -1 when none did
 * @param last position of the last command
 * @param looks how often the state of a step was looked at: in proportion to what happened to steps, not to commands times steps
 */
record History(List<HistoryEntry> entries, long first, long last, long looks) {

    static History of(final RunFolder folder) throws CommandException {
        return of(folder, true);
    }

    /** From where to where, without the entries. */
    static History range(final RunFolder folder) throws CommandException {
        return of(folder, false);
    }

    private static History of(final RunFolder folder, final boolean isWhole) throws CommandException {
        try (Journal journal = ChronicleJournal.openReadOnly(folder.journal())) {
            final HistoryReading reading = new HistoryReading(folder, journal.name(), isWhole);
            journal.replay(reading);
            return reading.history();
        } catch (final JournalException e) {
            throw KernelEngine.trouble(e);
        }
    }
}

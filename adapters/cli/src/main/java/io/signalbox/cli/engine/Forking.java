package io.signalbox.cli.engine;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a run out of the beginning of another: its journal up to a position, and the files of the steps that had ended by then. */
final class Forking {
    private final RunFolder from;
    private final long position;

    Forking(final RunFolder from, final long position) {
        this.from = from;
        this.position = position;
    }

    RunFolder into(final Path data) throws CommandException {
        final History history = History.range(from);
        if (history.first() < 0 || position < history.first() || position > history.last()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "run " + from.id() + " cannot be forked at " + position
                            + (history.first() < 0
                                    ? ": it never began"
                                    : ": its positions go from " + history.first() + ", where it begins, to "
                                            + history.last() + "; see signalbox inspect " + from.id()
                                            + " --history"));
        }
        try {
            final RunFolder folder = RunFolder.create(data, Clock.systemUTC(), new SecureRandom());
            copyJournal(folder);
            final RunRecord record = RunReader.record(folder);
            final Map<String, Carried.End> ended = new LinkedHashMap<>();
            for (final StepSnapshot step : record.snapshot().steps()) {
                if (step.state().isFinal()) {
                    ended.put(step.id(), Carried.End.of(record, step));
                }
            }
            new Carried(ended).copyFiles(from, folder);
            Origin.write(folder, "forked from " + from.id() + " at position " + position);
            return folder;
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE, "the fork cannot be made: " + KernelEngine.reason(e), e);
        } catch (final JournalException e) {
            throw KernelEngine.trouble(e);
        }
    }

    private void copyJournal(final RunFolder folder) {
        try (Journal source = ChronicleJournal.openReadOnly(from.journal());
                Journal target = ChronicleJournal.open(folder.journal(), ChronicleJournalConfig.small())) {
            target.replay(new Copying(null, -1));
            source.replay(new Copying(target, position));
            target.commit();
            target.sync();
        }
    }

    /** Appends what it is shown, up to a position. */
    private record Copying(Journal target, long last) implements JournalVisitor {
        @Override
        public void onCommand(final long at, final byte[] bytes, final int offset, final int length) {
            if (at <= last) {
                target.append(at, bytes, offset, length);
            }
        }

        @Override
        public void onMark(final long at, final long[] digests, final int count) {
            if (at <= last) {
                target.appendMark(at, digests, count);
            }
        }
    }
}

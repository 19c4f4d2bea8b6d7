package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalFolder;
import io.signalbox.journal.JournalFormat;
import io.signalbox.journal.WriterLock;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A journal in a folder of its own, written through Chronicle Queue into mapped files, so that a committed record survives
 * the death of the process at once and that of the machine after {@link #sync}. The bytes are described in
 * {@code docs/journal-format.md}.
 *
 * <p>Opening checks every record. Only a document that was never finished is cut from the end; anything else that does
 * not fit is refused as corrupt, with its file and offset. A journal opened for writing needs the JVM flags of Chronicle
 * Queue, and Chronicle starts two daemon threads in the process ({@code disk~space~checker},
 * {@code background~resource~releaser}) that stay after the last journal is closed. A journal opened read-only needs
 * neither: it reads the files as they are, also while another process writes, also from a copy or a read-only disk.
 */
public final class ChronicleJournal implements Journal {
    private static final String ENGINE = "chronicle-queue";

    private final Path folder;
    private final JournalScan scan;
    private final WriterLock lock; // null when read-only
    private final ChronicleWriter writer; // null when read-only
    private long lastPosition;
    private volatile boolean closed; // the syncing thread looks too

    private ChronicleJournal(
            final Path folder,
            final JournalScan scan,
            final long lastPosition,
            final WriterLock lock,
            final ChronicleWriter writer) {
        this.folder = folder;
        this.scan = scan;
        this.lastPosition = lastPosition;
        this.lock = lock;
        this.writer = writer;
    }

    /**
     * Open a journal for writing, or make one where there is none.
     *
     * @param folder for this journal alone; it is closed to other users.
     * @throws JournalException IN_USE, NEWER_FORMAT, CORRUPT, NO_ROOM or IO. Nothing was changed then, except that an unfinished
     *     document may have been cut.
     */
    public static ChronicleJournal open(final Path folder, final ChronicleJournalConfig config) {
        return open(folder, config, System::currentTimeMillis);
    }

    /** The same with another clock: milliseconds since 1970-01-01T00:00Z, which name the data files. It may step. */
    public static ChronicleJournal open(
            final Path folder, final ChronicleJournalConfig config, final LongSupplier wallClockMs) {
        Objects.requireNonNull(config, "config");
        ChronicleRuntime.prepare();
        JournalFolder.create(folder);
        final WriterLock lock = WriterLock.take(folder);
        try {
            return openLocked(folder, config, wallClockMs, lock);
        } catch (final RuntimeException | Error e) {
            closeAfter(e, lock::close);
            throw e;
        }
    }

    private static ChronicleJournal openLocked(
            final Path folder,
            final ChronicleJournalConfig config,
            final LongSupplier wallClockMs,
            final WriterLock lock) {
        final ChronicleFolder files = new ChronicleFolder(folder, ENGINE);
        final boolean fresh = files.prepare(config.blockSizeBytes());
        final JournalFormat format = files.format();
        final JournalScan scan = JournalScan.of(folder, format);
        if (!fresh) {
            requireRecords(folder, scan);
        }
        if (scan.newest() != null) {
            CycleMending.mend(scan.newest());
        }
        files.dropChronicleNotes();
        final long lastPosition = scan.lastPosition();
        final ChronicleWriter writer = new ChronicleWriter(folder, format, config, scan.newest(), wallClockMs);
        try {
            writer.follow(scan.lastCrc());
            writer.opened(lastPosition, wallClockMs.getAsLong());
            files.restrictChronicleNotes();
            requireWrittenAtTheEnd(folder, scan);
            if (fresh) {
                writer.sync();
                files.finish();
            }
            return new ChronicleJournal(folder, scan, lastPosition, lock, writer);
        } catch (final RuntimeException | Error e) {
            closeAfter(e, writer::close);
            throw e;
        }
    }

    /** Chronicle decides where it appends. Look whether the record of this opening stands where the journal ended. */
    private static void requireWrittenAtTheEnd(final Path folder, final JournalScan before) {
        final long grownBy = before.grownBy(folder);
        if (grownBy != 1) {
            throw new JournalException(
                    Kind.CORRUPT,
                    "The journal in " + folder + " should have grown by the record of this opening, but grew by "
                            + grownBy + " records. Keep the folder, and open a copy of it.");
        }
    }

    /**
     * Open a journal for reading. It shows what was committed when it was opened, and takes no lock and changes nothing.
     *
     * @throws JournalException NOT_FOUND, NEWER_FORMAT, CORRUPT or IO.
     */
    public static ChronicleJournal openReadOnly(final Path folder) {
        final JournalFormat format = new ChronicleFolder(folder, ENGINE).finishedFormat();
        final JournalScan scan = JournalScan.of(folder, format);
        requireRecords(folder, scan);
        return new ChronicleJournal(folder, scan, scan.lastPosition(), null, null);
    }

    /** A journal that was made to the end holds at least the record of its first opening. */
    private static void requireRecords(final Path folder, final JournalScan scan) {
        if (scan.records() == 0) {
            throw new JournalException(
                    Kind.CORRUPT,
                    "The journal in " + folder + " holds no record at all: its data files are missing or empty. "
                            + "Restore the folder from a copy, or name another folder.");
        }
    }

    @Override
    public long lastPosition() {
        return lastPosition;
    }

    @Override
    public void replay(final JournalVisitor visitor) {
        scan.replay(Objects.requireNonNull(visitor, "visitor"));
    }

    @Override
    public JournalReader newReader() {
        return new ChronicleReader(folder, scan.format());
    }

    @Override
    public void append(final long position, final byte[] bytes, final int offset, final int length) {
        final ChronicleWriter out = writer();
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (position != lastPosition + 1) {
            throw new IllegalArgumentException(
                    "Positions are dense: " + (lastPosition + 1) + " was expected, " + position + " came");
        }
        out.append(position, bytes, offset, length);
        lastPosition = position;
    }

    @Override
    public void appendMark(final long position, final long[] digests, final int count) {
        final ChronicleWriter out = writer();
        Objects.checkFromIndexSize(0, count, digests.length);
        if (position != lastPosition) {
            throw new IllegalArgumentException(
                    "A mark stands after the last command: " + lastPosition + " was expected, " + position + " came");
        }
        out.appendMark(position, digests, count);
    }

    @Override
    public void commit() {
        writer().commit();
    }

    @Override
    public void sync() {
        writer().sync();
    }

    private ChronicleWriter writer() {
        if (writer == null) {
            throw new UnsupportedOperationException("The journal in " + folder + " was opened read-only");
        }
        if (closed) {
            throw new IllegalStateException("The journal in " + folder + " is closed");
        }
        return writer;
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (writer != null) {
            try (lock;
                    writer) {
                writer.closed(lastPosition);
            }
        }
    }

    private static void closeAfter(final Throwable first, final Runnable release) {
        try {
            release.run();
        } catch (final RuntimeException | Error e) {
            first.addSuppressed(e);
        }
    }
}

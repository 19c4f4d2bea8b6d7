package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalFolder;
import io.signalbox.journal.JournalFormat;
import io.signalbox.journal.RecordBatch;
import io.signalbox.journal.RecordFrame;
import io.signalbox.journal.RecordKind;
import io.signalbox.journal.RoomGauge;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * The writing side: records gather in a batch, a batch goes out as one Chronicle document. The document is one
 * {@code writeBytes} of bytes that are complete before it begins; nothing of ours runs between the begin and the end of
 * a document, so no exception of ours can leave half of one. After any failure of Chronicle the writer refuses
 * everything: what stands in the file is then for the next open to judge.
 *
 * <p>One thread at a time, with a happens-before edge between two; not always the same thread.
 */
final class ChronicleWriter implements AutoCloseable {
    private final Path folder;
    private final int payloadLengthMax;
    private final long fileBytesMax;
    private final RecordBatch batch;
    private final Bytes<byte[]> batchBytes;
    private final RoomGauge gauge;
    private final CycleClock clock;
    private final DiskSync disk;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final long[] landmark = new long[2];
    private int cycle = -1;
    private long cycleBytes;
    private Throwable failure;

    /**
     * @param format of the folder; its block size wins over the one configured.
     * @param newest the newest data file, mended, or null when there is none.
     */
    ChronicleWriter(
            final Path folder,
            final JournalFormat format,
            final ChronicleJournalConfig config,
            final CycleExtent newest,
            final LongSupplier wallClockMs) {
        this.folder = folder;
        final ChronicleJournalConfig sizes = config.withBlockSizeBytes(format.blockBytes());
        this.payloadLengthMax = sizes.payloadLengthMax();
        this.fileBytesMax = sizes.fileBytesMax();
        this.batch = new RecordBatch(ChronicleJournalConfig.batchBytesMax(format.blockBytes()));
        this.gauge = new RoomGauge(folder, sizes.freeSpaceMinBytes());
        this.disk = new DiskSync(folder);
        int firstCycle = 0;
        if (newest != null) {
            firstCycle = newest.file().cycle() + (newest.sealed() ? 1 : 0);
            cycle = newest.file().cycle();
            cycleBytes = newest.endOffset();
            disk.writingTo(newest.file());
        }
        this.clock = new CycleClock(wallClockMs, firstCycle);
        gauge.claim(format.blockBytes() / 4); // a new file's header and indexes, and the first record
        ChronicleQueue opening = null;
        try {
            this.batchBytes = Bytes.wrapForRead(batch.array());
            opening = SingleChronicleQueueBuilder.binary(folder.toFile())
                    .blockSize(format.blockBytes())
                    .rollCycle(RollCycles.FAST_DAILY)
                    .timeProvider(clock)
                    .timeoutMS(1000)
                    .checkInterrupts(false)
                    .build();
            this.appender = opening.createAppender();
            appender.singleThreadedCheckDisabled(true);
            this.queue = opening;
        } catch (final RuntimeException | Error e) {
            if (opening != null) {
                opening.close();
            }
            throw refused("open its files", e);
        }
    }

    /** Let the next record follow the one with this CRC32C. */
    void follow(final int crcBefore) {
        batch.follow(crcBefore);
    }

    /** Put down that a writer opened the journal. The first append to a fresh file costs milliseconds; this is it. */
    void opened(final long lastPosition, final long wallClockMs) {
        landmark[0] = wallClockMs;
        landmark[1] = ProcessHandle.current().pid();
        batch.add(RecordKind.OPENED, lastPosition, landmark, landmark.length);
        commit();
    }

    /** Put down that the journal was closed in good order, unless an append failed: then the next open judges. */
    void closed(final long lastPosition) {
        if (failure != null) {
            return;
        }
        makeRoom(0);
        batch.add(RecordKind.CLOSED, lastPosition, landmark, 0);
        commit();
    }

    void append(final long position, final byte[] bytes, final int offset, final int length) {
        makeRoom(length);
        gauge.claim(RecordFrame.frameBytes(length));
        batch.add(RecordKind.COMMAND, position, bytes, offset, length);
    }

    void appendMark(final long position, final long[] digests, final int count) {
        makeRoom((long) count * Long.BYTES);
        gauge.claim(RecordFrame.frameBytes(count * Long.BYTES));
        batch.add(RecordKind.MARK, position, digests, count);
    }

    private void makeRoom(final long payloadLength) {
        requireSound();
        if (payloadLength > payloadLengthMax) {
            throw new IllegalArgumentException("A record's payload may have " + payloadLengthMax
                    + " bytes, this one has " + payloadLength + ". Split it, or make the journal with larger blocks.");
        }
        if (!batch.hasRoomFor((int) payloadLength)) {
            commit();
        }
    }

    /** Write the batch as one document. With an empty batch nothing happens. */
    void commit() {
        requireSound();
        final int length = batch.length();
        if (length == 0) {
            return;
        }
        if (cycleBytes >= fileBytesMax) {
            clock.nextCycle();
            cycleBytes = 0;
        }
        try {
            batchBytes.readPositionRemaining(0, length);
            appender.writeBytes(batchBytes);
        } catch (final Throwable e) { // whatever it was, the document may be half written
            failure = e;
            throw refused("append to them", e);
        }
        batch.clear();
        if (appender.cycle() != cycle) {
            rolled();
        }
        cycleBytes += length + CycleLayout.WORD_BYTES;
    }

    private void rolled() {
        cycle = appender.cycle();
        cycleBytes = 0;
        final CycleFile file = CycleFile.of(folder, cycle);
        JournalFolder.restrictFile(file.path());
        disk.writingTo(file);
    }

    private void requireSound() {
        if (failure != null) {
            throw refused("append to them, because an earlier append failed", failure);
        }
    }

    private JournalException refused(final String what, final Throwable cause) {
        final boolean fault = cause instanceof InternalError;
        return new JournalException(
                fault && folder.toFile().getUsableSpace() < CycleLayout.INDEX_BYTES_MAX ? Kind.NO_ROOM : Kind.IO,
                -1,
                "The journal in " + folder + " cannot " + what + ": " + cause
                        + (fault
                                ? " (a page of a data file could not be written: the disk is full, or the file was cut)"
                                : "")
                        + ". Close it and open it again; what was committed stays.",
                cause);
    }

    void sync() {
        disk.sync();
    }

    /** Release Chronicle and the descriptors. What is in the batch and not committed is dropped. */
    @Override
    public void close() {
        try (appender;
                queue) {
            disk.close();
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot close the data files in " + folder + ": " + e, e);
        }
    }
}

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
import java.io.RandomAccessFile;
import java.nio.file.Files;
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
    private static final long PAGE_BYTES = 4096;
    private static final long FULL_BYTES = 1 << 20;

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
    private long endOffset; // in the file of the cycle: where the last good document ends
    private JournalException failure;

    @SuppressWarnings("UnusedVariable") // a field, so that the allocation is not optimised away
    private byte[] slowPath;

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
            endOffset = newest.endOffset();
            disk.writingTo(newest.file());
        }
        this.clock = new CycleClock(wallClockMs, firstCycle);
        gauge.claim(format.blockBytes() / 4); // a new file's header and indexes, and the first record
        ChronicleQueue opening = null;
        try {
            this.batchBytes = Bytes.wrapForRead(batch.array());
            batchBytes.singleThreadedCheckDisabled(true);
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
        if (endOffset >= fileBytesMax) {
            clock.nextCycle();
        }
        final long end;
        try {
            batchBytes.readPositionRemaining(0, length);
            appender.writeBytes(batchBytes);
            end = requireStored(length);
        } catch (final Throwable e) { // whatever it was, the document may be half written
            failure = refused("append to them", e);
            cutBack(failure);
            throw failure;
        }
        endOffset = end;
        batch.clear();
        if (appender.cycle() != cycle) {
            rolled();
        }
    }

    /**
     * Read back what a fault would have kept from the file. Compiled code stores on after a page that could not be had, and the JVM
     * throws its {@link InternalError} at some later moment, even after this method has returned and the record was
     * acknowledged; so look at the word before the document, at its last bytes, and at some on each of its pages.
     */
    private long requireStored(final int length) {
        final Bytes<?> file = appender.wire().bytes();
        final long end = file.writePosition();
        final long start = end - length;
        boolean stored = file.readInt(start - CycleLayout.WORD_BYTES) == length;
        for (long at = (start + PAGE_BYTES) & -PAGE_BYTES; at <= end - Long.BYTES; at += PAGE_BYTES) {
            stored &= file.readLong(at) == batch.longAt((int) (at - start));
        }
        stored &= file.readLong(end - Long.BYTES) == batch.longAt(length - Long.BYTES);
        if (!stored) {
            throw new InternalError("the document at offset " + start + " is not in the file after it was written");
        }
        return end;
    }

    /**
     * Take the half document away: it was never acknowledged, but its word may say that it is whole. Cutting the file
     * there and giving it its size back needs no room on the disk. A file that somebody cut shorter is left as it is.
     */
    private void cutBack(final JournalException cause) {
        try {
            awaitPendingFault(cause);
            final int failedCycle = appender.cycle();
            final Path path = CycleFile.of(folder, failedCycle).path();
            if (failedCycle == cycle) {
                cutBack(path, endOffset);
            } else if (failedCycle > cycle && Files.exists(path)) { // a file that holds nothing acknowledged yet
                cutBack(path, 0);
            }
        } catch (final IOException | RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    private static void cutBack(final Path path, final long goodBytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            final long size = file.length();
            if (size >= goodBytes) {
                file.setLength(goodBytes);
                file.setLength(goodBytes == 0 ? 0 : size);
            }
        }
    }

    /** A fault that is still to be thrown is thrown at the next slow path of the JVM: take one, here where it is expected. */
    private void awaitPendingFault(final JournalException cause) {
        try {
            slowPath = new byte[1 << 20];
        } catch (final InternalError e) {
            cause.addSuppressed(e);
        }
        slowPath = null;
    }

    private void rolled() {
        cycle = appender.cycle();
        final CycleFile file = CycleFile.of(folder, cycle);
        JournalFolder.restrictFile(file.path());
        disk.writingTo(file);
    }

    private void requireSound() {
        if (failure != null) {
            throw new JournalException(
                    failure.kind(), -1, failure.getMessage() + " (An earlier append failed.)", failure);
        }
    }

    private JournalException refused(final String what, final Throwable cause) {
        final boolean fault = cause instanceof InternalError;
        final boolean full = fault && folder.toFile().getUsableSpace() < FULL_BYTES;
        return new JournalException(
                full ? Kind.NO_ROOM : Kind.IO,
                -1,
                "The journal in " + folder + " cannot " + what + ": " + cause
                        + (full ? " (the disk is full)" : fault ? " (was a data file cut?)" : "")
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

package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A part of a file in memory, moved on as it is read. Plain reads: no mapping that could fault, no channel that an
 * interrupt could close. One thread.
 */
final class FileWindow implements AutoCloseable {
    private static final int WINDOW_BYTES = 256 << 10;

    private final Path path;
    private final RandomAccessFile file;
    private byte[] bytes = new byte[WINDOW_BYTES];
    private long startOffset;
    private int length;

    FileWindow(final Path path) {
        this.path = path;
        try {
            this.file = new RandomAccessFile(path.toFile(), "r");
        } catch (final IOException e) {
            throw failure(e);
        }
    }

    long fileBytes() {
        try {
            return file.length();
        } catch (final IOException e) {
            throw failure(e);
        }
    }

    /** Bring {@code count} bytes from {@code offset} into memory. False when the file ends before. */
    boolean hold(final long offset, final int count) {
        if (offset >= startOffset && offset + count <= startOffset + length) {
            return true;
        }
        if (count > bytes.length) {
            bytes = new byte[count];
        }
        length = 0;
        startOffset = offset;
        try {
            file.seek(offset);
            int got;
            while (length < bytes.length && (got = file.read(bytes, length, bytes.length - length)) > 0) {
                length += got;
            }
        } catch (final IOException e) {
            throw failure(e);
        }
        return length >= count;
    }

    /** Read anew what is asked for next: another process may have written since. */
    void forget() {
        length = 0;
    }

    byte[] array() {
        return bytes;
    }

    /** Where in {@link #array} the byte at {@code offset} is; it must be held. */
    int index(final long offset) {
        return (int) (offset - startOffset);
    }

    /** The little-endian word at {@code offset}, or 0 when the file ends before. */
    int word(final long offset) {
        return hold(offset, Integer.BYTES)
                ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(index(offset))
                : 0;
    }

    /** Offset of the first byte from {@code offset} before {@code limit} that is not zero, or -1. */
    long firstNonZero(final long offset, final long limit) {
        long at = offset;
        while (at < limit && hold(at, 1)) {
            final int from = index(at);
            final int to = (int) Math.min(length, from + (limit - at));
            for (int i = from; i < to; i++) {
                if (bytes[i] != 0) {
                    return startOffset + i;
                }
            }
            at += to - from;
        }
        return -1;
    }

    /** Offset after the last byte from {@code offset} before {@code limit} that is not zero, or {@code offset}. */
    long lastNonZeroEnd(final long offset, final long limit) {
        long end = offset;
        long at = offset;
        while ((at = firstNonZero(at, limit)) >= 0) {
            at++;
            end = at;
        }
        return end;
    }

    private JournalException failure(final IOException e) {
        return new JournalException(Kind.IO, -1, "Cannot read the data file " + path + ": " + e, e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (final IOException e) {
            throw failure(e);
        }
    }
}

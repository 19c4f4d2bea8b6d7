package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes the masked standard error of one attempt: a log of at most {@value #HEAD_LENGTH_MAX} bytes from its beginning and
 * {@value #TAIL_LENGTH_MAX} from its end, with a line between them that says how much was left out. One thread at a time.
 */
public final class StderrLog {
    /** What the log keeps of the beginning, in bytes. */
    public static final int HEAD_LENGTH_MAX = 1 << 20;

    /** What it keeps of the end, in bytes. */
    public static final int TAIL_LENGTH_MAX = 64 << 10;

    /** How many lines a message quotes. */
    public static final int TAIL_LINES = 20;

    /** A longer line of the tail is cut, in characters. */
    public static final int LINE_LENGTH_MAX = 500;

    private final Path path;
    private final byte[] ring = new byte[TAIL_LENGTH_MAX];
    private long lengthBytes;
    private OutputStream file;
    private IOException fault;

    StderrLog(final Path path) {
        this.path = path;
    }

    void write(final byte[] bytes, final int offset, final int length) {
        toFile(bytes, offset, (int) Math.max(0, Math.min(length, HEAD_LENGTH_MAX - lengthBytes)));
        for (int i = Math.max(0, length - ring.length); i < length; i++) {
            ring[(int) ((lengthBytes + i) % ring.length)] = bytes[offset + i];
        }
        lengthBytes += length;
    }

    private void toFile(final byte[] bytes, final int offset, final int length) {
        if (fault != null || length == 0) {
            return;
        }
        try {
            if (file == null) {
                file = PrivateFiles.newOutputStream(path);
            }
            file.write(bytes, offset, length);
        } catch (final IOException e) {
            fault = e;
        }
    }

    /** Closes the log; returns the last lines. */
    List<String> end() throws IOException {
        final byte[] tail = tail();
        final long beyond = lengthBytes - HEAD_LENGTH_MAX;
        if (beyond > 0) {
            final int shown = (int) Math.min(beyond, tail.length);
            final byte[] gap = ("\n[signalbox: " + (beyond - shown) + " bytes are left out here]\n").getBytes(UTF_8);
            toFile(gap, 0, beyond > shown ? gap.length : 0);
            toFile(tail, tail.length - shown, shown);
        }
        if (file != null) {
            file.close();
        }
        if (fault != null) {
            throw new IOException("cannot keep its standard error in " + path + ": " + fault.getMessage(), fault);
        }
        return lines(tail);
    }

    private byte[] tail() {
        final int length = (int) Math.min(lengthBytes, ring.length);
        final byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((lengthBytes - length + i) % ring.length)];
        }
        return tail;
    }

    private static List<String> lines(final byte[] tail) {
        final List<String> lines = new String(tail, UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                .map(line -> line.length() <= LINE_LENGTH_MAX ? line : line.substring(0, LINE_LENGTH_MAX) + "...")
                .toList();
    }
}

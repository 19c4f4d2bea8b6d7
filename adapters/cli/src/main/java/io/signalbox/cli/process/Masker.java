package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Replaces secret values by {@code ***}. Immutable; any thread.
 *
 * <p>A value of several lines is masked line by line, since that is how it shows up. A line shorter than
 * {@value #LENGTH_MIN} characters is not masked: it would blot out ordinary text and hide nothing. Where values overlap
 * all of it is masked. Values that a step encodes first (base64, URL) are not recognised.
 */
public final class Masker {
    /** Shorter lines of a secret are not masked, in characters. */
    public static final int LENGTH_MIN = 4;

    /** Masks nothing. */
    public static final Masker NONE = new Masker(new byte[0][]);

    private static final byte[] MASK = "***".getBytes(UTF_8);

    private final byte[][] values;
    private final boolean[] first = new boolean[256];
    private final int lengthMax;

    private Masker(final byte[][] values) {
        this.values = values;
        int longest = 0;
        for (final byte[] value : values) {
            first[value[0] & 0xff] = true;
            longest = Math.max(longest, value.length);
        }
        lengthMax = longest;
    }

    /** A masker of these values. */
    public static Masker of(final Collection<String> secrets) {
        final Map<String, byte[]> lines = new LinkedHashMap<>();
        for (final String secret : secrets) {
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= LENGTH_MIN)
                    .forEach(line -> {
                        lines.put(line, line.getBytes(UTF_8));
                    });
        }
        return lines.isEmpty() ? NONE : new Masker(lines.values().toArray(byte[][]::new));
    }

    /** The text with every secret value replaced. */
    public String mask(final String text) {
        if (values.length == 0) {
            return text;
        }
        final ByteArrayOutputStream masked = new ByteArrayOutputStream(text.length());
        final Stream stream = newStream(masked::write);
        final byte[] bytes = text.getBytes(UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.end();
        return masked.toString(UTF_8);
    }

    /** A masker of a byte stream, which keeps back what may be the beginning of a secret. One thread. */
    Stream newStream(final Sink sink) {
        return new Stream(sink);
    }

    /** Where masked bytes go. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int offset, int length);
    }

    /** See {@link #newStream}. */
    final class Stream {
        private final Sink sink;
        private byte[] pending = new byte[0];
        private int maskedLength;

        private Stream(final Sink sink) {
            this.sink = sink;
        }

        void write(final byte[] bytes, final int offset, final int length) {
            if (values.length == 0) {
                sink.write(bytes, offset, length);
                return;
            }
            final int kept = pending.length;
            pending = Arrays.copyOf(pending, kept + length);
            System.arraycopy(bytes, offset, pending, kept, length);
            pass(Math.max(0, pending.length - (lengthMax - 1)));
        }

        void end() {
            pass(pending.length);
        }

        /** Passes the first {@code decided} bytes on: no value that begins there reaches behind what has come. */
        private void pass(final int decided) {
            int plainFrom = 0;
            for (int i = 0; i < decided; i++) {
                final int match = longestAt(i);
                if (maskedLength == 0 && match > 0) {
                    sink.write(pending, plainFrom, i - plainFrom);
                    sink.write(MASK, 0, MASK.length);
                }
                maskedLength = Math.max(maskedLength, match);
                if (maskedLength > 0) {
                    maskedLength--;
                    plainFrom = i + 1;
                }
            }
            if (decided > plainFrom) {
                sink.write(pending, plainFrom, decided - plainFrom);
            }
            pending = Arrays.copyOfRange(pending, decided, pending.length);
        }

        private int longestAt(final int index) {
            if (!first[pending[index] & 0xff]) {
                return 0;
            }
            int longest = 0;
            for (final byte[] value : values) {
                final int end = index + value.length;
                if (value.length > longest
                        && end <= pending.length
                        && Arrays.equals(pending, index, end, value, 0, value.length)) {
                    longest = value.length;
                }
            }
            return longest;
        }
    }
}

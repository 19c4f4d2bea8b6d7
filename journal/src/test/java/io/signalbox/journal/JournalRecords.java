package io.signalbox.journal;

import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a journal showed, as text that can be compared: one line for each record. */
public final class JournalRecords implements JournalVisitor {
    private final List<String> lines = new ArrayList<>();

    /** Everything in the journal, in order. */
    static List<String> of(final Journal journal) {
        final JournalRecords records = new JournalRecords();
        journal.replay(records);
        return records.lines;
    }

    /** Everything that a reader shows from where it is. */
    public static List<String> of(final JournalReader reader) {
        final JournalRecords records = new JournalRecords();
        while (reader.next(records)) {
            // the records gather the lines
        }
        return records.lines;
    }

    /** The next record of a reader, or null. */
    static String next(final JournalReader reader) {
        final JournalRecords records = new JournalRecords();
        return reader.next(records) ? records.lines.get(0) : null;
    }

    @Override
    public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
        lines.add(command(position, Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    @Override
    public void onMark(final long position, final long[] digests, final int count) {
        lines.add(mark(position, Arrays.copyOf(digests, count)));
    }

    static String command(final long position, final byte[] payload) {
        return "command " + position + " of " + payload.length + " bytes, hash " + Arrays.hashCode(payload);
    }

    static String mark(final long position, final long... digests) {
        return "mark " + position + ' ' + Arrays.toString(digests);
    }

    /** A payload that differs for each position and length. */
    static byte[] payload(final long position, final int length) {
        final byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (position * 31 + i * 7L + (i >>> 8));
        }
        if (length >= Long.BYTES) {
            ByteBuffer.wrap(payload).putLong(position);
        }
        return payload;
    }

    /** A payload that can be found in a file by its text. */
    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Append {@code count} commands of {@code length} bytes, each committed by itself; what they look like. */
    public static List<String> appendEach(final Journal journal, final int count, final int length) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long position = journal.lastPosition() + 1;
            final byte[] payload = payload(position, length);
            journal.append(position, payload, 0, length);
            journal.commit();
            lines.add(command(position, payload));
        }
        return lines;
    }
}

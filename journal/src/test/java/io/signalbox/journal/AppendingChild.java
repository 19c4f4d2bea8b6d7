package io.signalbox.journal;

import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Opens a journal and appends until it is killed, or {@code count} records when that is not negative. Prints each
 * position after its commit. Batches of one to five, marks now and then, lengths from 8 to 3,000.
 */
public final class AppendingChild {
    private AppendingChild() {}

    /** @param arguments engine class, folder, count. */
    public static void main(final String... arguments) throws ReflectiveOperationException {
        final JournalEngine engine = Class.forName(arguments[0])
                .asSubclass(JournalEngine.class)
                .getDeclaredConstructor()
                .newInstance();
        final long count = Long.parseLong(arguments[2]);
        final PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        try (Journal journal = engine.open(Path.of(arguments[1]))) {
            out.println("opened " + journal.lastPosition());
            out.flush();
            long position = journal.lastPosition() + 1;
            final long end = count < 0 ? Long.MAX_VALUE : position + count;
            while (position < end) {
                final int batch = (int) Math.min(1 + position % 5, end - position);
                for (int i = 0; i < batch; i++, position++) {
                    final byte[] payload = JournalRecords.payload(position, length(position));
                    journal.append(position, payload, 0, payload.length);
                }
                if (position % 7 == 0) {
                    journal.appendMark(position - 1, new long[] {position, ~position}, 2);
                }
                journal.commit();
                if (position % 50 == 0) {
                    journal.sync();
                }
                out.println(position - 1);
                out.flush();
            }
            out.println("done");
        } catch (final JournalException e) {
            out.println(e.kind() + ": " + e.getMessage());
        }
        out.flush();
    }

    static int length(final long position) {
        return (int) (8 + position * 37 % 2993);
    }
}

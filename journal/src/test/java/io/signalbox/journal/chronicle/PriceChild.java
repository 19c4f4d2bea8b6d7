package io.signalbox.journal.chronicle;

import com.sun.management.ThreadMXBean;
import io.signalbox.kernel.port.Journal;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Prints what one append and commit of 128 bytes costs, and one sync. A yardstick for changes, not a benchmark. */
final class PriceChild {
    private static final int ROUNDS = 5;
    private static final int COMMANDS = 200_000;

    private PriceChild() {}

    /** @param arguments the folder. */
    public static void main(final String... arguments) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final byte[] payload = new byte[128];
        final long[] times = new long[COMMANDS];
        try (Journal journal = ChronicleJournal.open(Path.of(arguments[0]), ChronicleJournalConfig.standard())) {
            long position = journal.lastPosition() + 1;
            for (int round = 0; round < ROUNDS; round++) {
                final long allocated = threads.getCurrentThreadAllocatedBytes();
                final long begin = System.nanoTime();
                long before = begin;
                for (int i = 0; i < COMMANDS; i++) {
                    journal.append(position++, payload, 0, payload.length);
                    journal.commit();
                    final long now = System.nanoTime();
                    times[i] = now - before;
                    before = now;
                }
                final long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
                Arrays.sort(times);
                final long synced = System.nanoTime();
                journal.sync();
                System.out.printf(
                        Locale.ROOT,
                        "append+commit of 128 bytes: mean %d ns, p50 %d ns, p99 %d ns, max %d us; %.2f bytes allocated each; "
                                + "sync of the round %d us%n",
                        (before - begin) / COMMANDS,
                        times[COMMANDS / 2],
                        times[COMMANDS / 100 * 99],
                        times[COMMANDS - 1] / 1000,
                        (double) bytes / COMMANDS,
                        (System.nanoTime() - synced) / 1000);
            }
        }
    }
}

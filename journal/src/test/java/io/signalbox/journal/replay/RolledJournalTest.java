package io.signalbox.journal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.SignalFilter;
import io.signalbox.kernel.Start;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.machine.MachineLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers behind the tail of a kernel whose journal goes on in new files: by the day and by size, while they read and while they do not. */
@Timeout(120)
class RolledJournalTest {
    private static final int TAIL = 16;
    private static final int DAYS = 6;
    private static final int A_DAY = 300;
    private static final int SIGNALS = DAYS * A_DAY;
    private static final String PADDING = " ".repeat(1_000);
    private static final ChronicleJournalConfig BY_DAY = ChronicleJournalConfig.small();
    private static final ChronicleJournalConfig BY_SIZE =
            BY_DAY.withBlockSizeBytes(128 << 10).withFileBytesMax(256 << 10);

    private final AtomicLong wallClockMs = new AtomicLong(TimeUnit.DAYS.toMillis(20_000));

    @TempDir
    private Path folder;

    private Kernel launch(final ChronicleJournalConfig journal) {
        final KernelConfig config =
                KernelConfig.standard().withLimits(MachineLimits.small().withTailCapacity(TAIL));
        return Kernel.launch(config, ChronicleJournal.open(folder, journal, wallClockMs::get));
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }

    private static void raise(final Coordination session, final int from, final int to) {
        for (int i = from; i < to; i++) {
            session.raise("tick", "clock", i + PADDING);
        }
    }

    private static void assertReads(final Subscription subscription, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final Subscription.Signal signal = (Subscription.Signal) subscription.poll();
            assertThat(signal.sequence()).isEqualTo(i);
            assertThat(signal.payload()).isEqualTo(i + PADDING);
        }
    }

    @Test
    void shouldReadOverTheFilesOfManyDays() throws IOException {
        try (Kernel kernel = launch(BY_DAY)) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription idle = session.subscribe(SignalFilter.everything(), Start.latest());
            final Subscription halfway = session.subscribe(SignalFilter.everything(), Start.latest());
            for (int day = 0; day < DAYS; day++) {
                raise(session, day * A_DAY, (day + 1) * A_DAY);
                assertReads(halfway, day * A_DAY / 2, (day + 1) * A_DAY / 2);
                wallClockMs.addAndGet(TimeUnit.DAYS.toMillis(1));
            }
            assertThat(files()).isEqualTo(DAYS);
            assertReads(idle, 0, SIGNALS);
            assertReads(halfway, SIGNALS / 2, SIGNALS);
            assertThat(idle.poll()).isNull();
            assertThat(halfway.poll()).isNull();
            assertThat(idle.missed() + halfway.missed()).isZero();
            assertThat(idle.fellBehind()).isPositive();

            raise(session, SIGNALS, SIGNALS + A_DAY); // the reader's file is no longer the newest
            assertReads(idle, SIGNALS, SIGNALS + A_DAY);
            assertReads(halfway, SIGNALS, SIGNALS + A_DAY);
            assertThat(files()).isEqualTo(DAYS + 1L);
        }
    }

    @Test
    void shouldReadOverFilesThatAreFull() throws IOException {
        final long before;
        try (Kernel kernel = launch(BY_SIZE)) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription idle = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 0, SIGNALS);
            assertReads(idle, 0, SIGNALS / 3);
            raise(session, SIGNALS, SIGNALS + A_DAY);
            assertReads(idle, SIGNALS / 3, SIGNALS + A_DAY);
            assertThat(idle.poll()).isNull();
            assertThat(idle.missed()).isZero();
            before = files();
            assertThat(before).isGreaterThan(4);
        }
        try (Kernel kernel = launch(BY_SIZE)) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription all = session.subscribe(SignalFilter.everything(), Start.earliest());
            final Subscription late = session.subscribe(SignalFilter.everything(), Start.sequence(SIGNALS / 2));
            raise(session, SIGNALS + A_DAY, 2 * SIGNALS);
            assertReads(all, 0, 2 * SIGNALS);
            assertReads(late, SIGNALS / 2, 2 * SIGNALS);
            assertThat(files()).isGreaterThan(before);
        }
    }

    /** The files grow and roll under a reader that is never quick enough for the tail. */
    @Test
    void shouldFollowAWriterOverItsFiles() throws InterruptedException {
        try (Kernel kernel = launch(BY_SIZE)) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription reader = session.subscribe(SignalFilter.everything(), Start.latest());
            final Thread writer = new Thread(() -> raise(session, 0, 2 * SIGNALS));
            writer.start();
            for (int i = 0; i < 2 * SIGNALS; i++) {
                final Subscription.Signal signal = (Subscription.Signal) reader.take(30, TimeUnit.SECONDS);
                assertThat(signal.sequence()).isEqualTo(i);
            }
            writer.join();
            assertThat(reader.missed()).isZero();
        }
    }
}

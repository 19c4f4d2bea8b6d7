package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.wait.Spinning;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Syncing has a lock of its own, groups commands, and stops everything when it fails. */
@Timeout(120)
class SyncRulesTest {
    private static final byte[] NOTHING = new byte[0];

    private static KernelConfig config(final Threading threading, final Durability durability) {
        return KernelConfig.standard()
                .withThreading(threading)
                .withDurability(durability)
                .withLimits(MachineLimits.small())
                .withWaiting(Spinning.Style.PARK);
    }

    private static long raise(final Ingress ingress) {
        return ingress.raise(0, 1, 0, 0, 0, 0, Double.NaN, NOTHING);
    }

    @Test
    void shouldAppendAndApplyWhileAnotherThreadSyncs() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final Gate gate = new Gate();
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER, Durability.JOURNALED), journal)) {
            kernel.nameId("tick");
            final Ingress ingress = kernel.newIngress();
            assertThat(raise(ingress)).isZero();
            final long position = ingress.position();
            journal.beforeSync = gate;
            final Crew crew = new Crew().go();
            crew.add("syncer", () -> assertThat(kernel.awaitSynced(position)).isTrue());
            gate.awaitReached();
            for (int i = 0; i < 1000; i++) {
                assertThat(raise(ingress)).isZero();
            }
            assertThat(journal.committed()).isEqualTo(ingress.position());
            gate.open();
            crew.join();
            assertThat(kernel.awaitSynced(ingress.position())).isTrue();
            assertThat(journal.syncs).hasValue(2);
            assertThatThrownBy(() -> kernel.awaitSynced(ingress.position() + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no command yet");
        }
        assertThat(journal.closed).isTrue();
    }

    @Test
    void shouldJournalWhileASyncedKernelSyncsAndApplyOnlyWhatIsSynced() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final Gate gate = new Gate();
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER, Durability.SYNCED), journal)) {
            kernel.nameId("tick");
            final long applied = kernel.applied();
            journal.beforeSync = gate;
            final Crew crew = new Crew().go();
            crew.add("leader", () -> assertThat(raise(kernel.newIngress())).isZero());
            gate.awaitReached();
            final Thread follower = crew.add(
                    "follower", () -> assertThat(raise(kernel.newIngress())).isZero());
            Crew.until(
                    "the follower's command is journaled",
                    () -> journal.commands().size() == applied + 2);
            Crew.untilParked(follower);
            assertThat(kernel.applied()).as("nothing unsynced is applied").isEqualTo(applied);
            gate.open();
            crew.join();
            assertThat(kernel.applied()).isEqualTo(applied + 2);
        }
    }

    /** The follower of a leader that only waits for its own position: somebody has to apply, and to sync what came later. */
    @Test
    void shouldApplyWhatAnAwaitedSyncHasMadeDurable() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            final RecordingJournal journal = new RecordingJournal();
            try (Kernel kernel = Kernel.launch(config(Threading.CALLER, Durability.SYNCED), journal)) {
                kernel.nameId("tick");
                final Crew crew = new Crew();
                for (int t = 0; t < 2; t++) {
                    crew.add("raiser-" + t, () -> {
                        final Ingress ingress = kernel.newIngress();
                        for (int i = 0; i < 20; i++) {
                            assertThat(raise(ingress)).isZero();
                        }
                    });
                    crew.add("syncer-" + t, () -> {
                        final Ingress ingress = kernel.newIngress();
                        for (int i = 0; i < 20; i++) {
                            final long position = ingress.offer(0, 1, 0, 0, NOTHING, 0, 0);
                            assertThat(kernel.awaitSynced(position)).isTrue();
                        }
                    });
                }
                crew.join();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED", "DEDICATED"})
    void shouldSyncManyCommandsAtOnce(final Threading threading) throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final int threads = 8;
        final int each = 50;
        try (Kernel kernel = Kernel.launch(config(threading, Durability.SYNCED), journal)) {
            kernel.nameId("tick");
            // A sync takes at least 200 us, as a fast disk's does.
            journal.beforeSync = () -> {
                final long endNs = System.nanoTime() + 200_000;
                while (System.nanoTime() - endNs < 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(endNs - System.nanoTime());
                }
            };
            final int before = journal.syncs.get();
            final Crew crew = new Crew();
            for (int t = 0; t < threads; t++) {
                crew.add("caller-" + t, () -> {
                    final Ingress ingress = kernel.newIngress();
                    for (int i = 0; i < each; i++) {
                        assertThat(raise(ingress)).isZero();
                    }
                });
            }
            crew.join();
            assertThat(journal.syncs.get() - before).as("syncs").isLessThan(threads * each * 3 / 4);
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldStopAcknowledgingAtOnceWhenASyncFails(final Threading threading) throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final JournalException failure = new JournalException(JournalException.Kind.IO, "a test's failing disk");
        final Kernel kernel = Kernel.launch(config(threading, Durability.SYNCED), journal);
        kernel.nameId("tick");
        final long applied = kernel.applied();
        final AtomicBoolean failed = new AtomicBoolean();
        journal.beforeSync = () -> {
            failed.set(true);
            throw failure;
        };
        final AtomicInteger acknowledged = new AtomicInteger();
        final Crew crew = new Crew();
        for (int t = 0; t < (threading == Threading.INVOKER ? 0 : 4); t++) {
            crew.add("caller-" + t, () -> {
                final Ingress ingress = kernel.newIngress();
                while (raise(ingress) >= 0) {
                    acknowledged.incrementAndGet();
                }
            });
        }
        crew.go();
        assertThat(raise(kernel.newIngress())).isEqualTo(Ingress.HALTED);
        crew.join();
        assertThat(failed).isTrue();
        assertThat(acknowledged).hasValue(0);
        assertThat(kernel.haltCause()).isSameAs(failure);
        assertThat(kernel.applied()).isEqualTo(applied);
        assertThat(raise(kernel.newIngress())).isEqualTo(Ingress.HALTED);
        kernel.close();

        final RecordingJournal left = new RecordingJournal(journal);
        try (Kernel reopened = Kernel.launch(config(threading, Durability.SYNCED), left)) {
            assertThat(reopened.isOpen()).isTrue();
            assertThat(raise(reopened.newIngress())).isZero();
        }
    }

    /** Holds a sync until it is opened. */
    private static final class Gate implements Runnable {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        @Override
        public void run() {
            reached.countDown();
            await(opened);
        }

        void awaitReached() {
            await(reached);
        }

        void open() {
            opened.countDown();
        }

        private static void await(final CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (final InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

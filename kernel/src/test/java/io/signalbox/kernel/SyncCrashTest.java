package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.SyncState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The process is gone behind any record of the journal. Whoever comes back does everything again that it had to do, not knowing what
 * had been done, and all come to the same end: released once, with the right results; broken once; each lease granted once, with
 * rising numbers.
 */
@Timeout(120)
class SyncCrashTest {
    private static final long ORIGIN_NS = 1_000_000_000L;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<String> AGENTS = List.of("ann", "ben", "cho");

    /** More than one turn can release. */
    private static final int CROWD = 1500;

    private interface Story {
        void tell(Kernel kernel, ManualClock clock);
    }

    private static Kernel launch(final MemoryJournal journal, final ManualClock clock) {
        return Kernel.launch(
                KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock), journal);
    }

    private static List<byte[]> record(final Story story) {
        final MemoryJournal journal = new MemoryJournal();
        final ManualClock clock = new ManualClock(ORIGIN_NS);
        try (Kernel kernel = launch(journal, clock)) {
            story.tell(kernel, clock);
        }
        return journal.commands();
    }

    private static MemoryJournal prefix(final List<byte[]> commands, final int length) {
        final MemoryJournal journal = new MemoryJournal();
        for (int i = 0; i < length; i++) {
            journal.append(i, commands.get(i), 0, commands.get(i).length);
        }
        journal.commit();
        return journal.reopened();
    }

    /** Crash behind each record, tell the story again, and look. */
    private static void crashEverywhere(final Story story, final Story check) {
        final List<byte[]> commands = record(story);
        assertThat(commands).hasSizeGreaterThan(5);
        for (int length = 0; length <= commands.size(); length++) {
            final ManualClock clock = new ManualClock(ORIGIN_NS);
            try (Kernel kernel = launch(prefix(commands, length), clock)) {
                story.tell(kernel, clock);
                check.tell(kernel, clock);
            }
        }
    }

    private static long told(final Kernel kernel, final String type) {
        final Subscription events = kernel.subscribeFromOldest();
        long told = 0;
        for (Subscription.Item item = events.poll(); item != null; item = events.poll()) {
            told += ((Subscription.Signal) item).type().equals(type) ? 1 : 0;
        }
        return told;
    }

    private static void meet(final Kernel kernel, final ManualClock clock) {
        final CoordinationSync sync = kernel.coordination("session").sync();
        sync.createBarrier("phase", AGENTS, SECOND);
        for (final String agent : AGENTS) {
            if (sync.status("phase").generation() == 1) {
                sync.waitAtBarrier("phase", agent, agent + "'s part");
            }
        }
    }

    @Test
    void shouldReleaseOnceWithWhatEverybodyBroughtWhereverItCrashed() {
        crashEverywhere(SyncCrashTest::meet, (kernel, clock) -> {
            final CoordinationSync sync = kernel.coordination("session").sync();
            assertThat(sync.status("phase").generation()).isEqualTo(2);
            assertThat(sync.barrierResults("phase", 1))
                    .extracting(PartialResult::text)
                    .containsExactly("ann's part", "ben's part", "cho's part");
            assertThat(sync.waitForBarrier("phase", 1, SECOND).poll().isResolved())
                    .isTrue();
            assertThat(told(kernel, CoordinationSync.SYNC_CREATED)).isEqualTo(1);
            assertThat(told(kernel, CoordinationSync.SYNC_READY)).isEqualTo(1);
            assertThat(told(kernel, CoordinationSync.SYNC_BROKEN)).isZero();
        });
    }

    private static void meetInACrowd(final Kernel kernel, final ManualClock clock) {
        final List<String> crowd =
                IntStream.range(0, CROWD).mapToObj(i -> "agent-" + i).toList();
        final CoordinationSync sync = kernel.coordination("session").sync();
        sync.createBarrier("phase", crowd, SECOND);
        if (sync.status("phase").generation() == 1) {
            crowd.forEach(agent -> sync.waitAtBarrier("phase", agent, agent));
        }
        kernel.turn();
    }

    @Test
    void shouldReleaseTheRestOfACrowdWhenItCrashedBetweenTwoTurns() {
        final List<byte[]> commands = record(SyncCrashTest::meetInACrowd);
        for (int length = commands.size() - 3; length <= commands.size(); length++) {
            final ManualClock clock = new ManualClock(ORIGIN_NS);
            try (Kernel kernel = launch(prefix(commands, length), clock)) {
                meetInACrowd(kernel, clock);
                assertThat(kernel.query(() -> kernel.machine().dependencies().pending()))
                        .as("crashed behind record %d of %d", length, commands.size())
                        .isZero();
                assertThat(kernel.coordination("session").sync().barrierResults("phase", 1))
                        .hasSize(CROWD);
                assertThat(told(kernel, CoordinationSync.SYNC_READY)).isEqualTo(1);
            }
        }
    }

    private static void meetInVain(final Kernel kernel, final ManualClock clock) {
        final CoordinationSync sync = kernel.coordination("session").sync();
        sync.createBarrier("phase", AGENTS, SECOND);
        sync.createSyncPoint("review", AGENTS, 2, SECOND);
        sync.waitAtBarrier("phase", "ann");
        sync.waitAtBarrier("phase", "cho");
        kernel.coordination("session").complete("ben", "done");
        clock.moveTo(ORIGIN_NS + 3 * SECOND.toNanos());
        kernel.pulse();
    }

    @Test
    void shouldBreakOnceWhereverItCrashed() {
        crashEverywhere(SyncCrashTest::meetInVain, (kernel, clock) -> {
            final CoordinationSync sync = kernel.coordination("session").sync();
            assertThat(sync.status("phase").state()).isEqualTo(SyncState.BROKEN);
            assertThat(sync.status("phase").missing()).containsExactly("ben");
            assertThat(sync.status("review").state()).isEqualTo(SyncState.EXPIRED);
            assertThat(told(kernel, CoordinationSync.SYNC_BROKEN)).isEqualTo(2);
            assertThat(told(kernel, CoordinationSync.SYNC_READY)).isZero();
        });
    }

    private static void queue(final Kernel kernel, final ManualClock clock) {
        final CoordinationSync sync = kernel.coordination("session").sync();
        for (final String agent : AGENTS) {
            sync.acquireLease("file", agent, LeaseMode.EXCLUSIVE, SECOND);
        }
        clock.moveTo(ORIGIN_NS + SECOND.toNanos());
        kernel.pulse();
    }

    @Test
    void shouldKeepTheLineAndTheNumbersWhereverItCrashed() {
        final List<byte[]> commands = record(SyncCrashTest::queue);
        for (int length = 0; length <= commands.size(); length++) {
            final ManualClock clock = new ManualClock(ORIGIN_NS);
            final List<Long> numbers = new ArrayList<>();
            try (Kernel kernel = launch(prefix(commands, length), clock)) {
                final CoordinationSync sync = kernel.coordination("session").sync();
                note(sync, numbers);
                queue(kernel, clock);
                note(sync, numbers);
                clock.moveTo(ORIGIN_NS + 5 * SECOND.toNanos());
                kernel.pulse();
                note(sync, numbers);
                assertThat(sync.leases().stream().filter(LeaseStatus::isHeld)).hasSizeLessThan(2);
            }
            assertThat(numbers).as("crashed behind record %d", length).isSorted();
        }
    }

    private static void note(final CoordinationSync sync, final List<Long> numbers) {
        sync.leases().stream()
                .filter(LeaseStatus::isHeld)
                .map(LeaseStatus::fencing)
                .forEach(numbers::add);
    }
}

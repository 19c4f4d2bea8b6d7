package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.machine.MachineLimits;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread waits for a whole document. */
@Timeout(60)
class JointWaitTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final Coordination build = kernel.coordination("build");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        kernel.close();
    }

    private DependencySet threeNeeds() {
        return build.waits()
                .declare(DependencyDocument.of("ann")
                        .completion("a", "x")
                        .completion("b", "y")
                        .resource("db", "database")
                        .build());
    }

    private void untilSomebodyStands(final DependencySet set, final String id) {
        while (kernel.driver().waiters().isEmpty((int) set.wait(id).handle())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldGoOnWhenTheLastHasCome() throws Exception {
        final DependencySet set = threeNeeds();
        final Future<Boolean> whole = threads.submit(() -> set.await());
        untilSomebodyStands(set, "db");
        build.markResource("database", true);
        build.complete("y", "done");
        untilSomebodyStands(set, "a");
        assertThat(whole).isNotDone();
        build.complete("x", "done");
        assertThat(whole.get(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldEndWithTheFirstThatCannotCome() throws Exception {
        final DependencySet set = threeNeeds();
        final Future<Boolean> whole = threads.submit(() -> set.await(LONG));
        untilSomebodyStands(set, "db");
        build.waits().withdrawResource("database");
        assertThat(whole.get(50, TimeUnit.SECONDS)).isFalse();
        assertThat(build.waits().status("a").isPending()).isTrue();
    }

    @Test
    void shouldLeaveOthersStandingWhenItsPatienceIsOver() throws Exception {
        final DependencySet set = threeNeeds();
        final Future<Outcome> other = threads.submit(() -> set.wait("a").await());
        untilSomebodyStands(set, "a");
        assertThat(set.await(Duration.ofMillis(5))).isFalse();
        build.complete("x", "done");
        assertThat(other.get(50, TimeUnit.SECONDS).isResolved()).isTrue();
        assertThat(kernel.driver().waiters().isEmpty((int) set.wait("b").handle()))
                .isTrue();
    }

    @Test
    void shouldEndWhenTheThreadIsInterruptedOrTheKernelCloses() throws Exception {
        final DependencySet set = threeNeeds();
        final Future<Boolean> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            return set.await() || !Thread.interrupted();
        });
        assertThat(interrupted.get(50, TimeUnit.SECONDS)).isFalse();
        final Future<Boolean> closed = threads.submit(() -> set.await());
        untilSomebodyStands(set, "b");
        kernel.close();
        assertThat(closed.get(50, TimeUnit.SECONDS)).isFalse();
    }
}

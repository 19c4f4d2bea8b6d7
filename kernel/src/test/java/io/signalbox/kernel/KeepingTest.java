package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.wait.Spinning;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A waiter that spins keeps the baton while it spins; nobody else may notice, but by being served. */
@Timeout(60)
class KeepingTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withWaiting(Spinning.Style.BUSY_SPIN));
    private final Coordination coordination = kernel.coordination("keeping");
    private final CompletableFuture<Outcome> spinning = new CompletableFuture<>();

    @AfterEach
    void close() {
        kernel.close();
    }

    private void spinFor(final String agent) throws InterruptedException {
        final Dependency wait = coordination.awaitsCompletion(agent);
        final Thread spinner = new Thread(() -> spinning.complete(wait.await()));
        spinner.setDaemon(true);
        spinner.start();
        while (!kernel.driver().isKept()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldServeWhatOthersPublish() throws Exception {
        spinFor("last");
        for (int i = 0; i < 1_000; i++) {
            assertThat(coordination.set("k", i).isAccepted()).isTrue();
        }
        assertThat(kernel.position()).isGreaterThan(1_000);
        assertThat(kernel.stateDigest()).isNotZero();
        coordination.complete("last", "done");
        assertThat(spinning.get(30, TimeUnit.SECONDS).isResolved()).isTrue();
        assertThat(kernel.sequencesTaken()).isEqualTo(kernel.position() + 1);
    }

    @Test
    void shouldPutTheBatonDownBeforeItWakesSomebody() throws Exception {
        spinFor("last");
        final Subscription subscription = kernel.subscribe();
        final CompletableFuture<Subscription.Item> parked = new CompletableFuture<>();
        final Thread reader = new Thread(() -> parked.complete(subscription.take(30, TimeUnit.SECONDS)));
        reader.start();
        while (reader.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        coordination.raise("news", "somebody", "for the reader");
        assertThat(parked.get(30, TimeUnit.SECONDS)).isInstanceOf(Subscription.Signal.class);
        coordination.complete("last", "done");
        assertThat(spinning.get(30, TimeUnit.SECONDS).isResolved()).isTrue();
    }

    @Test
    void shouldLetDeadlinesPass() throws Exception {
        spinFor("last");
        final Dependency late = coordination.awaitsCompletion("nobody", Duration.ofMillis(20));
        assertThat(late.await()).isInstanceOf(Outcome.Expired.class);
        coordination.complete("last", "done");
        assertThat(spinning.get(30, TimeUnit.SECONDS).isResolved()).isTrue();
    }

    @Test
    void shouldPutTheBatonDownWhenTheKernelCloses() throws Exception {
        spinFor("never");
        kernel.close();
        assertThat(spinning.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Halted.class);
    }

    @Test
    void shouldPutTheBatonDownWhenItsWaitIsGivenUp() throws Exception {
        final Dependency wait = coordination.awaitsCompletion("never");
        assertThat(wait.await(Duration.ofMillis(5))).isInstanceOf(Outcome.TimedOut.class);
        assertThat(kernel.driver().isKept()).isFalse();
        assertThat(coordination.complete("never", "after all").isAccepted()).isTrue();
        assertThat(wait.poll().isResolved()).isTrue();
    }
}

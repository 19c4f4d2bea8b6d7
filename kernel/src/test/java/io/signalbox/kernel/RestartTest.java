package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.StateSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a process leaves behind when it ends. */
class RestartTest {
    private static final KernelConfig CONFIG = KernelConfig.standard().withLimits(MachineLimits.small());
    private static final StateKey<Long> COUNTER = StateKey.number("counter");

    @Test
    @Conforms("FUTURE-42")
    void shouldFindTheStateWithItsVersionsAgain() {
        final MemoryJournal journal = new MemoryJournal();
        final StateSnapshot before;
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            final State state = kernel.coordination("session").state();
            state.set(COUNTER, 1L).orThrow();
            state.set(COUNTER, 2L).orThrow();
            before = state.snapshot();
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened())) {
            final State state = kernel.coordination("session").state();
            assertThat(state.get(COUNTER)).isEqualTo(2);
            assertThat(state.version()).isEqualTo(before.version());
            state.rollback(1).orThrow();
            assertThat(state.get(COUNTER)).isEqualTo(1);
        }
    }

    @Test
    @Conforms("FUTURE-1")
    void shouldCountSignalsOfBeforeAndResolveWhoAsksForThem() {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            final Coordination session = kernel.coordination("session");
            session.complete("ann", "the model");
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened())) {
            final Coordination session = kernel.coordination("session");
            assertThat(session.state().view("signal_metrics:session")).contains("\"signals_sent\": 1");
            assertThat(session.awaitsCompletion("ann", Duration.ofSeconds(1))
                            .poll()
                            .isResolved())
                    .isTrue();
        }
    }
}

package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.IntelligenceKind;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.StateSnapshot;
import java.time.Duration;
import java.util.Map;
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
    @Conforms("FUTURE-22")
    void shouldFindTheContextsWithTheirVersionsAgain() {
        final MemoryJournal journal = new MemoryJournal();
        final AgentContext before;
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            final Contexts contexts = kernel.coordination("session").contexts();
            contexts.distribute(ContextDistribution.forSession("session-1")
                    .agent("ann", Map.of("objective", "Generate models"))
                    .share(IntelligenceKind.TYPE_REGISTRY, Map.of("UserId", "str")));
            contexts.updateSharedIntelligence(
                    ContextUpdateRequest.of(IntelligenceKind.TYPE_REGISTRY, Map.of("Email", "EmailStr")));
            before = contexts.get("ann");
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened())) {
            final AgentContext after = kernel.coordination("session").contexts().get("ann");
            assertThat(after.sharedIntelligence()).isEqualTo(before.sharedIntelligence());
            assertThat(after.sharedIntelligence().typeRegistry()).containsKeys("UserId", "Email");
            assertThat(after.agentAssignment().objective()).isEqualTo("Generate models");
            assertThat(after.contextVersion()).isEqualTo(before.contextVersion());
            assertThat(after.coordinationMetadata()).isEqualTo(before.coordinationMetadata());
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

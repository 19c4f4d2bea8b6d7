package io.signalbox.kernel.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.conformance.Conforms;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents that tell each other what they have found. The bound of time is that of the systems before us. */
class InsightSharingTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final CoordinationManager manager = new CoordinationManager(kernel);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    @Conforms("T-OMNI-03")
    void shouldCoordinateThreeAgentsThatShareInsights() {
        final AtomicBoolean told = new AtomicBoolean();
        final long startNs = System.nanoTime();
        final CoordinationResult result = manager.coordinateWorkflow(
                "investigation",
                AgentAssignments.of()
                        .agent("debug", Assignment.of("Find the fault"))
                        .agent("security", Assignment.of("Judge the fault").dependencies("debug"))
                        .agent("report", Assignment.of("Write it down").dependencies("debug", "security")),
                turn -> {
                    if (turn.agentId().equals("debug")) {
                        turn.session().state().set(StateKey.text("critical_path"), "parser");
                        told.set(turn.session()
                                .signalCoordinationEvent(
                                        "inter_agent_message",
                                        Map.of(
                                                "message_type",
                                                "insights",
                                                "message",
                                                "the parser is where it is",
                                                "payload",
                                                Map.of("critical_paths", "parser")),
                                        "debug")
                                .orThrow()
                                .isAccepted());
                    } else {
                        assertThat(turn.session().state().get(StateKey.text("critical_path")))
                                .isEqualTo("parser");
                    }
                    return AgentResult.of("done", 0.95);
                });
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.agents())
                .hasSize(3)
                .allSatisfy((id, outcome) -> assertThat(outcome.status()).isEqualTo(AgentStatus.COMPLETED));
        assertThat(told).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(3));
    }
}

package io.signalbox.kernel.routing.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityRouterTest {
    private static final RoutingContext TASK = RoutingContext.of("build");

    private static Opinion ask(final Map<String, ?> custom, final Map<String, ?> state) {
        return new PriorityRouter().evaluate(TASK.withCustomData(custom), RoutingState.of(state));
    }

    @ParameterizedTest
    @CsvSource({
        "100, CONTINUE, 0.95",
        "80, CONTINUE, 0.95",
        "79, CONTINUE, 0.8",
        "21, CONTINUE, 0.8",
        "20, SKIP, 0.85",
        "0, SKIP, 0.85"
    })
    void shouldJudgeByTheThresholdsThemselvesIncluded(
            final int priority, final RoutingDecision decision, final double confidence) {
        final Opinion opinion = ask(Map.of(), Map.of("task_priority", priority));
        assertThat(opinion.decision()).isEqualTo(decision);
        assertThat(opinion.confidence()).isEqualTo(confidence);
        assertThat(opinion.number("priority")).isEqualTo(priority);
    }

    @Test
    @Conforms("GAP-ROUTE-7")
    void shouldTakeAnExplicitZeroForZero() {
        assertThat(ask(Map.of("priority", 0), Map.of("task_priority", 90)).decision())
                .isEqualTo(RoutingDecision.SKIP);
    }

    @Test
    void shouldTakeFiftyWhenNothingIsSaidOrWhatIsSaidIsNoNumber() {
        assertThat(ask(Map.of(), Map.of()).number("priority")).isEqualTo(50);
        final Opinion opinion = ask(Map.of("priority", "high"), Map.of());
        assertThat(opinion.number("priority")).isEqualTo(50);
        assertThat(opinion.reasoning()).contains("no number");
    }

    @Test
    @Conforms("GAP-ROUTE-8")
    void shouldRefuseThresholdsTheWrongWayRound() {
        final RoutingDecision any = RoutingDecision.CONTINUE;
        assertThatThrownBy(() -> new PriorityRouter(20, 80, any, any, any))
                .hasMessage("highThreshold must be above lowThreshold: 20 and 80");
        assertThatThrownBy(() -> new PriorityRouter(101, 80, any, any, any))
                .hasMessage("highThreshold must be in 0..100: 101");
        assertThatThrownBy(() -> new PriorityRouter(80, -1, any, any, any))
                .hasMessage("lowThreshold must be in 0..100: -1");
        assertThatThrownBy(() -> new PriorityRouter(80, 20, null, any, any)).hasMessageContaining("is missing");
    }
}

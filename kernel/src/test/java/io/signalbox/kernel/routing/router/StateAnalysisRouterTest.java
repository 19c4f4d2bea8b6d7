package io.signalbox.kernel.routing.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateAnalysisRouterTest {
    private static final RoutingContext TASK = RoutingContext.of("build");

    private static Opinion ask(final StateAnalysis analysis, final Map<String, ?> state) {
        return new StateAnalysisRouter(analysis).evaluate(TASK, RoutingState.of(state));
    }

    private static Opinion ask(final Map<String, ?> state) {
        return ask(StateAnalysis.standard(), state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "errors", "failed"})
    void shouldSeeErrors(final String key) {
        assertThat(ask(Map.of(key, List.of("boom"))).finding()).isEqualTo(Finding.ERRORS_FOUND);
        assertThat(ask(Map.of(key, "boom")).confidence()).isEqualTo(0.95);
        assertThat(ask(Map.of(key, true)).decision()).isEqualTo(RoutingDecision.RETRY);
        assertThat(ask(Map.of(key, false)).finding()).isEqualTo(Finding.NORMAL);
        assertThat(ask(Map.of(key, "")).finding()).isEqualTo(Finding.NORMAL);
        assertThat(ask(Map.of(key, List.of())).finding()).isEqualTo(Finding.NORMAL);
        assertThat(ask(Collections.singletonMap(key, null)).finding()).isEqualTo(Finding.NORMAL);
    }

    @Test
    void shouldCountErrors() {
        assertThat(ask(Map.of("error_count", 3)).finding()).isEqualTo(Finding.ERRORS_FOUND);
        assertThat(ask(Map.of("error_count", 0)).finding()).isEqualTo(Finding.NORMAL);
        assertThat(ask(Map.of("error_count", 1)).metadata()).containsEntry("has_errors", true);
    }

    @Test
    void shouldFollowTheFirstPatternThatFits() {
        final StateAnalysis analysis = StateAnalysis.standard()
                .withErrorPatterns(ErrorPattern.standard())
                .withErrorHandlingDecision(RoutingDecision.END);
        assertThat(ask(analysis, Map.of("error", "Permission DENIED")).decision())
                .isEqualTo(RoutingDecision.ERROR);
        final Opinion transientError = ask(analysis, Map.of("errors", List.of("odd", "read TIMED OUT")));
        assertThat(transientError.decision()).isEqualTo(RoutingDecision.RETRY);
        assertThat(transientError.reasoning()).isEqualTo("State contains errors: errors, pattern transient");
        assertThat(ask(analysis, Map.of("error", "odd")).decision()).isEqualTo(RoutingDecision.END);
        assertThat(ask(analysis, Map.of("error_count", 1)).decision()).isEqualTo(RoutingDecision.END);
    }

    @Test
    void shouldSkipWhatLacksSomethingRequired() {
        assertThat(ask(Map.of("mandatory_fields", List.of())).decision()).isEqualTo(RoutingDecision.SKIP);
        assertThat(ask(Map.of("required_data", "")).confidence()).isEqualTo(0.8);
        assertThat(ask(Map.of("required_data", Map.of("a", 1))).decision()).isEqualTo(RoutingDecision.CONTINUE);
    }

    @Test
    void shouldBranchOnlyAboveTheMaximum() {
        final Map<String, Object> state = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            state.put("k" + i, i);
        }
        final double score = RoutingState.of(state).complexity().score();
        assertThat(ask(StateAnalysis.standard().withMaxComplexityScore(score), state)
                        .finding())
                .isEqualTo(Finding.NORMAL);
        assertThat(ask(StateAnalysis.standard().withMaxComplexityScore(score - 0.001), state)
                        .decision())
                .isEqualTo(RoutingDecision.BRANCH);
    }

    @Test
    @Conforms("GAP-ROUTE-11")
    void shouldCountListsAsNestingAndTextsBySize() {
        final Complexity flat = RoutingState.of(Map.of("a", 1)).complexity();
        assertThat(flat).isEqualTo(new Complexity(1, 1, 17));
        assertThat(RoutingState.of(Map.of("a", List.of(List.of(1))))
                        .complexity()
                        .depth())
                .isEqualTo(3);
        assertThat(RoutingState.of(Map.of()).complexity()).isEqualTo(new Complexity(0, 0, 0));
        assertThat(RoutingState.of(Map.of("a", "x".repeat(1_000_000)))
                        .complexity()
                        .score())
                .isGreaterThan(0.3);
        assertThat(RoutingState.of(Map.of("a", new byte[64])).complexity().sizeBytes())
                .isEqualTo(73);
    }

    @Test
    void shouldLookAtABoundedPartOfALargeState() {
        final List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThat(RoutingState.of(Map.of("a", endless)).complexity().depth()).isEqualTo(Complexity.DEPTH_MAX);
        final Complexity wide = RoutingState.of(Map.of("a", Collections.nCopies(1_000_000, "text")))
                .complexity();
        assertThat(wide.sizeBytes()).isLessThan(200_000);
    }

    @Test
    void shouldClassifyExecutionTimes() {
        final StateAnalysis analysis = StateAnalysis.standard();
        assertThat(analysis.classify(99)).isEqualTo(ExecutionTime.FAST);
        assertThat(analysis.classify(100)).isEqualTo(ExecutionTime.NORMAL);
        assertThat(analysis.classify(10_000)).isEqualTo(ExecutionTime.SLOW);
        final StateAnalysis strict = analysis.withTimes(10, 20, RoutingDecision.BRANCH);
        final Opinion slow =
                new StateAnalysisRouter(strict).evaluate(TASK.withExecutionTimeMs(20), RoutingState.of(Map.of()));
        assertThat(slow.decision()).isEqualTo(RoutingDecision.BRANCH);
        assertThat(slow.finding()).isEqualTo(Finding.TOO_SLOW);
        assertThat(slow.metadata()).containsEntry("execution_time_ms", 20L);
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() {
        final StateAnalysis analysis = StateAnalysis.standard();
        assertThatThrownBy(() -> analysis.withMaxComplexityScore(1.1))
                .hasMessage("maxComplexityScore must be in 0..1: 1.1");
        assertThatThrownBy(() -> analysis.withMaxComplexityScore(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> analysis.withTimes(10, 10, RoutingDecision.SKIP))
                .hasMessageContaining("slowFromMs must be above fastBelowMs");
        assertThatThrownBy(() -> analysis.withErrorHandlingDecision(null)).hasMessageContaining("is missing");
        assertThatThrownBy(() -> new ErrorPattern("x", List.of(), RoutingDecision.END))
                .hasMessageContaining("1 to 64 entries");
    }
}

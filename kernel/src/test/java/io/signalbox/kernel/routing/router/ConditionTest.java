package io.signalbox.kernel.routing.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons, expressions and paths. */
class ConditionTest {
    private static final RoutingContext TASK = new RoutingContext("build", 250, 2, Map.of("tier", "gold"), "c-1");

    private static boolean holds(final Condition condition, final Map<String, ?> state) {
        return condition.holds(TASK, RoutingState.of(state), new Condition.Trace());
    }

    private static boolean holds(final Object actual, final String operator, final Object expected) {
        return holds(Condition.when("x", operator, expected), Collections.singletonMap("x", actual));
    }

    @ParameterizedTest
    @CsvSource({
        "3, ==, 3, true", "3, ==, 4, false", "3, !=, 4, true", "3, !=, 3, false",
        "3, >, 2, true", "3, >, 3, false", "3, <, 4, true", "3, <, 3, false",
        "3, >=, 3, true", "3, >=, 4, false", "3, <=, 3, true", "3, <=, 2, false"
    })
    void shouldCompareNumbersWhateverTheirType(
            final int actual, final String operator, final int expected, final boolean holds) {
        assertThat(holds(actual, operator, (long) expected)).isEqualTo(holds);
        assertThat(holds((double) actual, operator, expected)).isEqualTo(holds);
        assertThat(holds((short) actual, operator, (float) expected)).isEqualTo(holds);
    }

    @Test
    void shouldCompareExactlyWhereALongDoesNotFitADouble() {
        assertThat(holds(Long.MAX_VALUE, "==", (double) Long.MAX_VALUE)).isFalse();
        assertThat(holds(Long.MAX_VALUE, "<", (double) Long.MAX_VALUE)).isTrue();
        assertThat(holds((1L << 53) + 1, ">", (double) (1L << 53))).isTrue();
        assertThat(holds((double) (1L << 53), "<", (1L << 53) + 1)).isTrue();
        assertThat(holds(Long.MIN_VALUE, "==", (double) Long.MIN_VALUE)).isTrue();
        assertThat(holds(1L << 53, "==", (double) (1L << 53))).isTrue();
    }

    @Test
    void shouldCompareTextsAndTruthValues() {
        assertThat(holds("abc", "<", "abd")).isTrue();
        assertThat(holds("abc", "==", "abc")).isTrue();
        assertThat(holds(true, "==", true)).isTrue();
        assertThat(holds(true, ">", false)).isTrue();
    }

    @Test
    void shouldLookIntoListsTextsAndMaps() {
        assertThat(holds("testing", "in", List.of("validation", "testing"))).isTrue();
        assertThat(holds("done", "in", List.of("validation", "testing"))).isFalse();
        assertThat(holds("done", "not_in", List.of("validation", "testing"))).isTrue();
        assertThat(holds("testing", "not_in", List.of("testing"))).isFalse();
        assertThat(holds("est", "in", "testing")).isTrue();
        assertThat(holds(List.of(1, 2), "contains", 2L)).isTrue();
        assertThat(holds(Set.of("a"), "contains", "a")).isTrue();
        assertThat(holds(List.of(1, 2), "contains", 3)).isFalse();
        assertThat(holds(List.of(1, 2), "not_contains", 3)).isTrue();
        assertThat(holds("testing", "contains", "sti")).isTrue();
        assertThat(holds("testing", "not_contains", "xyz")).isTrue();
        assertThat(holds(Map.of("k", 1), "contains", "k")).isTrue();
        assertThat(holds(Map.of("k", 1), "not_contains", "v")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"==", "!=", ">", "<", ">=", "<=", "in", "not_in", "contains", "not_contains"})
    @Conforms("GAP-ROUTE-2")
    void shouldNotHoldOfWhatIsAbsentOrNull(final String operator) {
        assertThat(holds(null, operator, "a")).isFalse();
        assertThat(holds(Condition.when("y", operator, "a"), Map.of())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({">", "<", ">=", "<=", "in", "not_in", "contains", "not_contains"})
    @Conforms("GAP-ROUTE-3")
    void shouldCountWhatCannotBeCompared(final String operator) {
        final Condition.Trace trace = new Condition.Trace();
        final Condition condition = Condition.when("x", operator, true);
        assertThat(condition.holds(TASK, RoutingState.of(Map.of("x", 3)), trace))
                .isFalse();
        assertThat(trace.unlike()).isEqualTo(1);
    }

    @Test
    @Conforms("GAP-ROUTE-3")
    void shouldHoldUnlikeValuesForUnequal() {
        assertThat(holds("3", "==", 3)).isFalse();
        assertThat(holds("3", "!=", 3)).isTrue();
        assertThat(holds(1, "==", true)).isFalse();
        assertThat(holds(Double.NaN, "==", Double.NaN)).isFalse();
        assertThat(holds(Double.NaN, ">", 1)).isFalse();
    }

    @Test
    void shouldLeadThroughMapsAndLists() {
        final Map<String, ?> state = Map.of(
                "review", Map.of("findings", List.of(Map.of("severity", "high"))), "dotted.key", "whole", "n", 1);
        assertThat(holds(Condition.when("review.findings.0.severity", "==", "high"), state))
                .isTrue();
        assertThat(holds(Condition.when("review.findings.1.severity", "==", "high"), state))
                .isFalse();
        assertThat(holds(Condition.when("dotted.key", "==", "whole"), state)).isTrue();
        assertThat(holds(Condition.when("n.deeper", "==", "whole"), state)).isFalse();
    }

    @Test
    void shouldLeadIntoTheTask() {
        assertThat(holds(Condition.when("@task", "==", "build"), Map.of())).isTrue();
        assertThat(holds(Condition.when("@execution_time_ms", ">", 200), Map.of()))
                .isTrue();
        assertThat(holds(Condition.when("@retry_count", "==", 2), Map.of())).isTrue();
        assertThat(holds(Condition.when("@correlation_id", "==", "c-1"), Map.of()))
                .isTrue();
        assertThat(holds(Condition.when("@custom.tier", "==", "gold"), Map.of()))
                .isTrue();
    }

    @Test
    void shouldJoinConditions() {
        final Condition yes = Condition.when("n", ">", 0);
        final Condition no = Condition.when("n", ">", 9);
        final Map<String, ?> state = Map.of("n", 1, "limit", 1);
        assertThat(holds(Condition.all(yes, Condition.not(no)), state)).isTrue();
        assertThat(holds(Condition.all(yes, no), state)).isFalse();
        assertThat(holds(Condition.any(no, yes), state)).isTrue();
        assertThat(holds(Condition.any(no, no), state)).isFalse();
        assertThat(holds(Condition.when("n", "==", Path.of("limit")), state)).isTrue();
        assertThat(Condition.all(yes, Condition.not(no))).hasToString("(n > 0 and not n > 9)");
        assertThat(Condition.any(yes, Condition.when("s", "in", List.of("a")))).hasToString("(n > 0 or s in [a])");
    }

    @Test
    void shouldRefuseAConditionThatIsTooDeepOrTooLarge() {
        Condition deep = Condition.when("n", ">", 0);
        for (int i = 1; i < Condition.DEPTH_MAX; i++) {
            deep = Condition.not(deep);
        }
        final Condition deepest = deep;
        assertThatThrownBy(() -> Condition.not(deepest))
                .isInstanceOf(InvalidRouterException.class)
                .hasMessageContaining("16 levels deep")
                .hasMessageContaining("17");
        final Condition[] many = new Condition[Condition.NODES_MAX];
        Arrays.fill(many, Condition.when("n", ">", 0));
        assertThatThrownBy(() -> Condition.any(many))
                .isInstanceOf(InvalidRouterException.class)
                .hasMessageContaining("256 parts");
        assertThatThrownBy(Condition::all).hasMessageContaining("of no condition");
    }

    @Test
    void shouldNameAnUnknownOperator() {
        assertThatThrownBy(() -> Condition.when("n", "=~", 0))
                .isInstanceOf(InvalidRouterException.class)
                .hasMessage("unknown operator '=~'; there are == != > < >= <= in not_in contains not_contains");
    }

    @Test
    void shouldRefuseWhatCannotStandInARule() {
        assertThatThrownBy(() -> Condition.when("n", "==", null)).hasMessageContaining("compares with null");
        assertThatThrownBy(() -> Condition.when("n", "==", new HashMap<>())).hasMessageContaining("HashMap");
        assertThatThrownBy(() -> Condition.when("n", "in", List.of(List.of(1))))
                .hasMessageContaining("expected a text");
        assertThatThrownBy(() -> Condition.when("n", "in", Collections.nCopies(1025, 1)))
                .hasMessageContaining("list of 1025");
        assertThatThrownBy(() -> Condition.when("n", (ConditionOperator) null, 1))
                .hasMessageContaining("is missing");
    }

    @Test
    void shouldRefuseAPathThatLeadsNowhere() {
        assertThatThrownBy(() -> Path.of("")).hasMessageContaining("a path must have 1 to 256 characters");
        assertThatThrownBy(() -> Path.of("a..b")).hasMessageContaining("empty segment");
        assertThatThrownBy(() -> Path.of("@nobody")).hasMessageContaining("unknown path '@nobody'");
        assertThatThrownBy(() -> Path.of("a.".repeat(16) + "b")).hasMessageContaining("16 segments");
        assertThatThrownBy(() -> Path.of("a".repeat(257))).hasMessageContaining("257");
    }
}

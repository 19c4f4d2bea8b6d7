package io.signalbox.kernel.routing.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionalRouterTest {
    private static final RoutingContext TASK = RoutingContext.of("build");

    private static ConditionalRule rule(final String id, final String key, final Object value) {
        return ConditionalRule.of(id, "rule " + id, key, "==", value, RoutingDecision.BRANCH);
    }

    private static Opinion ask(final Map<String, ?> state, final ConditionalRule... rules) {
        return ConditionalRouter.of(rules).evaluate(TASK, RoutingState.of(state));
    }

    @Test
    @Conforms("GAP-ROUTE-4")
    void shouldTakeTheFirstOfEqualPriority() {
        final Opinion opinion = ask(Map.of("a", 1, "b", 1), rule("one", "a", 1), rule("two", "b", 1));
        assertThat(opinion.metadata()).containsEntry("rule_id", "one").containsEntry("rule_name", "rule one");
        assertThat(opinion.confidence()).isEqualTo(1);
        assertThat(opinion.reasoning()).isEqualTo("Rule 'rule one' matched: a == 1");
    }

    @Test
    void shouldTakeTheHighestPriority() {
        final Opinion opinion = ask(
                Map.of("a", 1, "b", 1),
                rule("one", "a", 1).withPriority(50),
                rule("two", "b", 1).withPriority(90));
        assertThat(opinion.metadata()).containsEntry("rule_id", "two").containsEntry("rule_priority", 90L);
    }

    @Test
    void shouldSayHowManyRulesWereLookedAtAndWhatCouldNotBeCompared() {
        final Opinion opinion =
                ask(Map.of("a", "text"), ConditionalRule.of("one", "unlike", "a", ">", 3, RoutingDecision.END));
        assertThat(opinion.finding()).isEqualTo(Finding.NO_RULE_MATCHED);
        assertThat(opinion.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(opinion.confidence()).isEqualTo(0.5);
        assertThat(opinion.metadata()).containsEntry("rules_evaluated", 1L).containsEntry("unlike_comparisons", 1L);
    }

    @Test
    void shouldLeadToAFixedTarget() {
        assertThat(ask(Map.of("a", 1), rule("one", "a", 1).withNextTask("repair"))
                        .nextTask())
                .isEqualTo("repair");
    }

    @Test
    void shouldLeadToTheTargetThatTheStateNames() {
        final ConditionalRule rule = rule("one", "a", 1).withTarget(Target.at("plan.next"));
        assertThat(ask(Map.of("a", 1, "plan", Map.of("next", "repair")), rule).nextTask())
                .isEqualTo("repair");
        assertThatThrownBy(() -> ask(Map.of("a", 1), rule))
                .hasMessage("rule 'one': the next task should stand at 'plan.next', which holds nothing");
        assertThatThrownBy(() -> ask(Map.of("a", 1, "plan", Map.of("next", 5)), rule))
                .hasMessageContaining("no name of 1 to 256 characters");
    }

    @Test
    void shouldLeadToTheTargetThatBelongsToAValue() {
        final ConditionalRule rule = rule("one", "a", 1)
                .withTarget(Target.byValue(
                        "contract.complexity",
                        Map.of("simple", "BasicModelGenerator", "mixins", "AdvancedModelGenerator"),
                        "CustomTypeGenerator"));
        assertThat(ask(Map.of("a", 1, "contract", Map.of("complexity", "mixins")), rule)
                        .nextTask())
                .isEqualTo("AdvancedModelGenerator");
        assertThat(ask(Map.of("a", 1, "contract", Map.of("complexity", "odd")), rule)
                        .nextTask())
                .isEqualTo("CustomTypeGenerator");
        assertThat(ask(Map.of("a", 1), rule).nextTask()).isEqualTo("CustomTypeGenerator");
    }

    @Test
    void shouldRefuseRulesThatCannotBe() {
        final ConditionalRule good = rule("one", "a", 1);
        assertThatThrownBy(() -> ConditionalRouter.of(good, good)).hasMessage("two rules are called 'one'");
        assertThatThrownBy(() -> new ConditionalRouter(Collections.nCopies(1025, good)))
                .hasMessageContaining("1024 rules, not 1025");
        assertThatThrownBy(() -> good.withPriority(101))
                .hasMessage("the priority of rule 'one' must be in 0..100: 101");
        assertThatThrownBy(() -> good.withPriority(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> rule("", "a", 1)).hasMessageContaining("ruleId must have 1 to 256");
        assertThatThrownBy(() -> rule("two\nlines", "a", 1)).hasMessageContaining("one line");
        assertThatThrownBy(() -> rule("x", "", 1)).hasMessageContaining("a path must have");
        assertThatThrownBy(() -> good.withNextTask("")).hasMessageContaining("the next task");
        assertThatThrownBy(() -> ConditionalRule.of("x", "x", "a", "==", 1, null))
                .hasMessage("the decision of rule 'x' is missing");
        assertThatThrownBy(() -> Target.byValue("a", Map.of(), "x")).hasMessageContaining("1 to 256 cases");
    }

    @Test
    void shouldFitEveryRuleIntoAnOpinion() {
        final String wide = "\u4e2d".repeat(120);
        final ConditionalRule rule = ConditionalRule.of(
                wide,
                wide,
                Condition.when("\u4e2d".repeat(256), "in", List.of("\u4e2d".repeat(999))),
                RoutingDecision.END);
        assertThat(ConditionalRouter.of(rule).rules()).hasSize(1);
    }
}

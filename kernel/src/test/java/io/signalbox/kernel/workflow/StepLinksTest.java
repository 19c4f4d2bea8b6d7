package io.signalbox.kernel.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLinksTest {
    private static final Scheduling TWO_OF_MEMORY = Scheduling.PLAIN.using(new LimitUse("memory", 2));

    private static WorkflowPlan compile(final StepDefinition... steps) {
        return WorkflowCompiler.compile(WorkflowDefinition.of("w", List.of(steps))
                .withLimits(List.of(
                        LimitDefinition.capacity("memory", 4), LimitDefinition.rate("calls", 1, 1_000_000_000))));
    }

    private static void refuses(final String message, final StepDefinition... steps) {
        assertThatThrownBy(() -> compile(steps))
                .isInstanceOf(InvalidWorkflowException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldLinkLimitsTimersAndCompensations() {
        final WorkflowPlan plan = compile(
                StepDefinition.of("a").withScheduling(TWO_OF_MEMORY),
                StepDefinition.of("b"),
                StepDefinition.gate("g", Gate.quorum(2, Superfluous.CANCEL).timedFrom("a"), List.of("a", "b")),
                StepDefinition.of("undo").compensating("a"));
        assertThat(plan.usedLimit(0, 0)).isZero();
        assertThat(plan.usedUnits(0, 0)).isEqualTo(2);
        assertThat(plan.useCount(1)).isZero();
        assertThat(plan.timerFrom(2)).isZero();
        assertThat(plan.timerFrom(1)).isEqualTo(-1);
        assertThat(plan.compensation(0)).isEqualTo(3);
        assertThat(plan.compensation(1)).isEqualTo(-1);
    }

    @Test
    void shouldRefuseALimitThatIsUsedTwice() {
        refuses(
                "uses limit 'memory' twice",
                StepDefinition.of("a")
                        .withScheduling(Scheduling.PLAIN.using(new LimitUse("memory", 2), new LimitUse("memory", 1))));
    }

    @Test
    void shouldKnowWhoseFailureIsForGatesToJudge() {
        final Gate any = Gate.of(GateRule.FIRST, Superfluous.CANCEL);
        final Gate all = Gate.of(GateRule.ALL, Superfluous.AWAIT);
        final WorkflowPlan plan = compile(
                StepDefinition.of("a"),
                StepDefinition.of("b", "a"),
                StepDefinition.gate("both", all, List.of("b")),
                StepDefinition.of("c").withOnFailure(OnFailure.COMPENSATE),
                StepDefinition.gate("any", any, List.of("both", "c")),
                StepDefinition.of("d", "any").withOnFailure(OnFailure.RUN_DEPENDENTS));
        assertThat(plan.absorbsFailure(0)).isTrue();
        assertThat(plan.absorbsFailure(2)).isTrue();
        assertThat(plan.isJudged(3)).isTrue();
        assertThat(plan.absorbsFailure(3)).isFalse();
        assertThat(plan.absorbsFailure(4)).isFalse();
        assertThat(plan.isJudged(5)).isFalse();
        assertThat(plan.absorbsFailure(5)).isTrue();
    }

    @Test
    void shouldRefuseAGateThatCanNeverOpen() {
        final StepDefinition a = StepDefinition.of("a");
        refuses("at least one member", StepDefinition.gate("g", Gate.of(GateRule.ALL, Superfluous.AWAIT), List.of()));
        refuses(
                "requires 2 successes of 1 members",
                a,
                StepDefinition.gate("g", Gate.quorum(2, Superfluous.LEAVE), List.of("a", "a")));
        refuses(
                "counts from 'z', which is not a step",
                a,
                StepDefinition.gate(
                        "g", Gate.of(GateRule.ALL, Superfluous.AWAIT).timedFrom("z"), List.of("a")));
        refuses(
                "counts from its own end",
                a,
                StepDefinition.gate(
                        "g", Gate.of(GateRule.ALL, Superfluous.AWAIT).timedFrom("g"), List.of("a")));
        refuses(
                "is for no worker (GATE)",
                a,
                StepDefinition.gate("g", Gate.of(GateRule.ALL, Superfluous.AWAIT), List.of("a"))
                        .withScheduling(TWO_OF_MEMORY));
        assertThatThrownBy(() -> Gate.of(GateRule.QUORUM, Superfluous.AWAIT))
                .hasMessageContaining("at least 1 success, got 0");
        assertThatThrownBy(() -> Gate.competitive(1.5, Superfluous.AWAIT)).hasMessageContaining("qualityMin");
    }

    @Test
    void shouldRefuseALimitThatIsUnknownOrTooSmall() {
        refuses("which is not a limit", StepDefinition.of("a").withScheduling(use("cpu", 1)));
        refuses("it could never start", StepDefinition.of("a").withScheduling(use("memory", 5)));
        refuses("it could never start", StepDefinition.of("a").withScheduling(use("calls", 2)));
        assertThatThrownBy(() -> WorkflowCompiler.compile(WorkflowDefinition.of("w", List.of(StepDefinition.of("a")))
                        .withLimits(List.of(LimitDefinition.capacity("x", 1), LimitDefinition.capacity("x", 2)))))
                .hasMessageContaining("two limits are called 'x'");
    }

    private static Scheduling use(final String limit, final int units) {
        return Scheduling.PLAIN.using(new LimitUse(limit, units));
    }

    @Test
    void shouldRefuseACompensationOfNothingOrOfTwo() {
        final StepDefinition a = StepDefinition.of("a");
        final StepDefinition undo = StepDefinition.of("undo").compensating("a");
        refuses("undoes 'z', which is not a step", StepDefinition.of("undo").compensating("z"));
        refuses("so it has no needs", a, StepDefinition.of("undo", "a").compensating("a"));
        refuses("so no step can need it", a, undo, StepDefinition.of("b", "undo"));
        refuses("two steps undo 'a'", a, undo, StepDefinition.of("again").compensating("a"));
        refuses("a compensation itself", a, undo, StepDefinition.of("again").compensating("undo"));
    }

    @Test
    void shouldReadBackWhatItWrote() {
        final WorkflowDefinition definition = WorkflowDefinition.of(
                        "w",
                        List.of(
                                StepDefinition.of("a")
                                        .withRetry(new RetryPolicy(3, 5, 2, 100, 0.5))
                                        .withTimeoutNs(7)
                                        .withOnFailure(OnFailure.COMPENSATE)
                                        .withScheduling(new Scheduling(
                                                -5,
                                                List.of(new LimitUse("memory", 2)),
                                                new Placement("x", "y", List.of("z")),
                                                9)),
                                StepDefinition.external("person", "a").judgingNeeds(),
                                StepDefinition.gate(
                                        "g",
                                        Gate.competitive(0.25, Superfluous.LEAVE)
                                                .timedFrom("a"),
                                        List.of("a")),
                                StepDefinition.of("undo").compensating("a")))
                .withLimits(List.of(new LimitDefinition("memory", 2, 3, 4)))
                .withOnError(OnError.COMPENSATE)
                .withTimeoutNs(11)
                .withConcurrencyMax(13);
        final byte[] bytes = DefinitionCodec.encode(definition);
        final WorkflowDefinition read = DefinitionCodec.decode(bytes);
        assertThat(DefinitionCodec.encode(read)).isEqualTo(bytes);
        assertThat(read.steps().get(0).scheduling())
                .isEqualTo(definition.steps().get(0).scheduling());
        assertThat(read.steps().get(2).gate())
                .isEqualTo(definition.steps().get(2).gate());
        assertThat(read.steps().get(3).compensates()).isEqualTo("a");
        for (int length = 0; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> DefinitionCodec.decode(cut)).isInstanceOf(InvalidWorkflowException.class);
        }
    }
}

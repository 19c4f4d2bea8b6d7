package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.plan.CircularDependencyException;
import io.signalbox.kernel.plan.PlanSettings;
import io.signalbox.kernel.plan.TaskNotFoundException;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowCompiler;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stages as definitions, and what is refused before anything runs. */
class StagePlanTest {
    private static final WorkflowConfig CONFIG = WorkflowConfig.of("w");

    private static WorkflowStep step(final String id, final String... dependencies) {
        return WorkflowStep.of(id, WorkflowStepType.PARALLEL, context -> id).dependsOn(dependencies);
    }

    private static StepDefinition compiled(final WorkflowDefinition definition, final String id) {
        return definition.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Test
    void shouldCompileAStageToGatesAndSteps() {
        final WorkflowDefinition definition = StagePlan.compile(
                        CONFIG.withStageTimeout(Duration.ofSeconds(9)),
                        List.of(
                                WorkflowStage.of("two", 2, step("c"), step("d", "c", "a"))
                                        .dependsOn("one"),
                                WorkflowStage.of("one", 1, step("a"), step("b"))))
                .definition();
        assertThat(definition.steps())
                .extracting(StepDefinition::id)
                .containsExactly(
                        "a",
                        "b",
                        "stage:one",
                        "stage:one.report",
                        "stage:two.begin",
                        "c",
                        "d",
                        "stage:two",
                        "stage:two.report");
        assertThat(compiled(definition, "a").needs()).isEmpty();
        final StepDefinition begin = compiled(definition, "stage:two.begin");
        assertThat(begin.kind()).isEqualTo(StepKind.GATE);
        assertThat(begin.needs()).containsExactly("stage:one.report", "stage:one");
        assertThat(begin.gate().superfluous()).isEqualTo(Superfluous.LEAVE);
        assertThat(compiled(definition, "d").needs()).containsExactly("c", "a", "stage:two.begin");
        final StepDefinition end = compiled(definition, "stage:two");
        assertThat(end.gate().rule()).isEqualTo(GateRule.ALL);
        assertThat(end.gate().superfluous()).isEqualTo(Superfluous.AWAIT);
        assertThat(end.gate().timerFrom()).isEqualTo("stage:two.begin");
        assertThat(end.timeoutNs()).isEqualTo(9_000_000_000L);
        assertThat(compiled(definition, "stage:one").gate().timerFrom()).isEmpty();
        assertThat(definition.concurrencyMax()).isEqualTo(10);
        assertThat(definition.onError()).isEqualTo(OnError.COLLECT_ALL);
        WorkflowCompiler.compile(definition);
    }

    @Test
    void shouldLetStagesBeginWithWhatTheyDependOnWhenThereAreNoBarriers() {
        final WorkflowDefinition definition = StagePlan.compile(
                        CONFIG.withStageBarriers(false),
                        List.of(
                                WorkflowStage.of("one", 1, step("a")),
                                WorkflowStage.of("two", 2, step("b")),
                                WorkflowStage.of("three", 3, step("c")).dependsOn("one")))
                .definition();
        assertThat(compiled(definition, "b").needs()).isEmpty();
        assertThat(compiled(definition, "stage:two.begin")).isNull();
        assertThat(compiled(definition, "stage:three.begin").needs()).containsExactly("stage:one.report", "stage:one");
    }

    @Test
    void shouldCompileLimitsSequencesRetriesAndTimes() {
        final WorkflowDefinition definition = StagePlan.compile(
                        CONFIG.withFastFail(true)
                                .withStepRetries(3, Duration.ofMillis(5))
                                .withStepTimeout(Duration.ofSeconds(7))
                                .withWorkflowTimeout(Duration.ofSeconds(70))
                                .withMaxConcurrentSteps(4)
                                .withLimits(LimitDefinition.capacity("gpu", 2)),
                        List.of(
                                WorkflowStage.of(
                                                "one",
                                                1,
                                                step("a")
                                                        .withTerms(StepTerms.STANDARD
                                                                .withPriority(4)
                                                                .withRetries(1)
                                                                .withTimeout(Duration.ZERO)
                                                                .using(new LimitUse("gpu", 1))))
                                        .sequential(),
                                WorkflowStage.of("two", 2, step("b")).withMaxConcurrentSteps(3)))
                .definition();
        assertThat(definition.onError()).isEqualTo(OnError.FAIL_FAST);
        assertThat(definition.timeoutNs()).isEqualTo(70_000_000_000L);
        assertThat(definition.limits())
                .containsExactly(
                        LimitDefinition.capacity("gpu", 2),
                        LimitDefinition.capacity("stage:one", 1),
                        LimitDefinition.capacity("stage:two", 3));
        final StepDefinition a = compiled(definition, "a");
        assertThat(a.scheduling().uses()).containsExactly(new LimitUse("gpu", 1), new LimitUse("stage:one", 1));
        assertThat(a.scheduling().priority()).isEqualTo(4);
        assertThat(a.retry().retriesMax()).isEqualTo(1);
        assertThat(a.timeoutNs()).isZero();
        final StepDefinition b = compiled(definition, "b");
        assertThat(b.retry().retriesMax()).isEqualTo(3);
        assertThat(b.retry().pauseNs(2, 0)).isEqualTo(10_000_000);
        assertThat(b.timeoutNs()).isEqualTo(7_000_000_000L);
    }

    @Test
    void shouldEstimateAndDrawStages() {
        final StagePlan plan = StagedParallelExecutor.plan(
                CONFIG,
                List.of(
                        WorkflowStage.of("one", 1, step("a"), step("b")),
                        WorkflowStage.of("two", 2, step("c")).dependsOn("one")));
        final PlanSettings settings = PlanSettings.STANDARD;
        assertThat(plan.plan(settings).estimate().parallelNs()).isEqualTo(2_000_000_000L);
        assertThat(plan.plan(settings).toSvg()).contains("stage:two.begin");
    }

    @Test
    @Conforms({"T-STAGE-08", "T-STAGE-09", "T-STAGE-10"})
    void shouldHaveTheSettingsThatAreKnown() {
        final WorkflowConfig config =
                WorkflowConfig.of("w").withWorkflowName("Workflow").withMaxConcurrentSteps(10);
        assertThat(config.enableStageRecovery()).isTrue();
        assertThat(config.enableStepRetry()).isTrue();
        assertThat(config.stepRetryCount()).isEqualTo(2);
        assertThat(config.stepTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(() -> WorkflowConfig.of(""))
                .isInstanceOf(InvalidWorkflowPartException.class)
                .hasMessageContaining("workflow_id must not be empty");
        assertThatThrownBy(() -> config.withMaxConcurrentSteps(0)).hasMessageContaining(">= 1");
        assertThatThrownBy(() -> config.withStageTimeout(Duration.ofSeconds(-1)))
                .hasMessageContaining("stage_timeout must not be negative");
    }

    @Test
    @Conforms({"T-STAGE-03", "T-STAGE-05", "T-STAGE-07", "T-STAGE-22"})
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() -> WorkflowStep.of("a", WorkflowStepType.PARALLEL, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be callable");
        assertThatThrownBy(() -> WorkflowStep.of("", WorkflowStepType.PARALLEL, context -> 1))
                .hasMessageContaining("step_id must not be empty");
        assertThatThrownBy(() -> WorkflowStage.of("", 1, step("a"))).hasMessageContaining("stage_id must not be empty");
        assertThatThrownBy(() -> WorkflowStage.of("s", 0, step("a"))).hasMessageContaining(">= 1");
        assertThatThrownBy(() -> WorkflowStage.of("s", 1, List.of())).hasMessageContaining("at least one step");
        assertThatThrownBy(() -> StagePlan.compile(CONFIG, List.of())).hasMessageContaining("cannot be empty");
    }

    @Test
    @Conforms("GAP-STAGE-1")
    void shouldRefuseGapsDuplicatesAndWhatIsUnknown() {
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG, List.of(WorkflowStage.of("a", 1, step("x")), WorkflowStage.of("b", 3, step("y")))))
                .hasMessageContaining("'b' has number 3 where 2 is expected");
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG, List.of(WorkflowStage.of("a", 1, step("x")), WorkflowStage.of("b", 1, step("y")))))
                .hasMessageContaining("'b' has number 1 where 2 is expected");
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG, List.of(WorkflowStage.of("a", 1, step("x")), WorkflowStage.of("a", 2, step("y")))))
                .hasMessageContaining("two stages are called 'a'");
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG, List.of(WorkflowStage.of("a", 1, step("x")), WorkflowStage.of("b", 2, step("x")))))
                .hasMessageContaining("two steps are called 'x': in stage 'a' and in stage 'b'");
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG,
                        List.of(
                                WorkflowStage.of("a", 1, step("x")).dependsOn("b"),
                                WorkflowStage.of("b", 2, step("y")))))
                .hasMessageContaining("does not come before it");
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG, List.of(WorkflowStage.of("parse", 1, step("x")).dependsOn("prase"))))
                .isInstanceOf(TaskNotFoundException.class)
                .hasMessageContaining("the nearest is 'parse'");
        assertThatThrownBy(() -> StagePlan.compile(CONFIG, List.of(WorkflowStage.of("a", 1, step("x", "y")))))
                .isInstanceOf(TaskNotFoundException.class);
        assertThatThrownBy(() ->
                        StagePlan.compile(CONFIG, List.of(WorkflowStage.of("a", 1, step("x", "y"), step("y", "x")))))
                .isInstanceOf(CircularDependencyException.class);
        assertThatThrownBy(() -> StagePlan.compile(
                        CONFIG, List.of(WorkflowStage.of("a", 1, step("x", "y")), WorkflowStage.of("b", 2, step("y")))))
                .hasMessageContaining("of the later stage 'b'");
        assertThatThrownBy(() -> StagePlan.compile(CONFIG, List.of(WorkflowStage.of("a", 1, step("stage:x")))))
                .hasMessageContaining("must not begin with 'stage:'");
    }
}

package io.signalbox.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.routing.router.JsonText;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.InvalidWorkflowException;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionPlanTest {
    private static final PlanSettings SECONDS = PlanSettings.STANDARD;
    private static final long SECOND = 1_000_000_000L;

    private static ExecutionPlan plan(final DependencyGraph graph) {
        return ExecutionPlan.of(graph, SECONDS);
    }

    private static DependencyGraph apiDevelopment() {
        return new DependencyGraph()
                .addTask("api_design")
                .addTask("db_setup")
                .addTask("security_config")
                .addTask("api_implementation", "api_design")
                .addTask("deployment_config", "security_config")
                .addTask("integration_tests", "api_implementation")
                .addTask("quality_validation", "api_implementation", "integration_tests", "db_setup");
    }

    @Test
    void shouldCallMostlyIndependentStepsFullParallelAndStillHonourTheRest() {
        final DependencyGraph graph = new DependencyGraph();
        for (int i = 0; i < 7; i++) {
            graph.addTask("free" + i);
        }
        graph.addTask("x", "free0").addTask("y", "x").addTask("z", "y");
        final ExecutionPlan plan = plan(graph);
        assertThat(plan.strategy()).isEqualTo(PlanStrategy.FULL_PARALLEL);
        assertThat(plan.independentSteps()).hasSize(7);
        assertThat(plan.criticalPath()).containsExactly("free0", "x", "y", "z");
        assertThat(plan.estimate().parallelNs()).isEqualTo(4 * SECOND);
    }

    @Test
    void shouldFindChainsOfDependencies() {
        final ExecutionPlan plan = plan(apiDevelopment());
        assertThat(plan.strategy()).isEqualTo(PlanStrategy.DEPENDENCY_CHAINS);
        assertThat(plan.dependencyChains())
                .containsExactly(
                        List.of("api_design", "api_implementation", "integration_tests", "quality_validation"),
                        List.of("db_setup"),
                        List.of("security_config", "deployment_config"));
        assertThat(plan.independentSteps()).containsExactly("api_design", "db_setup", "security_config");
        assertThat(plan.coordinationPoints())
                .containsExactly(new CoordinationPoint(
                        "quality_validation",
                        CoordinationPoint.Kind.JOIN,
                        List.of("api_implementation", "integration_tests", "db_setup")));
        assertThat(plan.criticalPath())
                .containsExactly("api_design", "api_implementation", "integration_tests", "quality_validation");
        assertThat(plan.estimate().sequentialNs()).isEqualTo(7 * SECOND);
        assertThat(plan.estimate().parallelNs()).isEqualTo(4 * SECOND);
        assertThat(plan.estimate().speedUp()).isEqualTo(1.75);
        assertThat(plan.waves()).hasSize(4);
    }

    @Test
    void shouldCallAForkStagedAndAChainSequential() {
        final DependencyGraph fork =
                new DependencyGraph().addTask("a").addTask("b", "a").addTask("c", "a");
        assertThat(plan(fork).strategy()).isEqualTo(PlanStrategy.STAGED_PARALLEL);
        final DependencyGraph chain =
                new DependencyGraph().addTask("a").addTask("b", "a").addTask("c", "b");
        assertThat(plan(chain).strategy()).isEqualTo(PlanStrategy.SEQUENTIAL);
        assertThat(plan(chain).estimate().speedUp()).isEqualTo(1.0);
        assertThat(plan(new DependencyGraph().addTask("one")).strategy()).isEqualTo(PlanStrategy.FULL_PARALLEL);
    }

    @Test
    void shouldEstimateWithThePlacesThereAre() {
        final DependencyGraph graph = new DependencyGraph();
        for (int i = 0; i < 10; i++) {
            graph.addTask("t" + i);
        }
        final ExecutionPlan plan = ExecutionPlan.of(graph, SECONDS.withConcurrencyMax(3));
        assertThat(plan.estimate().parallelNs()).isEqualTo(4 * SECOND);
        assertThat(plan.estimate().criticalPathNs()).isEqualTo(SECOND);
        assertThat(plan.estimate().concurrencyUsed()).isEqualTo(3);
        assertThat(plan.steps().get(9).startNs()).isEqualTo(3 * SECOND);
    }

    @Test
    void shouldStartAStepWhenItsLastNeedEndsAndNotWithItsWave() {
        final ExecutionPlan plan = ExecutionPlan.of(
                new DependencyGraph().addTask("fast").addTask("slow").addTask("next", "fast"),
                SECONDS.withDurationNs("slow", 60 * SECOND));
        assertThat(plan.steps().get(2).startNs()).isEqualTo(SECOND);
        assertThat(plan.criticalPath()).containsExactly("slow");
    }

    @Test
    void shouldCountTheFewestEndsThatDecideAGate() {
        final PlanSettings durations = SECONDS.withDurationNs("b", 5 * SECOND).withDurationNs("c", 9 * SECOND);
        assertThat(gateEndNs(Gate.of(GateRule.FIRST, Superfluous.CANCEL), durations))
                .isEqualTo(SECOND);
        assertThat(gateEndNs(Gate.of(GateRule.FIRST, Superfluous.AWAIT), durations))
                .isEqualTo(9 * SECOND);
        assertThat(gateEndNs(Gate.of(GateRule.MAJORITY, Superfluous.LEAVE), durations))
                .isEqualTo(5 * SECOND);
        assertThat(gateEndNs(Gate.quorum(1, Superfluous.LEAVE), durations)).isEqualTo(SECOND);
        assertThat(gateEndNs(Gate.of(GateRule.BEST_EFFORT, Superfluous.CANCEL), durations))
                .isEqualTo(9 * SECOND);
        assertThat(gateEndNs(Gate.competitive(0.7, Superfluous.CANCEL), durations))
                .isEqualTo(9 * SECOND);
    }

    private static long gateEndNs(final Gate gate, final PlanSettings settings) {
        final ExecutionPlan plan = ExecutionPlan.of(
                WorkflowDefinition.of(
                        "gate",
                        List.of(
                                StepDefinition.of("a"),
                                StepDefinition.of("b"),
                                StepDefinition.of("c"),
                                StepDefinition.gate("gate", gate, List.of("a", "b", "c")))),
                settings);
        assertThat(plan.coordinationPoints().get(0).kind()).isEqualTo(CoordinationPoint.Kind.GATE);
        return plan.steps().get(3).endNs();
    }

    @Test
    void shouldFollowPrioritiesAndLimits() {
        final Scheduling one = Scheduling.PLAIN.using(new LimitUse("gpu", 1));
        final ExecutionPlan plan = ExecutionPlan.of(
                WorkflowDefinition.of(
                                "limits",
                                List.of(
                                        StepDefinition.of("a").withScheduling(one),
                                        StepDefinition.of("b").withScheduling(one.withPriority(5)),
                                        StepDefinition.of("c").withScheduling(one),
                                        StepDefinition.of("free")))
                        .withLimits(List.of(LimitDefinition.capacity("gpu", 1))),
                SECONDS);
        assertThat(plan.steps()).extracting(PlannedStep::startNs).containsExactly(SECOND, 0L, 2 * SECOND, 0L);
        assertThat(plan.estimate().criticalPathNs()).isEqualTo(SECOND);
    }

    private static WorkflowDefinition release() {
        return WorkflowDefinition.of(
                        "release",
                        List.of(
                                StepDefinition.of("build"),
                                StepDefinition.of("unit", "build"),
                                StepDefinition.of("lint", "build"),
                                StepDefinition.of("security", "build"),
                                StepDefinition.gate(
                                        "checked",
                                        Gate.quorum(2, Superfluous.LEAVE),
                                        List.of("unit", "lint", "security")),
                                StepDefinition.external("approval", "checked").withTimeoutNs(3600 * SECOND),
                                StepDefinition.of("deploy", "approval"),
                                StepDefinition.of("undo_deploy").compensating("deploy")))
                .withConcurrencyMax(2);
    }

    @Test
    void shouldDrawGatesPeopleAndCompensationsDifferentlyAndMarkTheCriticalPath() {
        final ExecutionPlan plan = ExecutionPlan.of(
                release(), SECONDS.withDurationNs("unit", 4 * SECOND).withDurationNs("approval", 9 * SECOND));
        assertThat(plan.coordinationPoints())
                .extracting(CoordinationPoint::kind)
                .containsExactly(CoordinationPoint.Kind.GATE, CoordinationPoint.Kind.EXTERNAL);
        assertThat(plan.criticalPath()).containsExactly("build", "security", "checked", "approval", "deploy");
        assertThat(plan.waves().stream().flatMap(List::stream)).doesNotContain("undo_deploy");
        final String dot = plan.toDot();
        assertThat(dot)
                .contains("\"checked\" [label=\"checked\\nat least 2\"")
                .contains("shape=hexagon")
                .contains("shape=ellipse")
                .contains("\"deploy\" -> \"undo_deploy\" [style=dashed")
                .contains("\"security\" -> \"checked\" [color=")
                .contains("\"unit\" -> \"checked\";");
        final String svg = plan.toSvg();
        assertThat(svg).contains("<polygon", "stroke-dasharray", "critical path", "stroke-width=\"2.8\"");
    }

    @Test
    void shouldTellEverythingAsJson() {
        final Map<?, ?> document =
                (Map<?, ?>) JsonText.parse(ExecutionPlan.of(release(), SECONDS).toJson());
        assertThat(document.get("name")).isEqualTo("release");
        assertThat(document.get("strategy")).isEqualTo("staged_parallel");
        assertThat(((Map<?, ?>) document.get("estimate")).get("sequential_ms")).isEqualTo(6000.0);
        final List<?> steps = (List<?>) document.get("steps");
        assertThat(steps).hasSize(8);
        assertThat(((Map<?, ?>) steps.get(4)).get("rule")).isEqualTo("quorum");
        assertThat(((Map<?, ?>) steps.get(7)).get("compensates")).isEqualTo("deploy");
        final Map<?, ?> odd = (Map<?, ?>) JsonText.parse(
                plan(new DependencyGraph().addTask("a \"b\"\\\n\u2028")).toJson());
        assertThat(odd.get("critical_path")).isEqualTo(List.of("a \"b\"\\\n\u2028"));
    }

    @Test
    void shouldCompareTheStrategiesByTheSamePlaces() {
        final DependencyGraph graph = new DependencyGraph()
                .addTask("a1")
                .addTask("b1")
                .addTask("a2", "a1")
                .addTask("b2", "b1");
        final PlanSettings uneven = SECONDS.withDurationNs("a1", 4 * SECOND).withDurationNs("b2", 4 * SECOND);
        assertThat(ExecutionPlan.of(graph, uneven).strategyEstimates())
                .extracting(StrategyEstimate::lengthNs)
                .as("as soon as it can, by chains, wave after wave, one by one")
                .containsExactly(5 * SECOND, 5 * SECOND, 8 * SECOND, 10 * SECOND);
        final PlanSettings onePlace = uneven.withConcurrencyMax(1);
        assertThat(ExecutionPlan.of(graph, onePlace).strategyEstimates())
                .extracting(StrategyEstimate::lengthNs)
                .containsOnly(10 * SECOND);
    }

    @Test
    void shouldLeaveOutWhatNobodyCarriesOut() {
        final ExecutionPlan plan = ExecutionPlan.of(
                release(), SECONDS.withIdleSteps(Set.of("build", "lint")).withConcurrencyMax(1));
        assertThat(plan.workWaves())
                .containsExactly(List.of("unit", "security"), List.of("approval"), List.of("deploy"));
        assertThat(plan.waves()).hasSize(5);
        assertThat(plan.estimate().sequentialNs()).isEqualTo(4 * SECOND);
        assertThat(plan.steps().get(2).endNs())
                .as("lint takes no time and no place")
                .isZero();
    }

    @Test
    void shouldRefuseWhatCannotBePlanned() {
        assertThatThrownBy(() -> plan(new DependencyGraph().addTask("a", "b").addTask("b", "a")))
                .isInstanceOf(CircularDependencyException.class);
        assertThatThrownBy(() -> plan(new DependencyGraph().addTask("a", "b")))
                .isInstanceOf(TaskNotFoundException.class);
        assertThatThrownBy(() ->
                        ExecutionPlan.of(WorkflowDefinition.of("w", List.of(StepDefinition.of("a", "b"))), SECONDS))
                .isInstanceOf(InvalidWorkflowException.class);
        assertThatThrownBy(() -> SECONDS.withDurationNs("a", -1)).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> SECONDS.withConcurrencyMax(-1)).hasMessageContaining("must not be negative");
    }

    @Test
    void shouldPlanNothing() {
        final ExecutionPlan plan = plan(new DependencyGraph());
        assertThat(plan.criticalPath()).isEmpty();
        assertThat(plan.estimate().speedUp()).isEqualTo(1);
        assertThat(plan.toSvg()).contains("</svg>");
    }

    @Test
    void shouldPlanAHundredThousandStepsInWellUnderASecond() {
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            steps.add(
                    i < 100
                            ? StepDefinition.of("s" + i)
                            : StepDefinition.of("s" + i, "s" + (i - 100), "s" + (i - 1 - i % 97)));
        }
        final WorkflowDefinition definition =
                WorkflowDefinition.of("many", steps).withConcurrencyMax(8);
        final long startNs = System.nanoTime();
        final ExecutionPlan plan = ExecutionPlan.of(definition, SECONDS);
        assertThat(plan.estimate().concurrencyUsed()).isEqualTo(8);
        assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                .as("400 ms on an idle machine")
                .isLessThan(Duration.ofSeconds(4));
        assertThat(plan.toDot()).contains("\"s99999\"");
        assertThat(plan.toJson()).contains("s99999");
    }
}

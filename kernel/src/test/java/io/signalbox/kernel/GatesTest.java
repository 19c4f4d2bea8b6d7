package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gates, answers from outside and limits, through the front door. */
class GatesTest {
    private static final byte[] NOTHING = {};

    private final Map<String, Tasks.Task> offered = new HashMap<>();
    private final Map<Integer, Tasks.Stop> stopped = new HashMap<>();
    private Kernel kernel;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(KernelConfig.standard().withThreading(Threading.INVOKER));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private WorkflowRunHandle start(final WorkflowDefinition definition) {
        final WorkflowRunHandle run = kernel.global().start(kernel.deploy(definition), NOTHING);
        listen();
        return run;
    }

    private void listen() {
        for (Tasks.Notice notice = kernel.tasks().poll();
                notice != null;
                notice = kernel.tasks().poll()) {
            if (notice instanceof Tasks.Task task) {
                offered.put(task.step().id(), task);
            } else if (notice instanceof Tasks.Stop stop) {
                stopped.put(stop.index(), stop);
            }
        }
    }

    private Receipt finish(final String step, final double quality) {
        final Receipt receipt =
                kernel.tasks().finish(offered.get(step), StepEnding.SUCCEEDED, 0, quality, NOTHING, NOTHING);
        listen();
        return receipt;
    }

    @Test
    void shouldChooseTheBestQuality() {
        final WorkflowRunHandle run = start(WorkflowDefinition.of(
                "contest",
                List.of(
                        StepDefinition.of("a"),
                        StepDefinition.of("b"),
                        StepDefinition.gate("best", Gate.competitive(0.5, Superfluous.AWAIT), List.of("a", "b")))));
        assertThat(finish("a", 1.1).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(finish("a", Double.NaN).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(finish("a", 0.625).isAccepted()).isTrue();
        assertThat(finish("b", 0.75).isAccepted()).isTrue();
        assertThat(run.step(2).winner()).isEqualTo(1);
        assertThat(run.step(2).quality()).isEqualTo(0.75);
        assertThat(run.step(0).quality()).isEqualTo(0.625);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void shouldTellTheWorkersOfWhatNoLongerMatters() {
        final WorkflowRunHandle run = start(WorkflowDefinition.of(
                "race",
                List.of(
                        StepDefinition.of("a"),
                        StepDefinition.of("b"),
                        StepDefinition.gate("first", Gate.of(GateRule.FIRST, Superfluous.CANCEL), List.of("a", "b")))));
        finish("b", 1);
        assertThat(stopped).containsOnlyKeys(0);
        assertThat(finish("a", 1).rejection()).isEqualTo(Rejection.ALREADY_CONCLUDED);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void shouldTakeAnAnswerFromOutsideOnce() {
        final WorkflowRunHandle run = start(
                WorkflowDefinition.of("ask", List.of(StepDefinition.external("ask"), StepDefinition.of("go", "ask"))));
        final StepSnapshot asked = run.step(0);
        assertThat(asked.state()).isEqualTo(StepState.WAITING);
        assertThat(offered).isEmpty();
        kernel.tasks().reofferInFlight();
        assertThat(run.answer(asked, StepEnding.SUCCEEDED, "yes".getBytes(StandardCharsets.UTF_8), NOTHING)
                        .isAccepted())
                .isTrue();
        assertThat(run.answer(asked, StepEnding.FAILED, NOTHING, NOTHING).rejection())
                .isEqualTo(Rejection.ALREADY_CONCLUDED);
        listen();
        assertThat(offered).containsOnlyKeys("go");
        assertThat(run.step(0).result()).asString().isEqualTo("yes");
    }

    @Test
    void shouldSayWhichLimitAStepWaitsFor() {
        final Scheduling gpu = Scheduling.PLAIN.using(new LimitUse("gpu", 1));
        final WorkflowRunHandle run = start(WorkflowDefinition.of(
                        "scarce",
                        List.of(
                                StepDefinition.of("a").withScheduling(gpu),
                                StepDefinition.of("b").withScheduling(gpu)))
                .withLimits(List.of(LimitDefinition.capacity("gpu", 1))));
        assertThat(offered).containsOnlyKeys("a");
        assertThat(run.step(1).blockedBy()).isEqualTo("gpu");
        finish("a", 1);
        assertThat(offered).containsOnlyKeys("a", "b");
        assertThat(run.step(1).blockedBy()).isEmpty();
    }
}

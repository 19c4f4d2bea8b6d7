package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tasks are offered to the workers, through the front door. */
class ReadyTasksTest {
    private Kernel kernel;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(KernelConfig.standard().withThreading(Threading.INVOKER));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void start(final int concurrencyMax, final StepDefinition... steps) {
        final int definition =
                kernel.deploy(WorkflowDefinition.of("work", List.of(steps)).withConcurrencyMax(concurrencyMax));
        kernel.global().start(definition, new byte[0]);
    }

    private List<Tasks.Task> offered() {
        final List<Tasks.Task> offered = new ArrayList<>();
        for (Tasks.Notice notice = kernel.tasks().poll();
                notice != null;
                notice = kernel.tasks().poll()) {
            if (notice instanceof Tasks.Task task) {
                offered.add(task);
            }
        }
        return offered;
    }

    private static List<String> ids(final List<Tasks.Task> tasks) {
        return tasks.stream().map(task -> task.step().id()).toList();
    }

    @Test
    @Conforms("T-OREADY-01")
    void shouldOfferNothingWhenThereIsNothing() {
        assertThat(offered()).isEmpty();
    }

    @Test
    @Conforms("T-OREADY-02")
    void shouldOfferTheOnlyTask() {
        start(0, StepDefinition.of("a"));
        assertThat(ids(offered())).containsExactly("a");
    }

    @Test
    @Conforms("T-OREADY-03")
    void shouldOfferNoMoreThanTheLimit() {
        start(
                3,
                StepDefinition.of("a"),
                StepDefinition.of("b"),
                StepDefinition.of("c"),
                StepDefinition.of("d"),
                StepDefinition.of("e"));
        assertThat(ids(offered())).containsExactly("a", "b", "c");
    }

    @Test
    @Conforms("T-OREADY-05")
    void shouldOfferTheBranchesBehindTheirStem() {
        start(
                0,
                StepDefinition.of("a"),
                StepDefinition.of("b", "a"),
                StepDefinition.of("c", "a"),
                StepDefinition.of("d", "a"));
        final List<Tasks.Task> first = offered();
        assertThat(ids(first)).containsExactly("a");
        kernel.tasks().finish(first.get(0), StepEnding.SUCCEEDED, 0, new byte[0], new byte[0]);
        assertThat(ids(offered())).containsExactly("b", "c", "d");
    }
}

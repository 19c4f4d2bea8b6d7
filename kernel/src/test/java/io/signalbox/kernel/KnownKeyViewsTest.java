package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.TypedSignal.AgentCompleted;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of older systems, read from the rooms. */
class KnownKeyViewsTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final Coordination coordination = kernel.coordination("a_b");
    private final State state = coordination.state();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void shouldShowResourcesAndGates() {
        assertThat(state.view("resource_gpu_available")).isNull();
        kernel.global().markResource("gpu", true);
        assertThat(state.view("resource_gpu_available")).isEqualTo("true");
        coordination.markResource("gpu", false);
        assertThat(state.view("resource_gpu_available")).isEqualTo("false");
        state.set(StateKey.flag("resource_gpu_available"), true);
        assertThat(state.view("resource_gpu_available")).isEqualTo("true");
        coordination.scoreGate("lint_x", 0.5);
        assertThat(state.view("quality_gate_lint_x_score")).isEqualTo("0.5");
        coordination.failGate("lint_x");
        assertThat(state.view("quality_gate_lint_x_score")).isEqualTo("failed");
        assertThat(state.view("quality_gate_other_score")).isNull();
    }

    @Test
    @Conforms({"T-SIG-27", "NAME-1", "NAME-2"})
    void shouldShowWhatWasRaised() {
        assertThat(state.view("signal_history:a_b")).isEqualTo("[]");
        assertThat(state.view("signal_history:a")).isNull();
        coordination.raise("ping", "ann", "");
        assertThat(state.view("signal_metrics:a_b")).isEqualTo("{\"signals_sent\": 1}");
        assertThat(state.view("signal_metrics:a")).isNull();
        assertThat(state.view("anything else")).isNull();
        final AgentCompleted completed = new AgentCompleted("ann", "", 0.5, 10, List.of(), null);
        coordination.signals().send(completed, Sending.by("ann").to("ben").correlation("run-7"));
        coordination.raise("said", "ben", "a \"word\"");
        assertThat(state.view("signal_history:a_b"))
                .containsSubsequence(
                        "[{\"signal_id\":\"",
                        "\"signal_type\":\"ping\"",
                        "\"signal_type\":\"agent_completed\",\"sender_agent_id\":\"ann\",\"recipient_agents\":[\"ben\"]",
                        "\"quality_score\":0.5",
                        "\"metadata\":{\"correlation_id\":\"run-7\"}}",
                        "\"event_data\":{\"text\":\"a \\\"word\\\"\"},\"metadata\":{}}]");
    }

    @Test
    void shouldShowTheNewestRun() {
        final int definition = kernel.deploy(
                WorkflowDefinition.of("build", List.of(StepDefinition.of("a"), StepDefinition.of("b", "a"))));
        assertThat(state.view("workflow_build_status")).isNull();
        final WorkflowRunHandle run = coordination.start(definition, new byte[0]);
        assertThat(state.view("workflow_build_status")).isEqualTo("RUNNING");
        assertThat(state.view("workflow_build_start_time")).startsWith("20");
        assertThat(state.view("workflow_build_end_time")).isNull();
        assertThat(state.view("task_result_a")).isNull();
        finish(run, 0);
        finish(run, 1);
        assertThat(state.view("task_result_b")).isEqualTo("result 1");
        assertThat(state.view("workflow_build_status")).isEqualTo("SUCCEEDED");
        assertThat(state.view("workflow_build_end_time")).startsWith("20");
        assertThat(kernel.global().state().view("workflow_build_status")).isNull();
    }

    private void finish(final WorkflowRunHandle run, final int step) {
        kernel.ingress()
                .workflows()
                .finishStep(
                        coordination.handle(),
                        run.handle(),
                        step,
                        1,
                        StepEnding.SUCCEEDED.code(),
                        0,
                        ("result " + step).getBytes(StandardCharsets.UTF_8),
                        new byte[0]);
    }
}

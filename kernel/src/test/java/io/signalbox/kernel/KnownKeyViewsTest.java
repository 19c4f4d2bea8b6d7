package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.TypedSignal.AgentCompleted;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                        "[{\"event_data\":{}",
                        "\"signal_type\":\"ping\"",
                        "\"quality_score\":0.5",
                        "\"metadata\":{\"correlation_id\":\"run-7\"},\"recipient_agents\":[\"ben\"],\"sender_agent_id\":\"ann\"",
                        "\"signal_type\":\"agent_completed\",\"timestamp\":\"20",
                        "{\"event_data\":{\"text\":\"a \\\"word\\\"\"}",
                        "\"signal_type\":\"said\"");
    }

    @Test
    @Conforms("NAME-8")
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
        assertThat(state.view("stage_b_context")).isEqualTo("result 1");
        assertThat(state.view("workflow_build_status")).isEqualTo("SUCCEEDED");
        assertThat(state.view("workflow_build_end_time")).startsWith("20");
        assertThat(kernel.global().state().view("workflow_build_status")).isNull();
    }

    @Test
    @Conforms("NAME-9")
    void shouldKeepTheKeysOfSessionsApartWhateverTheirIdsHold() {
        final Coordination other = kernel.coordination("a");
        coordination.markResource("c", true);
        other.markResource("b_c", false);
        coordination.raise("ping", "ann", "");
        assertThat(state.view("resource_c_available")).isEqualTo("true");
        assertThat(state.view("resource_b_c_available")).isNull();
        assertThat(other.state().view("resource_b_c_available")).isEqualTo("false");
        assertThat(other.state().view("resource_c_available")).isNull();
        assertThat(state.view("signal_metrics:a_b")).isEqualTo("{\"signals_sent\": 1}");
        assertThat(state.view("signal_metrics:a")).isEqualTo("{\"signals_sent\": 0}");
        state.set(StateKey.text("agent_context_a_b"), "one");
        other.state().set(StateKey.text("agent_context_a_b"), "two");
        assertThat(state.get(StateKey.text("agent_context_a_b"))).isEqualTo("one");
    }

    @Test
    @Conforms({"NAME-4", "NAME-5"})
    void shouldShowTheContextsOfASessionAndOneOfThem() {
        assertThat(state.view("coordination_contexts_a_b")).isEqualTo("{}");
        assertThat(state.view("coordination_contexts_nobody")).isNull();
        assertThat(state.view("agent_context_a_b_model_gen")).isNull();
        final Contexts contexts = coordination.contexts();
        contexts.distribute(ContextDistribution.forSession("session-1")
                .agent("model_gen", Map.of("objective", "Generate models"))
                .agent("test_gen", Map.of("objective", "Generate \"tests\"")));
        assertThat(state.view("agent_context_a_b_model_gen"))
                .contains("\"session_id\":\"session-1\"", "\"objective\":\"Generate models\"", "\"context_version\":1");
        assertThat(state.view("coordination_contexts_a_b"))
                .contains("\"model_gen\":{", "\"test_gen\":{", "\"objective\":\"Generate \\\"tests\\\"\"");
        final Coordination other = kernel.coordination("a");
        assertThat(other.state().view("agent_context_a_b_model_gen")).isNull();
        assertThat(kernel.global().state().view("agent_context_a_b_model_gen")).isNull();
        assertThat(kernel.global().state().view("coordination_contexts_a_b")).contains("\"model_gen\":{");
        contexts.clear();
        assertThat(state.view("coordination_contexts_a_b")).isEqualTo("{}");
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

    @Test
    @Conforms("NAME-3")
    void shouldShowTheRegistry() {
        assertThat(state.view("agents")).isEqualTo("[]");
        kernel.agents().register("ann", "python", "java").orThrow();
        kernel.agents().register("ben", "java").orThrow();
        assertThat(state.view("agents"))
                .contains("\"agent_id\":\"ann\"", "\"agent_id\":\"ben\"", "\"status\":\"available\"");
        assertThat(state.view("capability_index"))
                .containsPattern("\"java\":\\[\"(ann\",\"ben|ben\",\"ann)\"]")
                .contains("\"python\":[\"ann\"]");
        assertThat(state.view("registry_metrics")).contains("\"total_agents\":2", "\"available_agents\":2");
    }

    @Test
    @Conforms({"NAME-6", "NAME-7"})
    void shouldEndWaitsByWritingTheKeysOfResourcesAndGates() {
        final Dependency gpu = coordination.awaitsResource("gpu", Duration.ofMinutes(1));
        final Dependency lint = coordination.awaitsGate("lint", 0.8, Duration.ofMinutes(1));
        state.set(StateKey.flag("resource_gpu_available"), true).orThrow();
        state.set(StateKey.fraction("quality_gate_lint_score"), 0.8).orThrow();
        assertThat(gpu.await().isResolved()).isTrue();
        assertThat(lint.await().isResolved()).isTrue();
    }

    /** Ids that hold what separates the parts of a key in older systems. */
    @Test
    @Conforms("NAME-9")
    void shouldNeverMixUpKeysOfDifferentSessions() {
        final Coordination other = kernel.coordination("a");
        coordination.set("b_c", "of a_b");
        other.set("b_c", "of a");
        coordination.markResource("x_available_y", true);
        assertThat(coordination.get("b_c").text()).isEqualTo("of a_b");
        assertThat(other.get("b_c").text()).isEqualTo("of a");
        assertThat(state.view("resource_x_available_y_available")).isEqualTo("true");
        assertThat(state.view("resource_x_available")).isNull();
        assertThat(other.state().view("resource_x_available_y_available")).isNull();
    }
}

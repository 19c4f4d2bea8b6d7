package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The node of a workflow that handles errors. */
class WorkflowErrorHandlerTest {
    private static final Map<String, Object> STATE = Map.of(
            "workflow_id", "w", "current_step", "generate", "step_count", 4, "retry_count", 1, "error", "it broke");

    private final WorkflowErrorHandler handler = new WorkflowErrorHandler(ErrorRecoveryOrchestrator.with()
            .timer(ManualTimer.eager())
            .select(ErrorType.UNKNOWN, "graceful_degradation")
            .build());

    private static Map<String, Object> after(final Map<String, Object> changes) {
        final Map<String, Object> state = new HashMap<>(STATE);
        state.putAll(changes);
        return state;
    }

    @Test
    void shouldRetryAfterARecovery() {
        final Map<String, Object> changes = handler.handle(STATE, null);
        assertThat(changes)
                .isEqualTo(Map.of(
                        "step_count",
                        5,
                        "retry_count",
                        2,
                        "error_recovery_applied",
                        true,
                        "recovery_strategy",
                        "graceful_degradation",
                        "validation_level",
                        "basic",
                        "degraded",
                        true,
                        "status",
                        "retrying"));
        assertThat(WorkflowErrorHandler.shouldRetry(after(changes), 0)).isTrue();
    }

    @Test
    void shouldEndAfterARecoveryThatFailed() {
        final Map<String, Object> changes = handler.handle(STATE, context -> {
            throw new IllegalStateException("still");
        });
        assertThat(changes)
                .isEqualTo(Map.of(
                        "step_count", 5, "error_recovery_failed", true, "final_error", "it broke", "status", "failed"));
        assertThat(WorkflowErrorHandler.shouldRetry(after(changes), WorkflowErrorHandler.RETRIES_NORMAL))
                .isFalse();
    }

    @Test
    void shouldRetryAsOftenAsThereAreRetriesLeft() {
        assertThat(WorkflowErrorHandler.shouldRetry(STATE, WorkflowErrorHandler.RETRIES_NORMAL))
                .isTrue();
        assertThat(WorkflowErrorHandler.shouldRetry(Map.of("retry_count", 3), 3))
                .isFalse();
        assertThat(WorkflowErrorHandler.shouldRetry(Map.of(), 1)).isTrue();
    }

    @Test
    void shouldSayWhenItIsNoStateOfAWorkflow() {
        assertThat(handler.handle(Map.of(), null))
                .isEqualTo(Map.of(
                        "error", "Error handler failed: a recovery needs the id of its workflow", "status", "failed"));
        assertThat(handler.handle(Map.of("workflow_id", "w", "step_count", "many"), null))
                .containsEntry("error", "Error handler failed: 'step_count' must be a number, not many");
    }
}

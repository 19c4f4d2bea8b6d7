package io.signalbox.kernel.recovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The node of a workflow that handles errors, for workflows that keep their state in a map: {@code workflow_id}, {@code current_step},
 * {@code step_count}, {@code retry_count} and {@code error} go in, what changes comes out. Any thread.
 */
public final class WorkflowErrorHandler {
    /** Retries unless said otherwise. */
    public static final int RETRIES_NORMAL = 3;

    private static final String STATUS = "status";
    private static final String RETRYING = "retrying";
    private static final String STEP_COUNT = "step_count";
    private static final String RETRY_COUNT = "retry_count";
    private static final String APPLIED = "error_recovery_applied";
    private static final String FAILED = "error_recovery_failed";

    private final ErrorRecoveryOrchestrator recovery;

    public WorkflowErrorHandler(final ErrorRecoveryOrchestrator recovery) {
        this.recovery = recovery;
    }

    /**
     * Recover from the error of a workflow.
     *
     * @param operation that failed; null when there is nothing to try again.
     * @return what changes in the state: when the recovery succeeded, one step and one retry more, the strategy's name, what the
     *     strategies wrote, and the status {@code retrying}; else the final error and the status {@code failed}. Never throws.
     */
    public Map<String, Object> handle(final Map<String, ?> state, final RecoveryOperation operation) {
        final Map<String, Object> changes = new LinkedHashMap<>();
        try {
            final String error = text(state, "error", "Unknown error");
            final RecoveryContext context = RecoveryContext.of(
                            text(state, "workflow_id", ""), text(state, "current_step", "unknown"))
                    .stepCount(count(state, STEP_COUNT))
                    .errorMessage(error)
                    .state(state)
                    .build();
            final RecoveryResult result = recovery.handleError(context, operation);
            changes.putAll(context.checkpoint());
            changes.entrySet()
                    .removeIf(entry ->
                            entry.getValue() == null || entry.getValue().equals(state.get(entry.getKey())));
            changes.put(STEP_COUNT, count(state, STEP_COUNT) + 1);
            if (result.isSuccess()) {
                changes.put(RETRY_COUNT, count(state, RETRY_COUNT) + 1);
                changes.put(APPLIED, true);
                changes.put("recovery_strategy", result.strategyUsed());
                changes.put(STATUS, RETRYING);
            } else {
                changes.put(FAILED, true);
                changes.put("final_error", error);
                changes.put(STATUS, "failed");
            }
        } catch (final RuntimeException e) { // the state is not one of a workflow
            changes.put("error", "Error handler failed: " + e.getMessage());
            changes.put(STATUS, "failed");
        }
        return Collections.unmodifiableMap(changes);
    }

    /** Whether the step is to be tried again: the recovery says so, or there are retries left and no recovery has failed. */
    public static boolean shouldRetry(final Map<String, ?> state, final int retriesMax) {
        if (Boolean.TRUE.equals(state.get(APPLIED)) && RETRYING.equals(state.get(STATUS))) {
            return true;
        }
        return count(state, RETRY_COUNT) < retriesMax && !Boolean.TRUE.equals(state.get(FAILED));
    }

    private static String text(final Map<String, ?> state, final String name, final String otherwise) {
        final Object value = state.get(name);
        return value == null ? otherwise : String.valueOf(value);
    }

    private static int count(final Map<String, ?> state, final String name) {
        final Object value = state.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalArgumentException("'" + name + "' must be a number, not " + value);
    }
}

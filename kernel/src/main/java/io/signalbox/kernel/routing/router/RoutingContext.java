package io.signalbox.kernel.routing.router;

import java.util.Map;

/**
 * What is decided about.
 *
 * @param currentTask 1 to 256 characters; checked when the decision is asked for.
 * @param executionTimeMs how long the task has run, 0 or more.
 * @param retryCount how often the caller has tried again already, 0 or more. The kernel counts for itself; the higher number holds.
 * @param customData whatever the routers of this caller understand; {@code priority} is read by the priority router.
 * @param correlationId carried along, never interpreted; may be empty.
 */
public record RoutingContext(
        String currentTask, long executionTimeMs, int retryCount, Map<String, ?> customData, String correlationId) {
    public RoutingContext {
        Checks.given("currentTask", currentTask);
        Checks.given("customData", customData);
        Checks.given("correlationId", correlationId);
        Checks.notNegative("executionTimeMs", executionTimeMs);
        Checks.notNegative("retryCount", retryCount);
    }

    /** A task and nothing else. */
    public static RoutingContext of(final String currentTask) {
        return new RoutingContext(currentTask, 0, 0, Map.of(), "");
    }

    /** With the time that the task has run. */
    public RoutingContext withExecutionTimeMs(final long timeMs) {
        return new RoutingContext(currentTask, timeMs, retryCount, customData, correlationId);
    }

    /** With the number of attempts that the caller knows of. */
    public RoutingContext withRetryCount(final int retries) {
        return new RoutingContext(currentTask, executionTimeMs, retries, customData, correlationId);
    }

    /** With data for the routers. */
    public RoutingContext withCustomData(final Map<String, ?> data) {
        return new RoutingContext(currentTask, executionTimeMs, retryCount, data, correlationId);
    }

    /** With an id that is carried along. */
    public RoutingContext withCorrelationId(final String id) {
        return new RoutingContext(currentTask, executionTimeMs, retryCount, customData, id);
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.routing.Consolidation;

/**
 * A decision of the past.
 *
 * @param factId id of the fact that recorded it.
 * @param timestampNs kernel time, nanoseconds since 1970.
 * @param result the decision with all opinions.
 * @param consolidation how they became one.
 * @param executionTimeMs how long the task had run.
 * @param retryCount what the caller said of earlier attempts, up to 65,535.
 * @param stateVersion of the state that the routers saw, -1 when it had none.
 * @param correlationId the caller's own; empty for none.
 */
public record RoutingHistoryRecord(
        long factId,
        long timestampNs,
        RoutingResult result,
        Consolidation consolidation,
        long executionTimeMs,
        int retryCount,
        long stateVersion,
        String correlationId) {}

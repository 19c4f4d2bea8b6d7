package io.signalbox.kernel;

import java.time.Instant;
import java.util.Map;

/**
 * Where a context belongs.
 *
 * @param sessionId whose work it is.
 * @param coordinationId name of the coordination.
 * @param agentId the agent's name.
 * @param agentRole what it is in this work.
 * @param parentWorkflowId in which workflow; empty for none.
 * @param createdAt kernel time of the distribution that gave it.
 * @param position of that distribution in the kernel's order.
 * @param coordination what else is known of the work: of a started document its coordinator_type, mode and repository_info.
 */
public record CoordinationMetadata(
        String sessionId,
        String coordinationId,
        String agentId,
        String agentRole,
        String parentWorkflowId,
        Instant createdAt,
        long position,
        Map<String, Object> coordination) {
    public CoordinationMetadata {
        coordination = Map.copyOf(coordination);
    }
}

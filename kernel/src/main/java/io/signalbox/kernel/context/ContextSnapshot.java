package io.signalbox.kernel.context;

import java.util.List;

/**
 * The context of one agent as it stands. Immutable; any thread may keep it.
 *
 * @param agent name id.
 * @param version from 1.
 * @param sessionId whose work it is.
 * @param parentWorkflowId in which workflow; empty for none.
 * @param coordination what else is known of the work, a map.
 * @param distribution number of the distribution that gave it, from 1 in each coordination.
 * @param createdNs kernel time of that distribution.
 * @param position of that distribution.
 * @param assignment what it is to do.
 * @param allocation what it may use.
 * @param protocols how it is to keep in touch.
 * @param intelligence what it shares.
 * @param standing how the assignment stands.
 * @param attempts begun so far.
 * @param active attempts under way.
 * @param failures completions that failed in a row.
 * @param unmet what the last completion left unmet, as documents: {@code criterion, wanted, found}.
 * @param oldestVersion of the retained ones.
 */
public record ContextSnapshot(
        int agent,
        long version,
        String sessionId,
        String parentWorkflowId,
        DocumentValue coordination,
        long distribution,
        long createdNs,
        long position,
        AgentAssignment assignment,
        ResourceAllocation allocation,
        CoordinationProtocols protocols,
        SharedIntelligence intelligence,
        AssignmentStanding standing,
        long attempts,
        int active,
        int failures,
        List<DocumentValue> unmet,
        long oldestVersion) {}

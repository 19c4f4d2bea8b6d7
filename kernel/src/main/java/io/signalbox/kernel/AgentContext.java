package io.signalbox.kernel;

import io.signalbox.kernel.context.AgentAssignment;
import io.signalbox.kernel.context.AssignmentStanding;
import io.signalbox.kernel.context.ContextSnapshot;
import io.signalbox.kernel.context.CoordinationProtocols;
import io.signalbox.kernel.context.ResourceAllocation;
import io.signalbox.kernel.context.SharedIntelligence;
import java.time.Instant;
import java.util.List;

/**
 * What one agent was given to work with, as it stood when it was asked for.
 *
 * @param coordinationMetadata where it belongs.
 * @param sharedIntelligence what it shares with the others: the same object as theirs, where it is the same.
 * @param agentAssignment what it is to do.
 * @param coordinationProtocols how it is to keep in touch.
 * @param resourceAllocation what it may use.
 * @param contextVersion from 1; each update that reaches the agent makes a new one, unless it is told not to.
 * @param standing how the assignment stands.
 * @param attempts begun so far.
 * @param activeAttempts under way now.
 * @param failures completions that failed in a row.
 * @param unmet what the last completion left unmet; empty when nothing.
 */
public record AgentContext(
        CoordinationMetadata coordinationMetadata,
        SharedIntelligence sharedIntelligence,
        AgentAssignment agentAssignment,
        CoordinationProtocols coordinationProtocols,
        ResourceAllocation resourceAllocation,
        long contextVersion,
        AssignmentStanding standing,
        long attempts,
        int activeAttempts,
        int failures,
        List<UnmetCriterion> unmet) {
    private static final long NS_PER_S = 1_000_000_000;

    public AgentContext {
        unmet = List.copyOf(unmet);
    }

    /** What it needs before it can begin, as a document that can be declared; who names no time waits {@link DependencyDocument#TIMEOUT}. */
    public DependencyDocument dependencies() {
        return AssignmentDependencies.of(
                coordinationMetadata.agentId(), agentAssignment.dependencies(), DependencyDocument.TIMEOUT);
    }

    static AgentContext of(final ContextSnapshot snapshot, final String coordination, final String agent) {
        final CoordinationMetadata metadata = new CoordinationMetadata(
                snapshot.sessionId(),
                coordination,
                agent,
                snapshot.assignment().agentRole(),
                snapshot.parentWorkflowId(),
                Instant.ofEpochSecond(snapshot.createdNs() / NS_PER_S, snapshot.createdNs() % NS_PER_S),
                snapshot.position(),
                snapshot.coordination().toMap());
        return new AgentContext(
                metadata,
                snapshot.intelligence(),
                snapshot.assignment(),
                snapshot.protocols(),
                snapshot.allocation(),
                snapshot.version(),
                snapshot.standing(),
                snapshot.attempts(),
                snapshot.active(),
                snapshot.failures(),
                snapshot.unmet().stream().map(UnmetCriterion::of).toList());
    }
}

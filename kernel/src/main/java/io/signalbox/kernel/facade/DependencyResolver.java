package io.signalbox.kernel.facade;

import io.signalbox.kernel.DependencySet;
import io.signalbox.kernel.DependencyStatus;
import io.signalbox.kernel.Outcome;
import io.signalbox.kernel.Receipt;
import java.util.List;

/** Dependencies by the id of their coordination, in the words of the guides. Any thread. */
public final class DependencyResolver {
    private final CoordinationManager manager;

    DependencyResolver(final CoordinationManager manager) {
        this.manager = manager;
    }

    /**
     * Wait until everything is there that an agent depends on. All of it is waited for at the same time.
     *
     * @return false when something did not come in time, can no longer come, or the coordination was closed.
     * @throws io.signalbox.kernel.CommandRefusedException when the coordination is unknown or closed.
     */
    public boolean resolveAgentDependencies(
            final String coordinationId, final String agentId, final List<AgentDependency> dependencies) {
        return manager.open(coordinationId).resolve(agentId, dependencies, null).isEmpty();
    }

    /**
     * Wait for one thing.
     *
     * @return whether it is there; false when it can no longer come or the coordination was closed.
     * @throws DependencyTimeoutException when it did not come in time.
     */
    public boolean resolveDependency(final String coordinationId, final AgentDependency dependency)
            throws DependencyTimeoutException {
        final DependencySet waits = manager.open(coordinationId)
                .coordination()
                .waits()
                .declare(AgentDependency.document("", List.of(dependency)));
        final Outcome outcome = waits.wait(dependency.dependencyId()).await();
        if (outcome instanceof Outcome.Expired) {
            throw new DependencyTimeoutException(coordinationId, dependency.dependencyId(), dependency.timeout());
        }
        return outcome.isResolved();
    }

    /** How a dependency of an agent stands; see {@link DependencyStatus#isKnown}. */
    public DependencyStatus getDependencyStatus(
            final String coordinationId, final String agentId, final String dependencyId) {
        return manager.open(coordinationId).coordination().waits().status(AgentDependency.label(agentId, dependencyId));
    }

    /** How many waits of a coordination are pending. */
    public int getPendingDependenciesCount(final String coordinationId) {
        return manager.open(coordinationId).coordination().waits().pendingCount();
    }

    /** Give up every wait of a coordination; the receipt's value is how many waited. */
    public Receipt clearCoordinationDependencies(final String coordinationId) {
        return manager.open(coordinationId).coordination().waits().clear();
    }

    /** Say in the whole kernel that a resource is available, or no longer. */
    public Receipt markResourceAvailable(final String resourceId, final boolean available) {
        return manager.kernel().global().markResource(resourceId, available);
    }

    /** Score a gate in the whole kernel; 0 to 1. */
    public Receipt updateQualityGateScore(final String gateId, final double score) {
        return manager.kernel().global().scoreGate(gateId, score);
    }

    /** Score a gate in one coordination; 0 to 1. */
    public Receipt updateQualityGateScore(final String coordinationId, final String gateId, final double score) {
        return manager.open(coordinationId).coordination().scoreGate(gateId, score);
    }
}

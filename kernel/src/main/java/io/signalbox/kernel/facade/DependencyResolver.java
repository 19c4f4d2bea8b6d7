package io.signalbox.kernel.facade;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Dependency;
import io.signalbox.kernel.Outcome;
import io.signalbox.kernel.Receipt;
import java.util.ArrayList;
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
        final Outcome outcome =
                dependency.declare(manager.open(coordinationId).coordination()).await();
        if (outcome instanceof Outcome.Expired) {
            throw new DependencyTimeoutException(coordinationId, dependency.dependencyId(), dependency.timeout());
        }
        return outcome.isResolved();
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

    /** Declare waits for all of these; what was declared before a refusal is given up. */
    static List<Dependency> declare(final Coordination coordination, final List<AgentDependency> dependencies) {
        final List<Dependency> waits = new ArrayList<>();
        dependencies.forEach(each -> waits.add(each.declare(coordination)));
        return waits;
    }
}

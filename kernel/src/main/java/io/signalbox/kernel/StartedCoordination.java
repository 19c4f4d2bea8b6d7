package io.signalbox.kernel;

import java.util.List;
import java.util.Map;

/**
 * What came of a document that starts a coordination.
 *
 * @param contexts of its agents.
 * @param waits what each agent waits for before it may begin, by agent.
 */
public record StartedCoordination(DistributedContexts contexts, Map<String, List<Dependency>> waits) {
    /** Wait until everything that an agent needs has ended; whether all of it has succeeded. */
    public boolean awaitDependencies(final String agent) {
        return waits.getOrDefault(agent, List.of()).stream()
                .allMatch(wait -> wait.await().isResolved());
    }
}

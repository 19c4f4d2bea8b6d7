package io.signalbox.kernel;

import java.util.Map;

/**
 * What came of a document that starts a coordination.
 *
 * @param contexts of its agents.
 * @param waits what each agent waits for before it may begin, by agent; all of them are declared.
 */
public record StartedCoordination(DistributedContexts contexts, Map<String, DependencySet> waits) {}

package io.signalbox.kernel.facade;

import java.util.Map;

/**
 * One agent after the other, each when what it depends on is there: model, then validator, then test. Agents run on the calling thread, in
 * the order of their dependencies. With the first that fails, those behind it are not run.
 */
public final class SequentialPipeline extends IntegrationPattern {
    @Override
    void check(final AgentAssignments assignments) {
        assignments.inOrder();
    }

    @Override
    Map<String, AgentOutcome> run(final Workflow workflow) {
        return oneByOne(workflow, Map.of(), null);
    }
}

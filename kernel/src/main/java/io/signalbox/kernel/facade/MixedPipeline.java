package io.signalbox.kernel.facade;

import java.util.Map;

/**
 * Each agent as soon as what it depends on is there, and no sooner: several parsers at once, then one schema. There are no waves: an
 * agent starts when the last of its own dependencies ends. One that fails fails at once who needs its success, and nobody else.
 */
public final class MixedPipeline extends IntegrationPattern {
    @Override
    void check(final AgentAssignments assignments) {
        assignments.inOrder();
    }

    @Override
    Map<String, AgentOutcome> run(final Workflow workflow) throws InterruptedException {
        return workflow.runAll(workflow.assignments().inOrder());
    }
}

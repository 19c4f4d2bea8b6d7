package io.signalbox.kernel.facade;

import io.signalbox.kernel.wait.LightThreads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A thread for each agent: a virtual one where the running JDK has them, else a daemon. */
final class AgentThreads {
    private AgentThreads() {}

    /** Run them all; when the caller is interrupted, the work is stopped and the agents are interrupted too. */
    static Map<String, AgentOutcome> runAll(final Workflow workflow, final List<String> agentIds)
            throws InterruptedException {
        final Map<String, AgentOutcome> ended = new ConcurrentHashMap<>();
        final List<Thread> threads = new ArrayList<>();
        for (final String agentId : agentIds) {
            threads.add(LightThreads.start("agent " + agentId, () -> ended.put(agentId, outcome(workflow, agentId))));
        }
        try {
            for (final Thread thread : threads) {
                thread.join();
            }
        } catch (final InterruptedException e) {
            workflow.control().stop("the thread that ran the workflow was interrupted");
            threads.forEach(Thread::interrupt);
            throw e;
        }
        final Map<String, AgentOutcome> inOrder = new LinkedHashMap<>();
        agentIds.forEach(agentId -> inOrder.put(agentId, ended.get(agentId)));
        return inOrder;
    }

    /** Also an error of an agent is its outcome, so that no thread dies unseen. */
    private static AgentOutcome outcome(final Workflow workflow, final String agentId) {
        try {
            return workflow.run(agentId, null, null);
        } catch (final RuntimeException | Error e) {
            workflow.control().stop("'" + agentId + "' broke: " + e);
            return AgentOutcome.notRun(agentId, e.toString());
        }
    }
}

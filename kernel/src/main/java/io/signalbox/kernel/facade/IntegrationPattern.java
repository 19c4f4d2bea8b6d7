package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.recovery.ErrorRecoveryOrchestrator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the agents of a workflow are put together. Immutable; may serve any number of workflows. */
public abstract sealed class IntegrationPattern
        permits SequentialPipeline, ParallelPipeline, MixedPipeline, ErrorRecoveryPipeline {
    private static final List<String> NAMES = List.of("sequential", "parallel", "mixed", "error_recovery");

    /**
     * The pattern of a name: {@code sequential}, {@code parallel}, {@code mixed} or {@code error_recovery}.
     *
     * @throws CommandRefusedException when there is none of this name.
     */
    public static IntegrationPattern named(final String name) {
        return switch (name) {
            case "sequential" -> new SequentialPipeline();
            case "parallel" -> new ParallelPipeline();
            case "mixed" -> new MixedPipeline();
            case "error_recovery" -> new ErrorRecoveryPipeline();
            default ->
                throw new CommandRefusedException(
                        Rejection.UNKNOWN_PATTERN,
                        "no integration pattern is called '" + name + "'; there are " + NAMES);
        };
    }

    /**
     * Whether it can put these together. Asked before anything is begun.
     *
     * @throws CommandRefusedException when it cannot; the message says why.
     */
    abstract void check(AgentAssignments assignments);

    /** Run all agents; returns when all have ended. */
    abstract Map<String, AgentOutcome> run(Workflow workflow) throws InterruptedException;

    /** One after the other on this thread; with the first that does not succeed, those behind it are not run. */
    static Map<String, AgentOutcome> oneByOne(
            final Workflow workflow, final Map<String, QualityGate> gates, final ErrorRecoveryOrchestrator recovery) {
        final Map<String, AgentOutcome> outcomes = new LinkedHashMap<>();
        for (final String agentId : workflow.assignments().inOrder()) {
            final AgentOutcome outcome = workflow.run(agentId, gates.get(agentId), recovery);
            outcomes.put(agentId, outcome);
            if (!outcome.isSuccess()) {
                workflow.control().stop("'" + agentId + "' did not succeed: " + outcome.reason());
            }
        }
        return outcomes;
    }
}

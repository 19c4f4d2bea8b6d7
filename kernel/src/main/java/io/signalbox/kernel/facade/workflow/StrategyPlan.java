package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parallel nodes and their strategy as a definition: a step for each node, and one gate, {@value #OUTCOME}, that decides. Pure. */
public final class StrategyPlan {
    /** Id of the gate. */
    public static final String OUTCOME = "strategy:outcome";

    private StrategyPlan() {}

    /**
     * Compile.
     *
     * @param nodes their names, in declared order, which decides among equals.
     * @param nodeConfigs what is said about single ones.
     * @throws InvalidWorkflowPartException when there is no node, two have one name, or something is said about a node that is not there.
     */
    public static WorkflowDefinition compile(
            final ParallelConfig config, final List<String> nodes, final Map<String, NodeConfig> nodeConfigs) {
        Compiling.require(nodes, !nodes.isEmpty(), "strategy " + config.strategy() + " has no nodes");
        final Set<String> known = new HashSet<>(nodes);
        for (final String name : nodeConfigs.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidWorkflowPartException(
                        "'" + name + "' is configured and is not a node; nodes: " + nodes);
            }
        }
        final RetryPolicy retry =
                Compiling.doubling(config.retryFailed() ? config.retryCount() : 0, config.retryBackoff());
        final List<StepDefinition> steps = new ArrayList<>();
        for (final String node : nodes) {
            Compiling.requireId("the name of a node", node);
            Compiling.require(node, !node.equals(OUTCOME), "no node can be called '" + OUTCOME + "'");
            final StepTerms terms =
                    nodeConfigs.getOrDefault(node, NodeConfig.STANDARD).terms();
            steps.add(Compiling.step(node, List.of(), terms, Duration.ZERO, retry));
        }
        steps.add(StepDefinition.gate(
                        OUTCOME,
                        config.strategy().gate(config.cancellationPolicy().superfluous(), config.qualityThreshold()),
                        nodes)
                .withTimeoutNs(Compiling.nanos(config.timeout())));
        return WorkflowDefinition.of("strategy:" + config.strategy().name(), steps)
                .withConcurrencyMax(config.maxConcurrent())
                .withOnError(OnError.COLLECT_ALL);
    }
}

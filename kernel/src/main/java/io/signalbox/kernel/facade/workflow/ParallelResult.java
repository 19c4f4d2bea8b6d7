package io.signalbox.kernel.facade.workflow;

import java.util.List;
import java.util.Map;

/**
 * What came of parallel nodes.
 *
 * @param executionId names the execution, unique in its kernel.
 * @param strategy that decided.
 * @param status completed or failed by the strategy; cancelled when it was stopped from outside.
 * @param isTimedOut whether the time was up before the strategy could decide.
 * @param winner name of the node that won, where the strategy knows one; else empty.
 * @param value the results, aggregated; null unless completed.
 * @param nodes each node, in declared order.
 * @param collisions keys that more than one merged result has.
 * @param durationMs from start to outcome, by kernel time.
 */
public record ParallelResult(
        String executionId,
        ParallelStrategy strategy,
        WorkflowStatus status,
        boolean isTimedOut,
        String winner,
        Object value,
        List<WorkflowStepResult> nodes,
        List<Collision> collisions,
        double durationMs) {
    /**
     * A key that several results have.
     *
     * @param key of all these results.
     * @param nodes that have it, in declared order; the last one's value counts.
     */
    public record Collision(String key, List<String> nodes) {
        public Collision {
            nodes = List.copyOf(nodes);
        }
    }

    public ParallelResult {
        nodes = List.copyOf(nodes);
        collisions = List.copyOf(collisions);
    }

    /** Whether the strategy is satisfied. */
    public boolean isSuccess() {
        return status == WorkflowStatus.COMPLETED;
    }

    /**
     * The aggregated results.
     *
     * @throws ParallelExecutionException when the strategy is not satisfied.
     */
    public Object orThrow() {
        if (!isSuccess()) {
            throw new ParallelExecutionException(this);
        }
        return value;
    }

    /** The aggregated results as a map; empty when there are none, or they are no map. */
    public Map<?, ?> values() {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The node with this name; null when there is none. */
    public WorkflowStepResult node(final String name) {
        return nodes.stream()
                .filter(node -> node.stepId().equals(name))
                .findFirst()
                .orElse(null);
    }
}

package io.signalbox.kernel.facade.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results put together.
 *
 * @param value what they became.
 * @param collisions keys that more than one of them had.
 */
record Aggregation(Object value, List<ParallelResult.Collision> collisions) {
    /**
     * @param nodes in declared order.
     * @param winner where there is one, else empty.
     */
    static Aggregation of(final ResultAggregation how, final List<WorkflowStepResult> nodes, final String winner) {
        final List<WorkflowStepResult> successes =
                nodes.stream().filter(WorkflowStepResult::isSuccess).toList();
        final List<WorkflowStepResult> deciding = winner.isEmpty()
                ? successes
                : successes.stream()
                        .filter(node -> node.stepId().equals(winner))
                        .toList();
        return switch (how) {
            case MERGE -> merged(deciding);
            case SELECT_BEST ->
                new Aggregation(
                        deciding.stream()
                                .reduce((best, next) -> next.quality() > best.quality() ? next : best)
                                .map(WorkflowStepResult::result)
                                .orElse(null),
                        List.of());
            case COLLECT_ALL -> {
                final Map<String, Object> all = new LinkedHashMap<>();
                successes.forEach(node -> all.put(node.stepId(), node.result()));
                yield new Aggregation(all, List.of());
            }
        };
    }

    private static Aggregation merged(final List<WorkflowStepResult> nodes) {
        final Map<String, Object> merged = new LinkedHashMap<>();
        final Map<String, List<String>> nodesByKey = new LinkedHashMap<>();
        for (final WorkflowStepResult node : nodes) {
            final Map<?, ?> result = node.result() instanceof Map<?, ?> map
                    ? map
                    : Compiling.with(Map.of(), node.stepId(), node.result());
            result.forEach((key, value) -> {
                final String name = String.valueOf(key);
                merged.put(name, value);
                nodesByKey.computeIfAbsent(name, none -> new ArrayList<>()).add(node.stepId());
            });
        }
        return new Aggregation(
                merged,
                nodesByKey.entrySet().stream()
                        .filter(each -> each.getValue().size() > 1)
                        .map(each -> new ParallelResult.Collision(each.getKey(), each.getValue()))
                        .toList());
    }
}

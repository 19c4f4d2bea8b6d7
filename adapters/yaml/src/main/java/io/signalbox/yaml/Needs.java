package io.signalbox.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Which instances a need stands for: all of a step's, or, where it has none, those that the step itself would wait for. */
final class Needs {
    private final WorkflowFile workflow;
    private final Map<String, Integer> firstIndexes;
    private final Map<String, Integer> counts;

    Needs(final WorkflowFile workflow, final Map<String, Integer> firstIndexes, final Map<String, Integer> counts) {
        this.workflow = workflow;
        this.firstIndexes = firstIndexes;
        this.counts = counts;
    }

    /** Step id to instance indexes, for every step. */
    Map<String, List<Integer>> standIns() {
        final Map<String, Step> byId = new LinkedHashMap<>();
        final Map<String, List<String>> needs = new LinkedHashMap<>();
        for (final Step step : workflow.steps()) {
            byId.put(step.id(), step);
            needs.put(step.id(), step.needs());
        }
        final Map<String, List<Integer>> standIns = new LinkedHashMap<>();
        for (final String id : new StepGraph(needs).ordered()) {
            final int count = counts.get(id);
            if (count > 0) {
                final int first = firstIndexes.get(id);
                standIns.put(id, IntStream.range(first, first + count).boxed().toList());
            } else {
                final Set<Integer> passedOn = new LinkedHashSet<>();
                byId.get(id).needs().forEach(need -> passedOn.addAll(standIns.get(need)));
                standIns.put(id, List.copyOf(passedOn));
            }
        }
        return standIns;
    }
}

package io.signalbox.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which instances a need stands for: those of a step that end it, or, where it has none, those that the step itself would wait for. The members of a
 * gate are only what is there: a gate over nothing is not there either.
 */
final class Needs {
    private final Map<String, Step> byId = new LinkedHashMap<>();
    private final Map<String, Integer> firstIndexes = new LinkedHashMap<>();
    private final Map<String, Integer> counts;
    private final Map<String, List<Integer>> standIns = new LinkedHashMap<>();
    private final Map<String, Boolean> there = new LinkedHashMap<>();
    private final int total;

    /**
     * For one run.
     *
     * @param counts for each {@code foreach} step whose items are known how many it has
     */
    Needs(final WorkflowFile workflow, final Map<String, Integer> counts) {
        this.counts = counts;
        final Map<String, List<String>> needs = new LinkedHashMap<>();
        for (final Step step : workflow.steps()) {
            byId.put(step.id(), step);
            needs.put(step.id(), step.needs());
        }
        final List<String> ordered = new StepGraph(needs).ordered();
        for (final String id : ordered) {
            final Step step = byId.get(id);
            there.put(id, step.isGate() ? step.needs().stream().anyMatch(there::get) : counts.getOrDefault(id, 1) > 0);
        }
        int next = 0;
        for (final Step step : workflow.steps()) {
            firstIndexes.put(step.id(), next);
            next += there.get(step.id()) ? size(step) : 0;
        }
        for (final String id : ordered) {
            standIns.put(id, there.get(id) ? ends(byId.get(id)) : passedOn(byId.get(id)));
        }
        total = next;
    }

    /** How many instances there are, gates with them. */
    int total() {
        return total;
    }

    private int size(final Step step) {
        return counts.getOrDefault(step.id(), 1) + (hasGate(step) ? 1 : 0);
    }

    /** Whether the instances of a {@code foreach} are ended by a gate; those of one whose items are not known are not there yet. */
    boolean hasGate(final Step step) {
        return counts.containsKey(step.id()) && step.flow().strategy().isPresent();
    }

    private List<Integer> ends(final Step step) {
        final int first = firstIndexes.get(step.id());
        final int count = counts.getOrDefault(step.id(), 1);
        return hasGate(step)
                ? List.of(first + count)
                : IntStream.range(first, first + count).boxed().toList();
    }

    private List<Integer> passedOn(final Step step) {
        final Set<Integer> passedOn = new LinkedHashSet<>();
        step.needs().forEach(need -> passedOn.addAll(standIns.get(need)));
        return List.copyOf(passedOn);
    }

    boolean isThere(final String id) {
        return there.getOrDefault(id, false);
    }

    /** Indexes of what a step waits for. */
    List<Integer> of(final Step step) {
        final Set<Integer> needs = new LinkedHashSet<>();
        for (final String need : step.needs()) {
            if (!step.isGate() || there.get(need)) {
                needs.addAll(standIns.get(need));
            }
        }
        return List.copyOf(needs);
    }
}

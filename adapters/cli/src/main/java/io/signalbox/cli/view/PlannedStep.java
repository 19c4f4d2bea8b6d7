package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * A step of the workflow file.
 *
 * @param id as in the file
 * @param needs ids of the steps before it; of a block: its members
 * @param isForeach whether it runs as instances {@code id[0]}, {@code id[1]} ...
 * @param kind what it is
 * @param parent id of the block it stands in; empty for none
 */
public record PlannedStep(String id, List<String> needs, boolean isForeach, Kind kind, String parent) {
    /** What a step is. */
    public enum Kind {
        /** Executed by a process. */
        TASK,
        /** Answered by a person. */
        APPROVAL,
        /** A stage. */
        STAGE,
        /** Steps under {@code parallel}. */
        GROUP,
        /** Instances that come to one end by a strategy. */
        FOREACH,
        /** A sub-workflow. */
        WORKFLOW,
        /** A pattern. */
        PATTERN,
        /** A step and the person who is asked when it fails. */
        RECOVERY;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether other steps stand in it. */
        public boolean isBlock() {
            return this == STAGE || this == GROUP || this == WORKFLOW || this == PATTERN || this == RECOVERY;
        }
    }

    public PlannedStep {
        needs = List.copyOf(needs);
    }

    /** A step that a process executes, in no block. */
    public PlannedStep(final String id, final List<String> needs, final boolean isForeach) {
        this(id, needs, isForeach, Kind.TASK, "");
    }

    /**
     * The steps so that each stands behind all it needs; otherwise as they were.
     *
     * @throws IllegalArgumentException when needs form a cycle
     */
    public static List<PlannedStep> topological(final List<PlannedStep> steps) {
        final Map<String, Integer> indexes = new HashMap<>();
        steps.forEach(step -> indexes.put(step.id(), indexes.size()));
        final int[] open = new int[steps.size()];
        final Map<String, List<Integer>> dependents = new HashMap<>();
        final Queue<Integer> free = new PriorityQueue<>();
        for (int i = 0; i < open.length; i++) {
            for (final String need : Set.copyOf(steps.get(i).needs())) {
                if (indexes.containsKey(need)) {
                    open[i]++;
                    dependents
                            .computeIfAbsent(need, unused -> new ArrayList<>())
                            .add(i);
                }
            }
            if (open[i] == 0) {
                free.add(i);
            }
        }
        final List<PlannedStep> sorted = new ArrayList<>();
        while (!free.isEmpty()) {
            final PlannedStep next = steps.get(free.remove());
            sorted.add(next);
            for (final int dependent : dependents.getOrDefault(next.id(), List.of())) {
                open[dependent]--;
                if (open[dependent] == 0) {
                    free.add(dependent);
                }
            }
        }
        if (sorted.size() < steps.size()) {
            final List<PlannedStep> left = new ArrayList<>(steps);
            left.removeAll(sorted);
            throw new IllegalArgumentException("needs form a cycle: " + left);
        }
        return sorted;
    }
}

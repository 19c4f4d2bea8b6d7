package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
        final List<PlannedStep> sorted = new ArrayList<>();
        final Set<String> known =
                new HashSet<>(steps.stream().map(PlannedStep::id).toList());
        final Set<String> placed = new HashSet<>();
        final Set<PlannedStep> left = new LinkedHashSet<>(steps);
        while (!left.isEmpty()) {
            final PlannedStep next = left.stream()
                    .filter(step ->
                            step.needs().stream().allMatch(need -> placed.contains(need) || !known.contains(need)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("needs form a cycle: " + left));
            left.remove(next);
            placed.add(next.id());
            sorted.add(next);
        }
        return sorted;
    }
}

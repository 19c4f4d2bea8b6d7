package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of the workflow file.
 *
 * @param id as in the file
 * @param needs ids of the steps before it
 * @param isForeach whether it runs as instances {@code id[0]}, {@code id[1]} ...
 */
public record PlannedStep(String id, List<String> needs, boolean isForeach) {
    public PlannedStep {
        needs = List.copyOf(needs);
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

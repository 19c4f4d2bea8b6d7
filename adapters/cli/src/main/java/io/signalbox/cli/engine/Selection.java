package io.signalbox.cli.engine;

import io.signalbox.kernel.context.NearestName;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Step;
import io.signalbox.yaml.Strategy;
import io.signalbox.yaml.WorkflowFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which steps of a workflow run.
 *
 * @param only these, with all they need; empty for all
 * @param from this one and all that needs it, with what stands before taken from the newest run; empty for all
 */
public record Selection(List<String> only, Optional<String> from) {
    /** Every step. */
    public static final Selection ALL = new Selection(List.of(), Optional.empty());

    /** Copies the list. */
    public Selection {
        only = List.copyOf(only);
    }

    /**
     * The workflow with the selected steps, those that are taken from an earlier run among them.
     *
     * @throws CommandException when a step is not there
     */
    public WorkflowFile of(final WorkflowFile workflow) throws CommandException {
        final Set<String> kept = new HashSet<>();
        if (!only.isEmpty()) {
            for (final String id : only) {
                require(workflow, id);
            }
            kept.addAll(withNeeds(workflow, new HashSet<>(only)));
        } else if (from.isPresent()) {
            kept.addAll(withNeeds(workflow, run(workflow)));
        } else {
            return workflow;
        }
        return workflow.withSteps(workflow.steps().stream()
                .filter(step -> kept.contains(step.flow().compensates().orElse(step.id())))
                .toList());
    }

    /** Ids of the steps that {@code from} leaves to be taken from an earlier run; those that decide by themselves are not among them. */
    Set<String> taken(final WorkflowFile selected) throws CommandException {
        if (from.isEmpty()) {
            return Set.of();
        }
        final Set<String> run = run(selected);
        final Set<String> taken = new LinkedHashSet<>();
        for (final Step step : selected.steps()) {
            if (!run.contains(step.id())
                    && !step.isGate()
                    && step.flow().compensates().isEmpty()) {
                taken.add(step.id());
            }
        }
        return taken;
    }

    /** The step, what stands in it, and everything that waits for them. */
    private Set<String> run(final WorkflowFile workflow) throws CommandException {
        final String first = from.orElseThrow();
        require(workflow, first);
        final Map<String, List<String>> dependents = new HashMap<>();
        for (final Step step : workflow.steps()) {
            step.needs()
                    .forEach(need -> dependents
                            .computeIfAbsent(need, unused -> new ArrayList<>())
                            .add(step.id()));
        }
        final Map<String, String> parents = new LinkedHashMap<>();
        workflow.steps().forEach(step -> parents.put(step.id(), step.flow().parent()));
        final Deque<String> open = new ArrayDeque<>();
        for (final Step step : workflow.steps()) {
            String at = step.id();
            while (!at.isEmpty() && !at.equals(first)) {
                at = parents.getOrDefault(at, "");
            }
            if (!at.isEmpty()) {
                open.add(step.id());
            }
        }
        return reach(open, dependents);
    }

    private static Set<String> withNeeds(final WorkflowFile workflow, final Set<String> wanted) {
        final Map<String, List<String>> needs = new HashMap<>();
        workflow.steps().forEach(step -> needs.put(step.id(), step.needs()));
        return reach(new ArrayDeque<>(wanted), needs);
    }

    private static Set<String> reach(final Deque<String> open, final Map<String, List<String>> next) {
        final Set<String> reached = new HashSet<>();
        while (!open.isEmpty()) {
            final String id = open.remove();
            if (reached.add(id)) {
                open.addAll(next.getOrDefault(id, List.of()));
            }
        }
        return reached;
    }

    private static void require(final WorkflowFile workflow, final String id) throws CommandException {
        if (workflow.step(id).isEmpty()) {
            final List<String> known = workflow.steps().stream()
                    .filter(step ->
                            !step.isHidden() && step.flow().compensates().isEmpty())
                    .map(Step::id)
                    .toList();
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "workflow '" + workflow.name() + "' has no step '" + id + "'" + NearestName.hint(id, known)
                            + "; its steps: " + String.join(", ", known));
        }
    }

    /** Whether only gates that can do without it look at a step. */
    static boolean canBeMissed(final Plan plan, final Plan.PlannedStep step) {
        final List<Plan.PlannedStep> dependents = plan.steps().stream()
                .filter(other -> other.needs().contains(step.index()))
                .toList();
        return !dependents.isEmpty()
                && dependents.stream()
                        .allMatch(other -> other.gate()
                                .map(gate -> gate.strategy().rule() != Strategy.Rule.ALL)
                                .orElse(false));
    }
}

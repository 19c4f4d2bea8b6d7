package io.signalbox.cli.draw;

import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.StepState;
import io.signalbox.cli.view.Words;
import io.signalbox.yaml.Foreach;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.Step;
import io.signalbox.yaml.WorkflowFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of a workflow file, or of a run, in a picture. */
public final class Drawings {
    private Drawings() {}

    /** The steps of a file as the views and pictures know them, in topological order: what nobody needs to see is passed over. */
    public static List<PlannedStep> steps(final WorkflowFile workflow) {
        final Map<String, Step> byId = new LinkedHashMap<>();
        workflow.steps().forEach(step -> byId.put(step.id(), step));
        final List<PlannedStep> steps = new ArrayList<>();
        for (final Step step : workflow.steps()) {
            if (!step.isHidden() && step.flow().compensates().isEmpty()) {
                steps.add(new PlannedStep(
                        step.id(),
                        needs(step, byId),
                        step.foreach().isPresent(),
                        kind(step),
                        step.flow().parent()));
            }
        }
        return PlannedStep.topological(steps);
    }

    private static List<String> needs(final Step step, final Map<String, Step> byId) {
        final Set<String> needs = new LinkedHashSet<>();
        for (final String need : step.needs()) {
            if (byId.containsKey(need) && byId.get(need).isHidden()) {
                needs.addAll(needs(byId.get(need), byId));
            } else {
                needs.add(need);
            }
        }
        return List.copyOf(needs);
    }

    private static PlannedStep.Kind kind(final Step step) {
        if (step.isApproval()) {
            return PlannedStep.Kind.APPROVAL;
        }
        if (step.run() instanceof Run.Gate gate) {
            return PlannedStep.Kind.valueOf(gate.block().name());
        }
        return step.foreach().isPresent() && step.flow().strategy().isPresent()
                ? PlannedStep.Kind.FOREACH
                : PlannedStep.Kind.TASK;
    }

    /** A file that has not been run: no states. */
    public static Dag of(final WorkflowFile workflow) {
        final List<Dag.Node> nodes = new ArrayList<>();
        for (final PlannedStep planned : steps(workflow)) {
            final String detail =
                    workflow.step(planned.id()).map(Drawings::detail).orElse("");
            nodes.add(new Dag.Node(planned, Optional.empty(), detail));
        }
        return new Dag(workflow.name(), nodes);
    }

    /**
     * A file with what is foretold of it.
     *
     * @param subtitle a few words on the whole
     * @param elapsedMs of steps and instances, as far as known
     * @param criticalPath ids of steps and instances
     */
    public static Dag of(
            final WorkflowFile workflow,
            final String subtitle,
            final Map<String, Long> elapsedMs,
            final List<String> criticalPath) {
        final Map<String, Long> timesById = new LinkedHashMap<>();
        elapsedMs.forEach((id, timeMs) -> timesById.merge(stepOf(id), timeMs, Long::sum));
        final List<Dag.Node> nodes = new ArrayList<>();
        for (final Dag.Node node : of(workflow).nodes()) {
            final Long timeMs = timesById.get(node.id());
            final List<String> words = new ArrayList<>();
            if (timeMs != null) {
                words.add(Words.duration(timeMs));
            }
            if (!node.detail().isEmpty()) {
                words.add(node.detail());
            }
            nodes.add(new Dag.Node(node.step(), node.state(), String.join(", ", words)));
        }
        final List<String> path =
                criticalPath.stream().map(Drawings::stepOf).distinct().toList();
        return new Dag(workflow.name(), subtitle, nodes, path);
    }

    /** Of an instance the step that it is an instance of; inside a sub-workflow too. */
    private static String stepOf(final String id) {
        final int bracket = id.lastIndexOf('[');
        return bracket < 0 ? id : id.substring(0, bracket);
    }

    private static String detail(final Step step) {
        final List<String> words = new ArrayList<>();
        if (step.run() instanceof Run.Gate gate) {
            words.add(gate.block().word() + ", " + gate.strategy().words());
        } else if (step.isApproval()) {
            words.add("a person answers");
        }
        if (step.foreach().isPresent()) {
            words.add("for each item"
                    + step.foreach()
                            .filter(Foreach.FromResult.class::isInstance)
                            .flatMap(Foreach::source)
                            .map(source -> " of ${" + source.text() + "}")
                            .orElse("")
                    + step.flow()
                            .strategy()
                            .map(strategy -> ", " + strategy.words())
                            .orElse(""));
        }
        step.when().ifPresent(when -> words.add("when " + when.text()));
        if (step.retry().max() > 0) {
            words.add("retry " + step.retry().max());
        }
        return String.join(", ", words);
    }

    /**
     * A run: each step in the colour of its state, the instances of a {@code foreach} together.
     *
     * @param plan in topological order
     * @param states of steps and instances
     * @param elapsedMs of steps and instances, as far as known
     */
    public static Dag of(
            final String title,
            final List<PlannedStep> plan,
            final Map<String, StepState> states,
            final Map<String, Long> elapsedMs) {
        final Map<String, Map<String, StepState>> partsById = new LinkedHashMap<>();
        states.forEach((id, state) -> {
            partsById
                    .computeIfAbsent(stepOf(id), unused -> new LinkedHashMap<>())
                    .put(id, state);
        });
        final List<Dag.Node> nodes = new ArrayList<>();
        for (final PlannedStep step : plan) {
            final Map<String, StepState> parts = partsById.getOrDefault(step.id(), Map.of());
            final long timeMs = parts.keySet().stream()
                    .mapToLong(id -> elapsedMs.getOrDefault(id, 0L))
                    .sum();
            final List<String> words = new ArrayList<>();
            if (step.isForeach()) {
                final long over =
                        parts.values().stream().filter(StepState::isFinal).count();
                words.add(over + "/" + parts.size());
            }
            if (timeMs > 0) {
                words.add(Words.duration(timeMs));
            }
            nodes.add(new Dag.Node(step, Optional.of(StepState.of(parts.values())), String.join(", ", words)));
        }
        return new Dag(title, nodes);
    }
}

package io.signalbox.kernel.composition;

import io.signalbox.kernel.composition.Composition.Conditional;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Pipeline;
import io.signalbox.kernel.composition.Composition.Sequential;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.Composition.SubWorkflow;
import io.signalbox.kernel.composition.Composition.Tree;
import io.signalbox.kernel.composition.PlannedStep.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From parts inside parts to steps that need each other. One composition, one thread. */
final class CompositionCompiler {
    private static final int DEPTH_MAX = 200;

    private final Map<String, PlannedStep> steps = new LinkedHashMap<>();
    private long edges;

    /**
     * Where a part stands.
     *
     * @param prefix of the ids in it.
     * @param needs what must have ended.
     * @param inputs what it builds on.
     * @param guards conditions around it.
     */
    private record Place(
            String prefix,
            Frame frame,
            List<String> needs,
            List<String> inputs,
            Map<String, Boolean> guards,
            int depth) {
        Place after(final List<String> others) {
            return new Place(prefix, frame, others, inputs, guards, depth);
        }

        Place buildingOn(final List<String> others) {
            return new Place(prefix, frame, others, others, guards, depth);
        }

        Place when(final String conditionId, final boolean answer) {
            final Map<String, Boolean> more = new LinkedHashMap<>(guards);
            more.put(conditionId, answer);
            return new Place(prefix, frame, List.of(conditionId), inputs, more, depth);
        }
    }

    List<PlannedStep> compile(final Composition whole) {
        placed(whole, new Place("", null, List.of(), List.of(), Map.of(), 0));
        return List.copyOf(steps.values());
    }

    /** The ids of the steps with which a part ends. */
    private List<String> placed(final Composition part, final Place place) {
        final String id = place.prefix + part.id();
        if (part instanceof Step step) {
            return added(id, place, step, null);
        }
        if (part instanceof SubWorkflow sub) {
            throw new InvalidCompositionException("sub-workflow '" + id
                    + "' is not expanded; a TemplateLibrary that knows '" + sub.template() + "' does that");
        }
        InvalidCompositionException.unless(
                place.depth < DEPTH_MAX, "parts stand deeper than " + DEPTH_MAX + " in each other: " + id);
        final Place inside = new Place(
                id + "/",
                new Frame(id, place.frame, part.variables()),
                place.needs,
                place.inputs,
                place.guards,
                place.depth + 1);
        if (part instanceof Sequential all) {
            return sequential(all.parts(), inside);
        }
        if (part instanceof Pipeline all) {
            return pipeline(all.parts(), inside);
        }
        if (part instanceof Parallel all) {
            return parallel(all.parts(), inside);
        }
        if (part instanceof Conditional either) {
            return conditional(either, inside);
        }
        if (part instanceof Tree tree) {
            final List<String> root = placed(tree.root(), inside);
            return tree.branches().isEmpty() ? root : parallel(tree.branches(), inside.buildingOn(root));
        }
        return new GraphOrder((Graph) part, id).place(this::placedInGraph, inside);
    }

    private List<String> placedInGraph(final Composition part, final Place inside, final List<String> ends) {
        return placed(part, ends.isEmpty() ? inside : inside.buildingOn(ends));
    }

    private List<String> sequential(final List<Composition> parts, final Place inside) {
        List<String> ends = inside.needs;
        for (final Composition part : parts) {
            ends = placed(part, inside.after(ends));
        }
        return ends;
    }

    private List<String> pipeline(final List<Composition> parts, final Place inside) {
        List<String> ends = placed(parts.get(0), inside);
        for (final Composition part : parts.subList(1, parts.size())) {
            ends = placed(part, inside.buildingOn(ends));
        }
        return ends;
    }

    private List<String> parallel(final List<Composition> parts, final Place inside) {
        final List<String> ends = new ArrayList<>();
        for (final Composition part : parts) {
            ends.addAll(placed(part, inside));
        }
        return ends;
    }

    private List<String> conditional(final Conditional either, final Place inside) {
        final String condition = inside.prefix + "when";
        added(condition, inside, null, either);
        final List<String> ends = new ArrayList<>(placed(either.then(), inside.when(condition, true)));
        ends.addAll(
                either.otherwise() == null
                        ? List.of(condition)
                        : placed(either.otherwise(), inside.when(condition, false)));
        return ends;
    }

    private List<String> added(final String id, final Place place, final Step step, final Conditional either) {
        edges += place.needs.size() + place.inputs.size();
        InvalidCompositionException.unless(
                steps.size() < CompositionPlan.STEPS_MAX && edges <= CompositionPlan.EDGES_MAX,
                "a composition may have " + CompositionPlan.STEPS_MAX + " steps and " + CompositionPlan.EDGES_MAX
                        + " needs; this one has more at '" + id + "'");
        final PlannedStep planned = new PlannedStep(
                id,
                place.needs,
                place.inputs.stream()
                        .filter(input -> !steps.get(input).isCondition())
                        .toList(),
                place.guards,
                place.frame,
                step,
                either == null ? null : either.condition());
        InvalidCompositionException.unless(
                steps.putIfAbsent(id, planned) == null,
                "two parts are called '" + id + "'; give one of them another id");
        return List.of(id);
    }

    /** How the parts of a graph are placed. */
    @FunctionalInterface
    interface Placing<P> {
        List<String> place(Composition part, P inside, List<String> endsOfNeeds);
    }
}

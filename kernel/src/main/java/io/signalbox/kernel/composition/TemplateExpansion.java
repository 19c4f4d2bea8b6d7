package io.signalbox.kernel.composition;

import io.signalbox.kernel.composition.Composition.Conditional;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Pipeline;
import io.signalbox.kernel.composition.Composition.Sequential;
import io.signalbox.kernel.composition.Composition.SubWorkflow;
import io.signalbox.kernel.composition.Composition.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What templates make, put into the places of sub-workflows. One composition, one thread; it ends though templates may multiply each other. */
final class TemplateExpansion {
    private final Versions<WorkflowTemplate> templates;
    private int steps;

    TemplateExpansion(final Versions<WorkflowTemplate> templates) {
        this.templates = templates;
    }

    Composition made(
            final WorkflowTemplate template, final Map<String, ?> arguments, final List<WorkflowTemplate> around) {
        final List<WorkflowTemplate> path = new ArrayList<>(around);
        path.add(template);
        for (final WorkflowTemplate outer : around) {
            InvalidCompositionException.unless(
                    !outer.name().equals(template.name()), "a template must not contain itself: " + text(path));
        }
        InvalidCompositionException.unless(
                path.size() <= TemplateLibrary.DEPTH_MAX,
                "sub-workflows stand deeper than " + TemplateLibrary.DEPTH_MAX + " in each other: " + text(path));
        final String who = "template '" + template.name() + "'";
        final Composition body = template.body().apply(Arguments.resolved(who, template.parameters(), arguments));
        InvalidCompositionException.unless(body != null, who + " made nothing");
        return expanded(body, path);
    }

    private static String text(final List<WorkflowTemplate> path) {
        return String.join(
                " -> ",
                path.stream()
                        .map(template -> template.name() + "@" + template.version())
                        .toList());
    }

    Composition expanded(final Composition part, final List<WorkflowTemplate> path) {
        if (part instanceof SubWorkflow sub) {
            return Sequential.of(sub.id(), made(templates.get(sub.template(), sub.version()), sub.arguments(), path));
        }
        if (part instanceof Sequential all) {
            return new Sequential(all.id(), expanded(all.parts(), path), all.variables());
        }
        if (part instanceof Parallel all) {
            return new Parallel(all.id(), expanded(all.parts(), path), all.variables());
        }
        if (part instanceof Pipeline all) {
            return new Pipeline(all.id(), expanded(all.parts(), path), all.variables());
        }
        if (part instanceof Conditional either) {
            return new Conditional(
                    either.id(),
                    either.condition(),
                    expanded(either.then(), path),
                    either.otherwise() == null ? null : expanded(either.otherwise(), path),
                    either.variables());
        }
        if (part instanceof Tree tree) {
            return new Tree(tree.id(), expanded(tree.root(), path), expanded(tree.branches(), path), tree.variables());
        }
        if (part instanceof Graph graph) {
            return new Graph(
                    graph.id(),
                    graph.parts().stream()
                            .map(node -> new Graph.Part(expanded(node.part(), path), node.needs()))
                            .toList(),
                    graph.variables());
        }
        if (++steps > CompositionPlan.STEPS_MAX) {
            throw new InvalidCompositionException("a composition may have " + CompositionPlan.STEPS_MAX
                    + " steps; with what its templates make it has more: " + text(path));
        }
        return part;
    }

    private List<Composition> expanded(final List<Composition> parts, final List<WorkflowTemplate> path) {
        return parts.stream().map(part -> expanded(part, path)).toList();
    }
}

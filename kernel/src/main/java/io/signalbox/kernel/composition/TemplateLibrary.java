package io.signalbox.kernel.composition;

import io.signalbox.kernel.composition.Composition.Conditional;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Pipeline;
import io.signalbox.kernel.composition.Composition.Sequential;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.Composition.SubWorkflow;
import io.signalbox.kernel.composition.Composition.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Templates by name and version. What was registered stays. Any thread. */
public final class TemplateLibrary {
    /** How deep sub-workflows may stand in each other. */
    public static final int DEPTH_MAX = 32;

    private final Versions<WorkflowTemplate> templates = new Versions<>("template");

    /**
     * Add a template.
     *
     * @throws InvalidCompositionException when there is one of this name and version.
     */
    public TemplateLibrary register(final WorkflowTemplate template) {
        templates.add(template.name(), template.version(), template);
        return this;
    }

    /** Versions of a template, from the lowest; none when there is none of this name. */
    public List<Version> versions(final String name) {
        return templates.versions(name);
    }

    /** Names of all templates. */
    public List<String> names() {
        return templates.names();
    }

    /**
     * Make a workflow of a template of the highest version, with everything in the place of its sub-workflows.
     *
     * @throws InvalidCompositionException when there is no such template, an argument is wrong, or templates contain each other.
     */
    public Composition instantiate(final String name, final Map<String, ?> arguments) {
        return made(templates.get(name, null), arguments, List.of());
    }

    /** As {@link #instantiate(String, Map)}, of a version. */
    public Composition instantiate(final String name, final Version version, final Map<String, ?> arguments) {
        return made(templates.get(name, version), arguments, List.of());
    }

    /** Put into the place of each sub-workflow what its template makes. */
    public Composition expand(final Composition composition) {
        return expanded(composition, List.of());
    }

    private Composition made(
            final WorkflowTemplate template, final Map<String, ?> arguments, final List<WorkflowTemplate> around) {
        final List<WorkflowTemplate> path = new ArrayList<>(around);
        path.add(template);
        for (final WorkflowTemplate outer : around) {
            InvalidCompositionException.unless(
                    !outer.name().equals(template.name()), "a template must not contain itself: " + text(path));
        }
        InvalidCompositionException.unless(
                path.size() <= DEPTH_MAX,
                "sub-workflows stand deeper than " + DEPTH_MAX + " in each other: " + text(path));
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

    private Composition expanded(final Composition part, final List<WorkflowTemplate> path) {
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
        return (Step) part;
    }

    private List<Composition> expanded(final List<Composition> parts, final List<WorkflowTemplate> path) {
        return parts.stream().map(part -> expanded(part, path)).toList();
    }
}

package io.signalbox.cli.draw;

import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.picture.Look;
import io.signalbox.kernel.picture.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps of a workflow in the colours of their states, what stands in a block with a box around it. */
final class DagPicture {
    private static final Look CRITICAL = new Look("#fff7ed", "#ea580c", "#7c2d12");

    private final Dag dag;
    private final Map<String, PlannedStep> stepById = new HashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final Map<String, String> criticalNeed = new HashMap<>();
    private final Map<String, Picture.Cluster> clusters = new LinkedHashMap<>();

    private DagPicture(final Dag dag) {
        this.dag = dag;
        dag.nodes().forEach(node -> {
            stepById.put(node.id(), node.step());
            parents.add(node.step().parent());
        });
        String before = "";
        for (final String id : dag.criticalPath()) {
            criticalNeed.put(id, before);
            before = id;
        }
    }

    static Picture of(final Dag dag) {
        return new DagPicture(dag).picture();
    }

    private Picture picture() {
        final List<Picture.Node> nodes = dag.nodes().stream().map(this::node).toList();
        return new Picture(
                SafeText.line(dag.title()),
                SafeText.line(dag.subtitle()),
                nodes,
                legend(),
                List.copyOf(clusters.values()));
    }

    private List<Picture.Legend> legend() {
        final List<Picture.Legend> legend = new ArrayList<>();
        if (!dag.criticalPath().isEmpty()) {
            legend.add(new Picture.Legend("critical path", CRITICAL));
        }
        dag.nodes().stream()
                .map(Dag.Node::state)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .map(state -> new Picture.Legend(state.word().replace('_', ' '), look(Optional.of(state))))
                .forEach(legend::add);
        return legend;
    }

    private Picture.Node node(final Dag.Node node) {
        final PlannedStep step = node.step();
        final boolean isCritical = criticalNeed.containsKey(step.id());
        return new Picture.Node(
                step.id(),
                SafeText.line(step.id()),
                step.needs().stream().map(need -> edge(need, step.id())).toList(),
                SafeText.line(node.detail()),
                isCritical && node.state().isEmpty() ? CRITICAL : look(node.state()),
                shape(node),
                isCritical,
                cluster(parents.contains(step.id()) ? step.id() : step.parent()));
    }

    private Picture.Edge edge(final String need, final String to) {
        final boolean isCritical = need.equals(criticalNeed.get(to));
        return new Picture.Edge(need, isCritical ? Picture.Line.CRITICAL : Picture.Line.PLAIN);
    }

    /** The id itself, once it and what it stands in are there. */
    private String cluster(final String id) {
        if (!id.isEmpty() && !clusters.containsKey(id)) {
            final PlannedStep block = stepById.get(id);
            final String in = cluster(block == null ? "" : block.parent());
            final String title = block == null ? id : block.kind().word() + " " + id;
            clusters.put(id, new Picture.Cluster(id, SafeText.line(title), in));
        }
        return id;
    }

    private static Picture.Shape shape(final Dag.Node node) {
        if (node.step().isForeach()) {
            return Picture.Shape.STACK;
        }
        if (node.step().kind().isBlock()) {
            return Picture.Shape.GATE;
        }
        if (node.step().kind() == PlannedStep.Kind.APPROVAL) {
            return Picture.Shape.ROUND;
        }
        return node.state().filter(StepState.SKIPPED::equals).isPresent() ? Picture.Shape.DASHED : Picture.Shape.BOX;
    }

    private static Look look(final Optional<StepState> state) {
        final Palette colours = Palette.of(state);
        return new Look(colours.fill(), colours.line(), colours.text());
    }
}

package io.signalbox.kernel.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws for Graphviz. */
public final class DotPicture {
    private static final String MARKED = ", penwidth=2.5";

    private final Picture picture;
    private final Map<String, Look> lookById = new HashMap<>();
    private final Map<String, List<Picture.Cluster>> clustersIn = new HashMap<>();
    private final Map<String, List<Picture.Node>> nodesIn = new HashMap<>();
    private final StringBuilder dot = new StringBuilder();

    private DotPicture(final Picture picture) {
        this.picture = picture;
        picture.nodes().forEach(node -> lookById.put(node.id(), node.look()));
        for (final Picture.Cluster cluster : picture.clusters()) {
            clustersIn
                    .computeIfAbsent(cluster.in(), unused -> new ArrayList<>())
                    .add(cluster);
        }
        for (final Picture.Node node : picture.nodes()) {
            nodesIn.computeIfAbsent(node.cluster(), unused -> new ArrayList<>()).add(node);
        }
    }

    /** The picture as DOT text. Every id and label is a quoted string. */
    public static String render(final Picture picture) {
        return new DotPicture(picture).text();
    }

    private String text() {
        final String title =
                quoted(picture.subtitle().isEmpty() ? picture.title() : picture.title() + ": " + picture.subtitle());
        dot.append("digraph ").append(quoted(picture.title())).append(" {\n");
        dot.append("  rankdir=LR;\n");
        dot.append("  label=").append(title).append(";\n  labelloc=t;\n");
        dot.append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11];\n");
        dot.append("  edge [color=\"#94a3b8\", arrowsize=0.7];\n");
        inside("", "  ");
        picture.nodes()
                .forEach(node -> node.edges().stream()
                        .filter(edge -> lookById.containsKey(edge.from()))
                        .forEach(edge -> edge(edge, node)));
        return dot.append("}\n").toString();
    }

    private void inside(final String cluster, final String indent) {
        nodesIn.getOrDefault(cluster, List.of()).forEach(node -> node(node, indent));
        for (final Picture.Cluster inner : clustersIn.getOrDefault(cluster, List.of())) {
            dot.append(indent).append("subgraph ").append(quoted("cluster_" + inner.id()));
            dot.append(" {\n").append(indent).append("  label=").append(quoted(inner.title()));
            dot.append("; labeljust=l; style=\"rounded,filled\"; fillcolor=\"#f1f5f9\"; color=\"#94a3b8\";");
            dot.append(" fontcolor=\"#475569\"; fontname=\"Helvetica\"; fontsize=11;\n");
            inside(inner.id(), indent + "  ");
            dot.append(indent).append("}\n");
        }
    }

    private void node(final Picture.Node node, final String indent) {
        final Look look = node.look();
        dot.append(indent).append(quoted(node.id())).append(" [label=\"").append(Labels.dot(node.label()));
        dot.append(node.detail().isEmpty() ? "" : "\\n" + Labels.dot(node.detail()));
        dot.append("\", fillcolor=\"")
                .append(look.fill())
                .append("\", color=\"")
                .append(look.line());
        dot.append("\", fontcolor=\"").append(look.text()).append('"').append(outline(node.shape()));
        dot.append(node.isMarked() ? MARKED : "").append("];\n");
    }

    private static String outline(final Picture.Shape shape) {
        return switch (shape) {
            case BOX -> "";
            case STACK -> ", peripheries=2";
            case GATE -> ", shape=hexagon, style=filled";
            case ROUND -> ", shape=ellipse, style=filled";
            case DASHED -> ", style=\"rounded,filled,dashed\"";
        };
    }

    private void edge(final Picture.Edge edge, final Picture.Node to) {
        dot.append("  ").append(quoted(edge.from())).append(" -> ").append(quoted(to.id()));
        dot.append(
                switch (edge.line()) {
                    case PLAIN -> "";
                    case CRITICAL -> " [color=\"" + SvgPicture.CRITICAL_LINE + "\"" + MARKED + "]";
                    case UNDOES -> " [style=dashed, dir=back, constraint=true]";
                });
        dot.append(";\n");
    }

    private static String quoted(final String text) {
        return '"' + Labels.dot(text) + '"';
    }
}

package io.signalbox.cli.draw;

import io.signalbox.cli.view.SafeText;

/** Draws for Graphviz: {@code signalbox run FILE --dot | dot -Tpng}. */
public final class Dot {
    private Dot() {}

    /** The picture as DOT text. Every id and label is a quoted string. */
    public static String render(final Dag dag) {
        final StringBuilder dot = new StringBuilder();
        dot.append("digraph ").append(quoted(dag.title())).append(" {\n");
        dot.append("  rankdir=LR;\n");
        dot.append("  label=").append(quoted(dag.title())).append(";\n  labelloc=t;\n");
        dot.append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11];\n");
        dot.append("  edge [color=\"#94a3b8\", arrowsize=0.7];\n");
        for (final Dag.Node node : dag.nodes()) {
            final Palette colours = Palette.of(node.state());
            dot.append("  ").append(quoted(node.id())).append(" [label=").append(label(node));
            dot.append(", fillcolor=\"")
                    .append(colours.fill())
                    .append("\", color=\"")
                    .append(colours.line());
            dot.append("\", fontcolor=\"").append(colours.text()).append('"');
            dot.append(node.isForeach() ? ", peripheries=2" : "").append("];\n");
        }
        for (final Dag.Node node : dag.nodes()) {
            for (final String need : node.needs()) {
                dot.append("  ")
                        .append(quoted(need))
                        .append(" -> ")
                        .append(quoted(node.id()))
                        .append(";\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static String label(final Dag.Node node) {
        final String id = escaped(node.id());
        return '"' + (node.detail().isEmpty() ? id : id + "\\n" + escaped(node.detail())) + '"';
    }

    private static String quoted(final String text) {
        return '"' + escaped(text) + '"';
    }

    private static String escaped(final String text) {
        return SafeText.line(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

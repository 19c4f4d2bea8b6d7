package io.signalbox.kernel.picture;

import java.util.List;

/**
 * What is drawn. Labels are drawn as they stand, but that control characters and those that change the direction of text become blanks.
 *
 * @param title above the picture.
 * @param subtitle beneath it; may be empty.
 * @param nodes in topological order: each after those it has edges from.
 * @param legend what the colours mean; may be empty.
 */
public record Picture(String title, String subtitle, List<Node> nodes, List<Legend> legend) {
    public Picture {
        nodes = List.copyOf(nodes);
        legend = List.copyOf(legend);
    }

    /** The outline of a node. */
    public enum Shape {
        /** A box. */
        BOX,
        /** A stack of boxes: several of a kind. */
        STACK,
        /** A box with cut corners: a rule decides. */
        GATE,
        /** A box with round ends: somebody outside decides. */
        ROUND,
        /** A dashed box: it does not always run. */
        DASHED
    }

    /** How an edge is drawn. */
    public enum Line {
        /** A line. */
        PLAIN,
        /** A heavy line. */
        CRITICAL,
        /** A dashed line. */
        UNDOES
    }

    /**
     * An edge to the node that has it.
     *
     * @param from id of the node where it begins.
     */
    public record Edge(String from, Line line) {}

    /**
     * One box.
     *
     * @param id unique.
     * @param label what stands in it.
     * @param edges from nodes before it.
     * @param detail a few words under the label; may be empty.
     * @param look its colours.
     * @param shape its outline.
     * @param isMarked drawn with a heavy border.
     */
    public record Node(
            String id, String label, List<Edge> edges, String detail, Look look, Shape shape, boolean isMarked) {
        public Node {
            edges = List.copyOf(edges);
        }
    }

    /** What a colour means. */
    public record Legend(String words, Look look) {}
}

package io.signalbox.kernel.picture;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is drawn. Labels are drawn as they stand, but that control characters and those that change the direction of text become blanks.
 *
 * @param title above the picture.
 * @param subtitle beneath it; may be empty.
 * @param nodes in topological order: each after those it has edges from.
 * @param legend what the colours mean; may be empty.
 * @param clusters boxes around nodes, each behind the one it stands in; one around nothing is not drawn.
 */
public record Picture(String title, String subtitle, List<Node> nodes, List<Legend> legend, List<Cluster> clusters) {
    /** @throws IllegalArgumentException when something stands in a cluster that is not there, or not yet. */
    public Picture {
        nodes = List.copyOf(nodes);
        legend = List.copyOf(legend);
        clusters = List.copyOf(clusters);
        final Set<String> known = new HashSet<>(Set.of(""));
        for (final Cluster cluster : clusters) {
            require(known.contains(cluster.in()), "cluster", cluster.id(), cluster.in());
            known.add(cluster.id());
        }
        for (final Node node : nodes) {
            require(known.contains(node.cluster()), "node", node.id(), node.cluster());
        }
    }

    /** A picture without clusters. */
    public Picture(final String title, final String subtitle, final List<Node> nodes, final List<Legend> legend) {
        this(title, subtitle, nodes, legend, List.of());
    }

    private static void require(final boolean isKnown, final String what, final String id, final String cluster) {
        if (!isKnown) {
            throw new IllegalArgumentException(
                    what + " '" + id + "' stands in cluster '" + cluster + "', which does not stand before it");
        }
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
     * @param cluster id of the cluster it stands in; empty for none.
     */
    public record Node(
            String id,
            String label,
            List<Edge> edges,
            String detail,
            Look look,
            Shape shape,
            boolean isMarked,
            String cluster) {
        public Node {
            edges = List.copyOf(edges);
        }

        /** A box in no cluster. */
        public Node(
                final String id,
                final String label,
                final List<Edge> edges,
                final String detail,
                final Look look,
                final Shape shape,
                final boolean isMarked) {
            this(id, label, edges, detail, look, shape, isMarked, "");
        }
    }

    /**
     * A box around nodes, and around other clusters.
     *
     * @param id unique among clusters, not empty.
     * @param title what stands at its head.
     * @param in id of the cluster it stands in; empty for none.
     */
    public record Cluster(String id, String title, String in) {}

    /** What a colour means. */
    public record Legend(String words, Look look) {}
}

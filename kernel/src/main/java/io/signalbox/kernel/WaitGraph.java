package io.signalbox.kernel;

import java.time.Duration;
import java.util.List;

/**
 * Which agents of a coordination waited for which, between two turns.
 *
 * @param edges in the order in which the waits were declared.
 * @param deadlocks how many deadlocks have formed in the coordination since it was opened.
 * @param lastDeadlock the agents of the one that formed last, each waiting for the next and the last for the first; the first closed
 *     the ring. Empty when none has formed. It may be over by now.
 */
public record WaitGraph(List<Edge> edges, long deadlocks, List<String> lastDeadlock) {
    /**
     * One agent waits for another.
     *
     * @param agent who waits.
     * @param awaited for whom.
     * @param dependency handle of the wait that says so.
     * @param isRequired false when it is part of a composite that others may satisfy without it.
     * @param waiting since when.
     */
    public record Edge(String agent, String awaited, long dependency, boolean isRequired, Duration waiting) {}

    public WaitGraph {
        edges = List.copyOf(edges);
        lastDeadlock = List.copyOf(lastDeadlock);
    }

    /** The graph in the language of Graphviz; a dashed line is part of a composite that others may satisfy. */
    public String toDot() {
        final StringBuilder dot = new StringBuilder("digraph waits {\n");
        for (final Edge edge : edges) {
            dot.append("  ").append(quoted(edge.agent())).append(" -> ").append(quoted(edge.awaited()));
            dot.append(edge.isRequired() ? ";\n" : " [style=dashed];\n");
        }
        return dot.append("}\n").toString();
    }

    private static String quoted(final String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

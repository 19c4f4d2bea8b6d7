package io.signalbox.cli.draw;

import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.StepState;
import java.util.List;
import java.util.Optional;

/**
 * What is drawn.
 *
 * @param title above the picture
 * @param subtitle beneath it; may be empty
 * @param nodes in topological order: each after those it needs
 * @param criticalPath ids of the steps that decide how long it takes, from the first to the last; empty where nobody asks
 */
public record Dag(String title, String subtitle, List<Node> nodes, List<String> criticalPath) {
    public Dag {
        nodes = List.copyOf(nodes);
        criticalPath = List.copyOf(criticalPath);
    }

    /** Nodes alone. */
    public Dag(final String title, final List<Node> nodes) {
        this(title, "", nodes, List.of());
    }

    /**
     * One step; a {@code foreach} step is one node however many instances it has, and a block is the end of what stands in it.
     *
     * @param step what is drawn
     * @param state empty for a file that is only drawn
     * @param detail a few words under the id: instances, time, condition; may be empty
     */
    public record Node(PlannedStep step, Optional<StepState> state, String detail) {
        /** Its id. */
        public String id() {
            return step.id();
        }
    }
}

package io.signalbox.cli.draw;

import io.signalbox.cli.view.StepState;
import java.util.List;
import java.util.Optional;

/**
 * What is drawn.
 *
 * @param title above the picture
 * @param nodes in topological order: each after those it needs
 */
public record Dag(String title, List<Node> nodes) {
    public Dag {
        nodes = List.copyOf(nodes);
    }

    /**
     * One step; a {@code foreach} step is one node however many instances it has.
     *
     * @param id unique
     * @param needs ids of nodes before it
     * @param state empty for a file that is only drawn
     * @param detail a few words under the id: instances, time, condition; may be empty
     * @param isForeach drawn as a stack
     */
    public record Node(String id, List<String> needs, Optional<StepState> state, String detail, boolean isForeach) {
        public Node {
            needs = List.copyOf(needs);
        }
    }
}

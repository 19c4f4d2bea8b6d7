package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * Which registered agent may carry out a step. With a placement an attempt is assigned to the best match among the registered agents, and waits
 * while there is none.
 *
 * @param agent name of the agent, or empty.
 * @param role what the agent has to be: its type, or empty.
 * @param capabilities what the agent has to be able to do, all of them.
 */
public record Placement(String agent, String role, List<String> capabilities) {
    /** Anybody. */
    public static final Placement ANYBODY = new Placement("", "", List.of());

    public Placement {
        capabilities = List.copyOf(capabilities);
    }

    /** Whether any worker may take the step. */
    public boolean isAnybody() {
        return agent.isEmpty() && role.isEmpty() && capabilities.isEmpty();
    }
}

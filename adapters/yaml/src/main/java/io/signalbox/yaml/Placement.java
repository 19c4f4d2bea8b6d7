package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;

/**
 * Which registered agent may carry a step out.
 *
 * @param agent its name
 * @param role what it has to be
 * @param capabilities what it has to be able to do, all of them
 */
public record Placement(Optional<String> agent, Optional<String> role, List<String> capabilities) {
    /** Anybody. */
    public static final Placement ANYBODY = new Placement(Optional.empty(), Optional.empty(), List.of());

    /** Copies the list. */
    public Placement {
        capabilities = List.copyOf(capabilities);
    }
}

package io.signalbox.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a step tries when its own attempts, with all retries, have failed.
 *
 * @param alternatives other ways, each tried once, in turn
 * @param fallback the result with which the step succeeds when nothing else did; for reading only
 */
public record Recovery(List<Alternative> alternatives, Optional<JsonNode> fallback) {
    /** Nothing. */
    public static final Recovery NONE = new Recovery(List.of(), Optional.empty());

    /**
     * Another way to do what a step does.
     *
     * @param run what is executed instead
     * @param env environment variables, those of the step first
     */
    public record Alternative(Run run, Map<String, Template> env) {
        /** Copies the map and keeps its order. */
        public Alternative {
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        }
    }

    /** Copies the list. */
    public Recovery {
        alternatives = List.copyOf(alternatives);
    }

    /** How many attempts it adds to those of the step. */
    public int attempts() {
        return alternatives.size() + (fallback.isPresent() ? 1 : 0);
    }
}

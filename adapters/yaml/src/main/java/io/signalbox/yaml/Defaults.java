package io.signalbox.yaml;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a step gets when it does not say otherwise. For reading only: each {@link Step} already holds its effective values.
 *
 * @param env environment variables for every step, in declared order
 * @param timeout time limit of one attempt
 * @param retry attempts after the first
 * @param result how standard output becomes a result
 */
public record Defaults(Map<String, Template> env, Optional<Duration> timeout, Retry retry, ResultKind result) {
    /** What holds in a file without {@code defaults}. */
    public static final Defaults NONE = new Defaults(Map.of(), Optional.empty(), Retry.NONE, ResultKind.TEXT);

    /** Copies the map and keeps its order. */
    public Defaults {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
}

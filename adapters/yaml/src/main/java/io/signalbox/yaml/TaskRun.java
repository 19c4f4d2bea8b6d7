package io.signalbox.yaml;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What does the tasks of one type of a pattern.
 *
 * @param run what is executed
 * @param env environment variables, those of the defaults first
 * @param timeout time limit of one attempt
 * @param retry attempts after the first
 * @param result how standard output becomes the result
 */
public record TaskRun(Run run, Map<String, Template> env, Optional<Duration> timeout, Retry retry, ResultKind result) {
    /** Copies the map and keeps its order. */
    public TaskRun {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
}

package io.signalbox.yaml;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a workflow, with the file's defaults merged in.
 *
 * @param id unique in the file: {@code [A-Za-z_][A-Za-z0-9_-]*}, at most {@link Limits#ID_LENGTH_MAX} characters
 * @param run what it executes
 * @param needs ids of the steps that must end before it, in declared order; a {@code foreach} step stands for all its instances
 * @param when runs only if this is true; empty means always
 * @param foreach runs once for each item; empty means once
 * @param env environment variables, those of the defaults first, in declared order
 * @param timeout time limit of one attempt; empty means none
 * @param retry attempts after the first
 * @param result how standard output becomes its result
 * @param outputs name to path of what an attempt leaves behind, in declared order; the paths are relative, use {@code /} and
 *     stay inside the attempt's directory
 * @param line line of the step in the file, from 1
 */
public record Step(
        String id,
        Run run,
        List<String> needs,
        Optional<Expression> when,
        Optional<Foreach> foreach,
        Map<String, Template> env,
        Optional<Duration> timeout,
        Retry retry,
        ResultKind result,
        Map<String, String> outputs,
        int line) {

    /** Copies lists and maps and keeps their order. */
    public Step {
        needs = List.copyOf(needs);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}

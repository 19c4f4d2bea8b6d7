package io.signalbox.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One workflow file, checked: every name in it resolves, no needs form a cycle, every limit is kept. Immutable.
 *
 * @param name what people call the workflow; the file's name without its extension when the file gives none
 * @param description one or more sentences for people
 * @param inputs what a run may or must be given, in declared order, names unique
 * @param defaults what the steps were given when they did not say otherwise; already merged into each {@link Step}
 * @param concurrency how many steps may run at once, 1 to {@link Limits#CONCURRENCY_MAX}; 0 when the file does not say, which
 *     means the number of processors of the machine that runs it
 * @param onError what a failed step does to the rest
 * @param secrets names of environment variables that must never be journaled or shown, in declared order
 * @param steps the steps in declared order, at least one, ids unique
 * @param source where the text came from, as it was given to the loader
 * @param sourceText the whole text, so that a later change of the file can be shown
 * @param timeout time limit of a run
 * @param limits what the steps of a run share, in declared order
 * @param calls the workflows that steps stand for
 * @param outputs what it gives to a workflow that calls it, in declared order
 */
public record WorkflowFile(
        String name,
        Optional<String> description,
        List<Input> inputs,
        Defaults defaults,
        int concurrency,
        OnError onError,
        List<String> secrets,
        List<Step> steps,
        Path source,
        String sourceText,
        Optional<Duration> timeout,
        List<Limit> limits,
        List<Call> calls,
        Map<String, Call.Argument> outputs) {

    /** A workflow without time limit, limits, sub-workflows and outputs. */
    public WorkflowFile(
            final String name,
            final Optional<String> description,
            final List<Input> inputs,
            final Defaults defaults,
            final int concurrency,
            final OnError onError,
            final List<String> secrets,
            final List<Step> steps,
            final Path source,
            final String sourceText) {
        this(
                name,
                description,
                inputs,
                defaults,
                concurrency,
                onError,
                secrets,
                steps,
                source,
                sourceText,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** Copies the lists and the map, so that the record stays as it is. */
    public WorkflowFile {
        inputs = List.copyOf(inputs);
        secrets = List.copyOf(secrets);
        steps = List.copyOf(steps);
        limits = List.copyOf(limits);
        calls = List.copyOf(calls);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** The call of that id, or empty. */
    public Optional<Call> call(final String id) {
        return calls.stream().filter(call -> call.id().equals(id)).findFirst();
    }

    /** The same with other steps, such as some of them. */
    public WorkflowFile withSteps(final List<Step> newSteps) {
        return new WorkflowFile(
                name,
                description,
                inputs,
                defaults,
                concurrency,
                onError,
                secrets,
                newSteps,
                source,
                sourceText,
                timeout,
                limits,
                calls,
                outputs);
    }

    /** The same with another number of steps that may run at once. */
    public WorkflowFile withConcurrency(final int newConcurrency) {
        return new WorkflowFile(
                name,
                description,
                inputs,
                defaults,
                newConcurrency,
                onError,
                secrets,
                steps,
                source,
                sourceText,
                timeout,
                limits,
                calls,
                outputs);
    }

    /** The step of that id, or empty. */
    public Optional<Step> step(final String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The input of that name, or empty. */
    public Optional<Input> input(final String inputName) {
        return inputs.stream().filter(input -> input.name().equals(inputName)).findFirst();
    }
}

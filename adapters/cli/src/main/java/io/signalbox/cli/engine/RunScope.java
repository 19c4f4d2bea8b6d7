package io.signalbox.cli.engine;

import io.signalbox.yaml.Call;
import io.signalbox.yaml.Scope;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the placeholders of one step instance see.
 *
 * @param inputs of the run
 * @param steps what is known of a step by its id
 * @param calls the workflow that a step stands for, by its id
 * @param variables the environment before the step's own {@code env}
 * @param foreachItem of an instance
 * @param foreachIndex of an instance, from 0
 * @param runDirectory the run's folder
 * @param workflowDirectory the workflow file's folder
 * @param signalboxClasspath see {@link SelfClasspath}
 */
public record RunScope(
        ObjectNode inputs,
        Function<String, Optional<StepOutcomes>> steps,
        Function<String, Optional<Call>> calls,
        Map<String, String> variables,
        Optional<JsonNode> foreachItem,
        OptionalInt foreachIndex,
        Path runDirectory,
        Path workflowDirectory,
        String signalboxClasspath)
        implements Scope {
    public RunScope {
        variables = Map.copyOf(variables);
    }

    @Override
    public Optional<StepOutcomes> step(final String id) {
        return steps.apply(id);
    }

    @Override
    public Optional<Call> call(final String id) {
        return calls.apply(id);
    }

    @Override
    public Optional<String> environment(final String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** The same for one instance of a {@code foreach} step. */
    public RunScope forInstance(final JsonNode item, final int index) {
        return new RunScope(
                inputs,
                steps,
                calls,
                variables,
                Optional.of(item),
                OptionalInt.of(index),
                runDirectory,
                workflowDirectory,
                signalboxClasspath);
    }
}

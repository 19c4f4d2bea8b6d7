package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What placeholders see when one step instance is about to run. Implemented by whoever runs workflows; it must answer the same
 * for as long as one template is rendered or one condition evaluated, on the calling thread.
 */
public interface Scope {

    /** The run's inputs, as {@link Inputs#resolve} gave them. Not changed by the caller. */
    ObjectNode inputs();

    /** What is known of a step by its id in the file, or empty if the run has no such step. */
    Optional<StepOutcomes> step(String id);

    /** The variable of the environment in which the run was started, or empty if it is not set there. */
    Optional<String> environment(String name);

    /** The item of this instance, or empty outside a {@code foreach} step. */
    Optional<JsonNode> foreachItem();

    /** The index of this instance from 0, or empty outside a {@code foreach} step. */
    OptionalInt foreachIndex();

    /** The folder of this run. */
    Path runDirectory();

    /** The folder of the workflow file, where steps run. */
    Path workflowDirectory();

    /** The class path of Signalbox itself, for steps that are Java programs. */
    String signalboxClasspath();

    /** The workflow that a step stands for, by the step's id in the file; empty for a step that stands for none. */
    default Optional<Call> call(final String id) {
        return Optional.empty();
    }

    /** What the placeholders of a workflow see that is called here. */
    default Scope inside(final Call call) {
        return new CallScope(this, this, call);
    }

    /**
     * What is known of one step.
     *
     * @param isForeach whether placeholders without an index stand for a list, even when it has one element
     * @param instances one for each instance in input order; exactly one when {@code isForeach} is false
     */
    record StepOutcomes(boolean isForeach, List<StepOutcome> instances) {
        /** Copies the list. */
        public StepOutcomes {
            instances = List.copyOf(instances);
            if (!isForeach && instances.size() != 1) {
                throw new IllegalArgumentException(
                        "a step without foreach has exactly one instance, got " + instances.size());
            }
        }
    }

    /**
     * What is known of one step instance.
     *
     * @param state its state in one word, such as {@code succeeded}
     * @param exitCode the exit code of its last attempt, or empty if none ended by itself
     * @param result its result, or empty if it has none; a text node for {@code result: text}
     * @param outputs name to the path where the output stands now
     */
    record StepOutcome(String state, OptionalInt exitCode, Optional<JsonNode> result, Map<String, String> outputs) {
        /** Copies the map. */
        public StepOutcome {
            outputs = Map.copyOf(outputs);
        }
    }
}

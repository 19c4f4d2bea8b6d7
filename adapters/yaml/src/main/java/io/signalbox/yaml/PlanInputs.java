package io.signalbox.yaml;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The inputs that are known when a run starts, also those that a sub-workflow is given from them. */
final class PlanInputs {
    private final WorkflowFile workflow;
    private final JsonNode inputs;

    PlanInputs(final WorkflowFile workflow, final JsonNode inputs) {
        this.workflow = workflow;
        this.inputs = inputs;
    }

    /** What a placeholder stands for where a step stands, or null when there is nothing. */
    JsonNode value(final Placeholder.InputValue reference, final Step step) {
        return value(reference, step.flow().scope(), step);
    }

    private JsonNode value(final Placeholder.InputValue reference, final String scope, final Step step) {
        final JsonNode whole = scope.isEmpty()
                ? inputs.get(reference.name())
                : given(workflow.call(scope).orElseThrow(), reference.name(), step);
        JsonNode value = whole;
        for (final String segment : reference.path()) {
            value = value == null ? null : PlaceholderResolver.child(value, segment);
        }
        return value;
    }

    /** The value of an argument where a step stands. */
    JsonNode argument(final Call.Argument argument, final String name, final Step step) {
        if (argument.literal().isPresent()) {
            return argument.literal().get();
        }
        final Placeholder.InputValue input = onlyInput(argument.template().orElseThrow())
                .orElseThrow(() -> new IllegalStateException("no placeholder of an input: " + argument));
        final JsonNode value = value(input, step);
        if (value == null) {
            throw new PlanException("parameter '" + name + "' of step '" + step.id() + "' is ${" + input.text()
                    + "}, which is not there; give the input a value");
        }
        return value;
    }

    /** The input that is all of a template. */
    static Optional<Placeholder.InputValue> onlyInput(final Template template) {
        return template.parts().size() == 1
                        && template.parts().get(0) instanceof Template.Part.Value only
                        && only.placeholder() instanceof Placeholder.InputValue input
                ? Optional.of(input)
                : Optional.empty();
    }

    private JsonNode given(final Call call, final String name, final Step step) {
        final Call.Argument argument = call.inputs().get(name);
        if (argument == null || argument.literal().isPresent()) {
            return argument == null ? null : argument.literal().get();
        }
        final Optional<Placeholder.InputValue> input =
                onlyInput(argument.template().orElseThrow());
        if (input.isPresent()) {
            return value(input.get(), call.scope(), step);
        }
        throw new PlanException(
                "'foreach' of step '" + step.id() + "' needs a list that is known when the run starts, but "
                        + "input '" + name + "' of '" + call.id() + "' is "
                        + argument.template().orElseThrow().text()
                        + "; give it a list, or an input");
    }
}

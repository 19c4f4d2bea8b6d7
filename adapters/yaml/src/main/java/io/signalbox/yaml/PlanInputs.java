package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * Whether a place of an input is known when a run starts. It is not where a sub-workflow is given what other steps come to.
     *
     * @param scope of the step that asks
     * @param calls knows every call by its id
     */
    static boolean isKnown(
            final Placeholder.InputValue reference, final String scope, final Function<String, Call> calls) {
        if (scope.isEmpty()) {
            return true;
        }
        final Call call = calls.apply(scope);
        final Call.Argument argument = call.inputs().get(reference.name());
        if (argument == null || argument.template().isEmpty()) {
            return true;
        }
        return onlyInput(argument.template().get())
                .map(input -> isKnown(input, call.scope(), calls))
                .orElse(false);
    }

    /** The items of a step, as far as they are known when the run starts; empty for those that other steps come to. */
    Optional<List<JsonNode>> items(final Step step, final Foreach foreach) {
        if (foreach instanceof Foreach.Items literal) {
            return Optional.of(literal.items());
        }
        if (!(foreach instanceof Foreach.FromInput input)
                || !isKnown(
                        input.reference(),
                        step.flow().scope(),
                        id -> workflow.call(id).orElseThrow())) {
            return Optional.empty();
        }
        final Placeholder.InputValue reference = input.reference();
        return Optional.of(ForeachItems.of(step, reference, value(reference, step), "give the input a JSON array"));
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
        throw new PlanException("step '" + step.id() + "' needs a value that is known when the run starts, but input '"
                + name + "' of '" + call.id() + "' is "
                + argument.template().orElseThrow().text() + "; give it a value, or an input");
    }
}

package io.signalbox.yaml;

import java.util.List;
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

    private JsonNode given(final Call call, final String name, final Step step) {
        final Call.Argument argument = call.inputs().get(name);
        if (argument == null || argument.literal().isPresent()) {
            return argument == null ? null : argument.literal().get();
        }
        final List<Template.Part> parts = argument.template().orElseThrow().parts();
        if (parts.size() == 1
                && parts.get(0) instanceof Template.Part.Value only
                && only.placeholder() instanceof Placeholder.InputValue input) {
            return value(input, call.scope(), step);
        }
        throw new PlanException("'foreach' of step '" + step.id() + "' needs a list that is known when the run starts, but "
                + "input '" + name + "' of '" + call.id() + "' is " + argument.template().orElseThrow().text()
                + "; give it a list, or an input");
    }
}

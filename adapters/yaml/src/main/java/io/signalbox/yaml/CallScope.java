package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the placeholders of a sub-workflow see: its own inputs, which are worked out where it is called, its own steps and folder. */
public final class CallScope implements Scope {
    private final Scope caller;
    private final Scope steps;
    private final Call call;
    private ObjectNode inputs;

    /**
     * For one call.
     *
     * @param caller where the call's inputs are worked out
     * @param steps knows every step of the run by its whole id, and the item of this instance
     */
    public CallScope(final Scope caller, final Scope steps, final Call call) {
        this.caller = caller;
        this.steps = steps;
        this.call = call;
    }

    /** The scope of a step: that of the run, inside the calls that lead to it. */
    public static Scope of(final WorkflowFile workflow, final String scope, final Scope run) {
        if (scope.isEmpty()) {
            return run;
        }
        final Call call = workflow.call(scope).orElseThrow();
        return new CallScope(of(workflow, call.scope(), run), run, call);
    }

    @Override
    public synchronized ObjectNode inputs() {
        if (inputs == null) {
            final ObjectNode values = JsonNodeFactory.instance.objectNode();
            for (final Map.Entry<String, Call.Argument> argument : call.inputs().entrySet()) {
                values.set(argument.getKey(), value(argument.getKey(), argument.getValue()));
            }
            inputs = values;
        }
        return inputs;
    }

    private JsonNode value(final String name, final Call.Argument argument) {
        return argument.literal()
                .orElseGet(() ->
                        argument.template().orElseThrow().value(caller, "input '" + name + "' of '" + call.id() + "'"));
    }

    @Override
    public Optional<Call> call(final String id) {
        return steps.call(Call.inside(call.id(), id));
    }

    @Override
    public Scope inside(final Call inner) {
        return new CallScope(this, steps, inner);
    }

    @Override
    public Optional<StepOutcomes> step(final String id) {
        return steps.step(Call.inside(call.id(), id));
    }

    @Override
    public Optional<String> environment(final String name) {
        return steps.environment(name);
    }

    @Override
    public Optional<JsonNode> foreachItem() {
        return steps.foreachItem();
    }

    @Override
    public OptionalInt foreachIndex() {
        return steps.foreachIndex();
    }

    @Override
    public Path runDirectory() {
        return steps.runDirectory();
    }

    @Override
    public Path workflowDirectory() {
        final Path folder = call.source().toAbsolutePath().normalize().getParent();
        return folder == null ? steps.workflowDirectory() : folder;
    }

    @Override
    public String signalboxClasspath() {
        return steps.signalboxClasspath();
    }
}

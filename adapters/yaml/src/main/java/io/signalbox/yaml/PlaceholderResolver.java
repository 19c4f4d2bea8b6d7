package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Looks placeholders up in a scope. */
final class PlaceholderResolver {
    private final Scope scope;
    private final String where;

    PlaceholderResolver(final Scope scope, final String where) {
        this.scope = scope;
        this.where = where;
    }

    /** The value, for reading only. */
    JsonNode value(final Placeholder placeholder) {
        if (placeholder instanceof Placeholder.InputValue input) {
            return input(input);
        } else if (placeholder instanceof Placeholder.StepResult result) {
            return ofStep(
                    result,
                    result.id(),
                    result.index(),
                    outcome -> walk(result, result(result, outcome), result.path()));
        } else if (placeholder instanceof Placeholder.StepOutput output) {
            final Optional<Call> call = scope.call(output.id());
            return call.isPresent()
                    ? walk(output, given(output, call.get()), output.path())
                    : ofStep(output, output.id(), output.index(), outcome -> output(output, outcome));
        } else if (placeholder instanceof Placeholder.StepState state) {
            return ofStep(state, state.id(), state.index(), outcome -> StringNode.valueOf(outcome.state()));
        } else if (placeholder instanceof Placeholder.StepExitCode code) {
            return ofStep(code, code.id(), code.index(), outcome -> exitCode(code, outcome));
        } else if (placeholder instanceof Placeholder.EnvironmentVariable variable) {
            return StringNode.valueOf(scope.environment(variable.name())
                    .orElseThrow(() -> unresolved(
                            variable,
                            "the environment variable '" + variable.name()
                                    + "' is not set; set it before the run, or use an input with a default")));
        } else if (placeholder instanceof Placeholder.ForeachItem item) {
            return walk(item, scope.foreachItem().orElseThrow(() -> outsideForeach(item)), item.path());
        } else if (placeholder instanceof Placeholder.ForeachIndex index) {
            return IntNode.valueOf(scope.foreachIndex().orElseThrow(() -> outsideForeach(index)));
        } else if (placeholder instanceof Placeholder.RunDirectory) {
            return StringNode.valueOf(scope.runDirectory().toString());
        } else if (placeholder instanceof Placeholder.WorkflowDirectory) {
            return StringNode.valueOf(scope.workflowDirectory().toString());
        } else {
            return StringNode.valueOf(scope.signalboxClasspath());
        }
    }

    private JsonNode input(final Placeholder.InputValue input) {
        final JsonNode value = scope.inputs().get(input.name());
        if (value == null) {
            throw unresolved(
                    input,
                    "the run has no input '" + input.name() + "'; give it with --input " + input.name() + "=VALUE");
        }
        return walk(input, value, input.path());
    }

    private JsonNode ofStep(
            final Placeholder placeholder,
            final String id,
            final OptionalInt index,
            final Function<Scope.StepOutcome, JsonNode> value) {
        final Scope.StepOutcomes outcomes = scope.step(id)
                .orElseThrow(() ->
                        unresolved(placeholder, "the run has no step '" + id + "'; add the step or take this out"));
        final List<Scope.StepOutcome> instances = outcomes.instances();
        if (index.isPresent()) {
            if (index.getAsInt() >= instances.size()) {
                throw unresolved(
                        placeholder,
                        "step '" + id + "' has " + instances.size()
                                + (instances.size() == 1 ? " instance" : " instances")
                                + ", counted from 0; take a smaller index or give foreach more items");
            }
            return value.apply(instances.get(index.getAsInt()));
        }
        if (!outcomes.isForeach()) {
            return value.apply(instances.get(0));
        }
        final ArrayNode list = JsonNodeFactory.instance.arrayNode();
        instances.forEach(outcome -> list.add(value.apply(outcome)));
        return list;
    }

    private JsonNode result(final Placeholder.StepResult placeholder, final Scope.StepOutcome outcome) {
        return outcome.result()
                .orElseThrow(() -> unresolved(
                        placeholder,
                        "step '" + placeholder.id() + "' is " + outcome.state()
                                + " and has no result that can be passed on; "
                                + (outcome.state().equals("succeeded")
                                        ? "pass large results as a file in 'outputs'"
                                        : "only a step that has succeeded has one")));
    }

    /** What a sub-workflow gives. It is worked out where it is asked for, from results that do not change any more. */
    private JsonNode given(final Placeholder.StepOutput output, final Call call) {
        final String state = scope.step(output.id())
                .map(outcomes -> outcomes.instances().get(0).state())
                .orElse("not there");
        final Call.Argument value = call.outputs().get(output.name());
        if (value == null || !state.equals("succeeded")) {
            throw unresolved(
                    output,
                    "sub-workflow '" + output.id() + "' is " + state + " and has given no output '" + output.name()
                            + "'; only one that has succeeded gives its outputs");
        }
        final String what = "output '" + output.name() + "' of '" + call.id() + "'";
        return value.literal().orElseGet(() -> value.template().orElseThrow().value(scope.inside(call), what));
    }

    private JsonNode output(final Placeholder.StepOutput placeholder, final Scope.StepOutcome outcome) {
        final Optional<String> path = Optional.ofNullable(outcome.outputs().get(placeholder.name()));
        return StringNode.valueOf(path.orElseThrow(() -> unresolved(
                placeholder,
                "step '" + placeholder.id() + "' is " + outcome.state() + " and has left no output '"
                        + placeholder.name() + "'; only a step that has succeeded has its outputs")));
    }

    private JsonNode exitCode(final Placeholder.StepExitCode placeholder, final Scope.StepOutcome outcome) {
        return IntNode.valueOf(outcome.exitCode()
                .orElseThrow(() -> unresolved(
                        placeholder,
                        "step '" + placeholder.id() + "' is " + outcome.state()
                                + " and has no exit code; ask for its state instead")));
    }

    private JsonNode walk(final Placeholder placeholder, final JsonNode from, final List<String> path) {
        JsonNode node = from;
        for (final String segment : path) {
            final JsonNode next = child(node, segment);
            if (next == null) {
                throw unresolved(placeholder, noSuchPlace(node, segment));
            }
            node = next;
        }
        return node;
    }

    /** The field or element of that name, or null. */
    static JsonNode child(final JsonNode node, final String segment) {
        return node.isArray() && segment.matches("0|[1-9][0-9]{0,8}")
                ? node.get(Integer.parseInt(segment))
                : node.get(segment);
    }

    private static String noSuchPlace(final JsonNode node, final String segment) {
        if (node.isArray()) {
            return "a list of " + node.size() + " has no element '" + segment + "'; the index counts from 0";
        }
        if (node.isObject()) {
            final List<String> fields = List.copyOf(node.propertyNames());
            return "there is no field '" + segment + "'"
                    + (fields.isEmpty() ? ", the object is empty" : NearestName.hint(segment, fields));
        }
        return "there is no field '" + segment + "' in " + JsonText.describe(node)
                + "; a step's result has fields with 'result: json'";
    }

    private UnresolvedPlaceholderException outsideForeach(final Placeholder placeholder) {
        return unresolved(placeholder, "the step has no foreach; add one or take this out");
    }

    private UnresolvedPlaceholderException unresolved(final Placeholder placeholder, final String reason) {
        return new UnresolvedPlaceholderException("${" + placeholder.text() + "}", where, reason);
    }
}

package io.signalbox.kernel.composition;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes compositions.
 *
 * @param name not empty.
 * @param version of what it makes.
 * @param parameters what it is told, each once.
 * @param body makes the composition of a value for each parameter that has one; the same of the same values.
 */
public record WorkflowTemplate(
        String name, Version version, List<Parameter> parameters, Function<Map<String, Object>, Composition> body) {
    public WorkflowTemplate {
        parameters = Arguments.distinct("template '" + name + "'", parameters);
    }

    /** Version 1.0.0. */
    public static WorkflowTemplate of(
            final String name, final Function<Map<String, Object>, Composition> body, final Parameter... parameters) {
        return new WorkflowTemplate(name, new Version(1, 0, 0), List.of(parameters), body);
    }

    /** The same under another version. */
    public WorkflowTemplate version(final String text) {
        return new WorkflowTemplate(name, Version.of(text), parameters, body);
    }
}

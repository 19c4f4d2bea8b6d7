package io.signalbox.kernel.composition;

import java.util.List;

/**
 * A component with its name.
 *
 * @param name not empty.
 * @param version of what it does.
 * @param parameters what it is told, each once; none may be called {@value Component#INPUTS}.
 * @param component that does it.
 */
public record ComponentDefinition(String name, Version version, List<Parameter> parameters, Component component) {
    public ComponentDefinition {
        parameters = Arguments.distinct("component '" + name + "'", parameters);
        InvalidCompositionException.unless(
                parameters.stream().noneMatch(parameter -> parameter.name().equals(Component.INPUTS)),
                "component '" + name + "' has a parameter '" + Component.INPUTS + "'; that name is taken");
    }

    /** Version 1.0.0. */
    public static ComponentDefinition of(final String name, final Component component, final Parameter... parameters) {
        return new ComponentDefinition(name, new Version(1, 0, 0), List.of(parameters), component);
    }

    /** The same under another version. */
    public ComponentDefinition version(final String text) {
        return new ComponentDefinition(name, Version.of(text), parameters, component);
    }
}

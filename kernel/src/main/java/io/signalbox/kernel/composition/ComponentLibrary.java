package io.signalbox.kernel.composition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Components by name and version. What was registered stays. Any thread. */
public final class ComponentLibrary {
    private final Versions<ComponentDefinition> components = new Versions<>("component");

    /**
     * Add a component.
     *
     * @throws InvalidCompositionException when there is one of this name and version.
     */
    public ComponentLibrary register(final ComponentDefinition definition) {
        components.add(definition.name(), definition.version(), definition);
        return this;
    }

    /** The component of the highest version; null when there is none of this name. */
    public ComponentDefinition get(final String name) {
        return components.find(name, null);
    }

    /** The component of a version; null when there is none. */
    public ComponentDefinition get(final String name, final Version version) {
        return components.find(name, version);
    }

    /** Versions of a component, from the lowest; none when there is none of this name. */
    public List<Version> versions(final String name) {
        return components.versions(name);
    }

    /** Names of all components. */
    public List<String> names() {
        return components.names();
    }

    /**
     * Execute the highest version of a component. One that is absent, is told something wrong, throws, or gives nothing was unsuccessful.
     *
     * @param context a value for each parameter that is said.
     */
    public ComponentResult execute(final String name, final Variables state, final Map<String, ?> context) {
        return execute(name, null, state, context, Map.of());
    }

    ComponentResult execute(
            final String name,
            final Version version,
            final Variables state,
            final Map<String, ?> arguments,
            final Map<String, Map<String, Object>> inputs) {
        final ComponentDefinition definition = components.find(name, version);
        if (definition == null) {
            return ComponentResult.failure(
                    "no component is called '" + name + "'" + (version == null ? "" : " of version " + version));
        }
        try {
            final Map<String, Object> context = new LinkedHashMap<>(
                    Arguments.resolved("component '" + name + "'", definition.parameters(), arguments));
            context.put(Component.INPUTS, inputs);
            final ComponentResult result = definition.component().execute(state, context);
            return result == null ? ComponentResult.failure("component '" + name + "' gave no result") : result;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return ComponentResult.failure("component '" + name + "' was interrupted");
        } catch (final Throwable e) { // whatever a component throws is its failure, and is told
            return ComponentResult.failure("component '" + name + "' failed: " + CompositionRunner.text(e));
        }
    }

    /**
     * Execute a component, and an ordinary node when that is absent or unsuccessful.
     *
     * @throws Exception that the node throws.
     */
    public NodeResult executeOr(
            final String name,
            final Variables state,
            final Map<String, ?> context,
            final Callable<Map<String, Object>> node)
            throws Exception {
        final ComponentResult result = execute(name, state, context);
        return result.isSuccess()
                ? new NodeResult(result.resultData(), true, "")
                : new NodeResult(node.call(), false, result.problem());
    }
}

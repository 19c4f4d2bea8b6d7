package io.signalbox.kernel.composition;

import java.util.List;
import java.util.Map;

/** Templates by name and version. What was registered stays. Any thread. */
public final class TemplateLibrary {
    /** How deep sub-workflows may stand in each other. */
    public static final int DEPTH_MAX = 32;

    private final Versions<WorkflowTemplate> templates = new Versions<>("template");

    /**
     * Add a template.
     *
     * @throws InvalidCompositionException when there is one of this name and version.
     */
    public TemplateLibrary register(final WorkflowTemplate template) {
        templates.add(template.name(), template.version(), template);
        return this;
    }

    /** Versions of a template, from the lowest; none when there is none of this name. */
    public List<Version> versions(final String name) {
        return templates.versions(name);
    }

    /** Names of all templates. */
    public List<String> names() {
        return templates.names();
    }

    /**
     * Make a workflow of a template of the highest version, with everything in the place of its sub-workflows.
     *
     * @throws InvalidCompositionException when there is no such template, an argument is wrong, or templates contain each other.
     */
    public Composition instantiate(final String name, final Map<String, ?> arguments) {
        return new TemplateExpansion(templates).made(templates.get(name, null), arguments, List.of());
    }

    /** As {@link #instantiate(String, Map)}, of a version. */
    public Composition instantiate(final String name, final Version version, final Map<String, ?> arguments) {
        return new TemplateExpansion(templates).made(templates.get(name, version), arguments, List.of());
    }

    /**
     * Put into the place of each sub-workflow what its template makes.
     *
     * @throws InvalidCompositionException as {@link #instantiate(String, Map)}, and when there are more than {@value CompositionPlan#STEPS_MAX} steps then.
     */
    public Composition expand(final Composition composition) {
        return new TemplateExpansion(templates).expanded(composition, List.of());
    }
}

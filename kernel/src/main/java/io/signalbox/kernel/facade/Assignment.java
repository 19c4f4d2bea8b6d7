package io.signalbox.kernel.facade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one agent is to do: immutable, with the fields of the guides. Start from {@link #of(String)} and say what else is known. */
public final class Assignment {
    private static final String KNOWN = "agent_role, objective, tasks, input_data, priority, dependencies, "
            + "output_requirements, success_criteria, quality_gates";

    private final Map<String, Object> document;
    private final List<AgentDependency> dependencies;

    private Assignment(final Map<String, Object> document) {
        final Fields fields = new Fields(document, "an assignment");
        fields.take(String.class, "", "agent_role");
        fields.take(String.class, "", "objective");
        fields.texts("tasks");
        fields.map("input_data");
        fields.take(String.class, "", "priority");
        fields.take(Object.class, "", "output_requirements", "success_criteria", "quality_gates");
        final List<AgentDependency> needed = new ArrayList<>();
        fields.list("dependencies").forEach(each -> needed.add(AgentDependency.of(each)));
        fields.end(KNOWN);
        this.document = Copies.of(document);
        this.dependencies = List.copyOf(needed);
    }

    /** An assignment with this objective. */
    public static Assignment of(final String objective) {
        return of(Map.of("objective", objective));
    }

    /**
     * An assignment as the guides write it.
     *
     * @throws io.signalbox.kernel.CommandRefusedException when a field or the type of a dependency is unknown.
     */
    public static Assignment of(final Map<String, ?> document) {
        return new Assignment(new LinkedHashMap<>(document));
    }

    private Assignment with(final String field, final Object value) {
        final Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put(field, value);
        return new Assignment(changed);
    }

    /** What the agent is in this work. */
    public Assignment agentRole(final String role) {
        return with("agent_role", role);
    }

    /** Its single tasks. */
    public Assignment tasks(final String... tasks) {
        return with("tasks", List.of(tasks));
    }

    /** What it works on: one value more. */
    public Assignment inputData(final String name, final Object value) {
        final Map<String, Object> data = new LinkedHashMap<>(inputData());
        data.put(name, value);
        return with("input_data", data);
    }

    /** What it needs first: agents that must have succeeded. */
    public Assignment dependencies(final String... agentIds) {
        return with("dependencies", List.of(agentIds));
    }

    /** What it needs first. */
    public Assignment dependencies(final AgentDependency... needed) {
        return with("dependencies", List.of(needed));
    }

    /** By what it has succeeded. */
    public Assignment successCriteria(final Map<String, Object> criteria) {
        return with("success_criteria", criteria);
    }

    /** What its result must have. */
    public Assignment outputRequirements(final Map<String, Object> requirements) {
        return with("output_requirements", requirements);
    }

    /** Its role; empty when it was given none. */
    public String agentRole() {
        return (String) document.getOrDefault("agent_role", "");
    }

    /** What it is to reach; empty when nothing was said. */
    public String objective() {
        return (String) document.getOrDefault("objective", "");
    }

    /** Its single tasks. */
    public List<String> tasks() {
        return new Fields(document, "an assignment").texts("tasks");
    }

    /** What it works on. */
    public Map<String, Object> inputData() {
        return new Fields(document, "an assignment").map("input_data");
    }

    /** What it needs first. */
    public List<AgentDependency> dependencies() {
        return dependencies;
    }

    /** With the fields of the guides, in plain values: what the agent's context is made of. */
    public Map<String, Object> document() {
        final Map<String, Object> plain = new LinkedHashMap<>(document);
        plain.put(
                "dependencies",
                dependencies.stream().map(AgentDependency::document).toList());
        return plain;
    }
}

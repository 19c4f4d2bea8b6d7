package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one agent is to do. Immutable. Any thread. */
public final class AgentAssignment {
    private static final List<String> DEPENDENCY_TYPES = List.of(
            "agent_completion",
            "resource",
            "resource_availability",
            "quality_gate",
            "signal",
            "approval",
            "state_predicate",
            "sync_point",
            "composite");

    private final DocumentValue document;
    private final String role;
    private final List<Criterion> criteria;

    private AgentAssignment(final DocumentValue document, final String role, final List<Criterion> criteria) {
        this.document = document;
        this.role = role;
        this.criteria = criteria;
    }

    /**
     * The assignment in a document.
     *
     * @param agent its role, when the document names none.
     * @throws InvalidContextException when a field is unknown, of the wrong type, or not to be judged.
     */
    static AgentAssignment of(final DocumentValue document, final String agent) {
        final String where = "the assignment of '" + agent + "'";
        final Fields fields = new Fields(document, where);
        final String role = fields.text("agent_role", agent);
        fields.text("objective", "");
        fields.texts("tasks");
        fields.map("input_data");
        fields.text("priority", "");
        final DocumentValue dependencies = fields.list("dependencies");
        for (int i = 0; i < dependencies.size(); i++) {
            checkDependency(dependencies.value(i), where);
        }
        final List<Criterion> criteria = new ArrayList<>();
        for (final String section :
                List.of(Criterion.SUCCESS_CRITERIA, Criterion.OUTPUT_REQUIREMENTS, Criterion.QUALITY_GATES)) {
            criteria.addAll(Criterion.of(section, fields.value(section), where));
        }
        fields.end();
        return new AgentAssignment(document, role, List.copyOf(criteria));
    }

    /** The name of an agent, or a map with {@code type} and {@code target}. */
    private static void checkDependency(final DocumentValue dependency, final String where) {
        final boolean isNamed = dependency.isText() && !dependency.text().isEmpty();
        final String type = dependency.textOf("type");
        if (isNamed) {
            return;
        }
        if (!dependency.isMap() || type.isEmpty()) {
            throw new InvalidContextException(
                    Rejection.INVALID_DEPENDENCY,
                    "a dependency of " + where + " must be the name of an agent, or a map with type and target, not "
                            + dependency);
        }
        if (!DEPENDENCY_TYPES.contains(type)) {
            throw new InvalidContextException(
                    Rejection.INVALID_DEPENDENCY,
                    "a dependency of " + where + " has the unknown type '" + type + "'; the nearest known one is '"
                            + NearestName.of(type, DEPENDENCY_TYPES) + "'");
        }
        if (dependency.textOf("target").isEmpty() && !type.equals("composite")) {
            throw new InvalidContextException(
                    Rejection.INVALID_DEPENDENCY, "the dependency " + dependency + " of " + where + " has no target");
        }
    }

    /** What the agent is in this work; its name, when nothing else was said. */
    public String agentRole() {
        return role;
    }

    /** What it is to reach; empty when nothing was said. */
    public String objective() {
        return document.textOf("objective");
    }

    /** The single tasks, in the order in which they were given. */
    public List<String> tasks() {
        return list("tasks").toTexts();
    }

    /** What it works on. */
    public Map<String, Object> inputData() {
        return document.mapOf("input_data").toMap();
    }

    /** What it needs first, in the order in which it was given: a text, the name of an agent; or a map with type and target. */
    public List<Object> dependencies() {
        return list("dependencies").toList();
    }

    /** How urgent it is, in the words of who assigned it; empty when nothing was said. */
    public String priority() {
        return document.textOf("priority");
    }

    /** By what it has succeeded, as it was written: a map or a list. */
    public Object successCriteria() {
        return written(Criterion.SUCCESS_CRITERIA);
    }

    /** What its result must have, as it was written: a map or a list. */
    public Object outputRequirements() {
        return written(Criterion.OUTPUT_REQUIREMENTS);
    }

    /** Which gates must have passed, as it was written: a map or a list. */
    public Object qualityGates() {
        return written(Criterion.QUALITY_GATES);
    }

    private Object written(final String section) {
        final DocumentValue value = document.get(section);
        return value == null ? Map.of() : value.toObject();
    }

    private DocumentValue list(final String name) {
        final DocumentValue value = document.get(name);
        return value == null ? DocumentValue.EMPTY_LIST : value;
    }

    /** By what a completion is judged; sentences for people are not among them. */
    List<Criterion> criteria() {
        return criteria;
    }

    /** As it was given. */
    public DocumentValue document() {
        return document;
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.context.InvalidContextException;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.state.StatePredicate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the dependencies of an assignment into the one document that also waits and schedulers read. */
final class AssignmentDependencies {
    private static final Set<String> FIELDS = new TreeSet<>(List.of(
            "type",
            "target",
            "dependency_id",
            "timeout",
            "threshold",
            "require_success",
            "max_retries",
            "wait",
            "from",
            "members",
            "needed",
            "cancel_rest",
            "operator",
            "operand",
            "operand_type",
            "sort",
            "metadata"));
    /** What may stand under {@code metadata}, and what it is here. */
    private static final Map<String, String> METADATA = Map.ofEntries(
            Map.entry("threshold", "threshold"),
            Map.entry("availability_threshold", "threshold"),
            Map.entry("require_success", "require_success"),
            Map.entry("wait", "wait"),
            Map.entry("from", "from"),
            Map.entry("completion_event", "from"),
            Map.entry("sender", "from"),
            Map.entry("approver", "from"),
            Map.entry("members", "members"),
            Map.entry("needed", "needed"),
            Map.entry("cancel_rest", "cancel_rest"),
            Map.entry("operator", "operator"),
            Map.entry("operand", "operand"),
            Map.entry("operand_type", "operand_type"),
            Map.entry("sort", "sort"),
            Map.entry("resource_type", "sort"),
            Map.entry("gate_type", "sort"));

    private static final List<String> ASKED = List.of("operator", "operand", "operand_type");
    private static final double MS_PER_S = 1000;

    private final String agent;
    private final Duration timeout;

    private AssignmentDependencies(final String agent, final Duration timeout) {
        this.agent = agent;
        this.timeout = timeout;
    }

    /**
     * The document of an agent.
     *
     * @param dependencies names of agents, or maps: {@code type, target}, and if need be {@code dependency_id, timeout} (seconds), {@code threshold,
     *     require_success, max_retries, wait, from, sort}, of a composite {@code members, needed, cancel_rest}, of a state {@code operator, operand,
     *     operand_type}; all but the first four may stand under {@code metadata} instead, also under their older names; what else stands
     *     there is the agent's.
     * @param timeout of those that name none, zero for no limit.
     */
    static DependencyDocument of(final String agent, final List<?> dependencies, final Duration timeout) {
        final AssignmentDependencies reader = new AssignmentDependencies(agent, timeout);
        final List<DependencyDocument.Entry> entries = new ArrayList<>();
        for (final Object dependency : dependencies) {
            entries.add(
                    dependency instanceof Map<?, ?> map ? reader.entry(map) : reader.completion((String) dependency));
        }
        try {
            return new DependencyDocument(agent, entries);
        } catch (final InvalidContextException e) {
            throw e;
        } catch (final IllegalArgumentException e) {
            throw reader.invalid(e.getMessage());
        }
    }

    private DependencyDocument.Entry completion(final String target) {
        return new DependencyDocument.Entry(
                idFor(target), DependencyKind.AGENT_COMPLETION, target, "", timeout, 0, true, 0, true, 0, List.of());
    }

    /** Among the waits of a coordination no two agents have one of the same name. */
    private String idFor(final String target) {
        return agent + " needs " + target;
    }

    private DependencyDocument.Entry entry(final Map<?, ?> written) {
        for (final Object field : written.keySet()) {
            if (!FIELDS.contains((String) field)) {
                throw new InvalidContextException(
                        Rejection.UNKNOWN_FIELD,
                        "a dependency of '" + agent + "' has the unknown field '" + field + "'; there are " + FIELDS);
            }
        }
        final Map<Object, Object> map = flat(written);
        final String target = text(map, "target", "");
        final List<String> members = new ArrayList<>();
        if (map.get("members") instanceof List<?> list) {
            list.forEach(member -> members.add(String.valueOf(member)));
        }
        try {
            final DependencyKind kind = DependencyDocument.kindNamed(text(map, "type", ""));
            final double threshold = kind == DependencyKind.RESOURCE ? 1 : 0;
            return new DependencyDocument.Entry(
                    text(map, "dependency_id", idFor(target)),
                    kind,
                    target,
                    from(kind, text(map, "from", "")),
                    map.containsKey("timeout")
                            ? Duration.ofMillis((long) (number(map, "timeout", 0) * MS_PER_S))
                            : timeout,
                    (int) number(map, "max_retries", 0),
                    flag(map, "require_success"),
                    number(map, "threshold", threshold),
                    flag(map, "wait"),
                    (int) number(map, "needed", members.size()),
                    members,
                    map.get("cancel_rest") != null && flag(map, "cancel_rest"),
                    kind == DependencyKind.STATE_PREDICATE ? predicate(target, map) : null,
                    text(map, "sort", ""));
        } catch (final InvalidContextException e) {
            throw e;
        } catch (final IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    /** What stands under {@code metadata} and says how to wait, beside what is said outside, which wins. */
    private static Map<Object, Object> flat(final Map<?, ?> written) {
        final Map<Object, Object> flat = new LinkedHashMap<>(written);
        if (flat.remove("metadata") instanceof Map<?, ?> metadata) {
            metadata.forEach((name, value) -> {
                final String ours = METADATA.get(String.valueOf(name));
                if (ours != null) {
                    flat.putIfAbsent(ours, value);
                }
            });
        }
        return flat;
    }

    private static String from(final DependencyKind kind, final String written) {
        return kind == DependencyKind.AGENT_COMPLETION && written.equals(DependencyMap.ANY_COMPLETION) ? "" : written;
    }

    private static StatePredicate predicate(final String target, final Map<?, ?> map) {
        final Map<String, Object> asked = new LinkedHashMap<>();
        ASKED.forEach(part -> asked.put(part, map.get(part)));
        return DependencyMap.predicate(target, asked);
    }

    private String text(final Map<?, ?> map, final String field, final String missing) {
        final Object value = map.get(field);
        if (value == null || value instanceof String) {
            return value == null ? missing : (String) value;
        }
        throw wrong(field, "a text", value);
    }

    private double number(final Map<?, ?> map, final String field, final double missing) {
        final Object value = map.get(field);
        if (value == null || value instanceof Number) {
            return value == null ? missing : ((Number) value).doubleValue();
        }
        throw wrong(field, "a number", value);
    }

    /** True unless it says otherwise. */
    private boolean flag(final Map<?, ?> map, final String field) {
        final Object value = map.get(field);
        if (value == null || value instanceof Boolean) {
            return value == null || (Boolean) value;
        }
        throw wrong(field, "true or false", value);
    }

    private InvalidContextException wrong(final String field, final String wanted, final Object value) {
        return invalid("'" + field + "' of a dependency of '" + agent + "' must be " + wanted + ", not " + value);
    }

    private InvalidContextException invalid(final String message) {
        return new InvalidContextException(Rejection.INVALID_DEPENDENCY, message);
    }
}

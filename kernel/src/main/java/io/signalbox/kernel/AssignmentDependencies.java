package io.signalbox.kernel;

import io.signalbox.kernel.context.InvalidContextException;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.event.Rejection;
import java.time.Duration;
import java.util.ArrayList;
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
            "metadata"));
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
     *     require_success, max_retries, wait, from}, of a composite {@code members, needed}; what stands under {@code metadata} is the agent's.
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

    private DependencyDocument.Entry entry(final Map<?, ?> map) {
        for (final Object field : map.keySet()) {
            if (!FIELDS.contains((String) field)) {
                throw new InvalidContextException(
                        Rejection.UNKNOWN_FIELD,
                        "a dependency of '" + agent + "' has the unknown field '" + field + "'; there are " + FIELDS);
            }
        }
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
                    text(map, "from", ""),
                    map.containsKey("timeout")
                            ? Duration.ofMillis((long) (number(map, "timeout", 0) * MS_PER_S))
                            : timeout,
                    (int) number(map, "max_retries", 0),
                    flag(map, "require_success"),
                    number(map, "threshold", threshold),
                    flag(map, "wait"),
                    (int) number(map, "needed", members.size()),
                    members);
        } catch (final InvalidContextException e) {
            throw e;
        } catch (final IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
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

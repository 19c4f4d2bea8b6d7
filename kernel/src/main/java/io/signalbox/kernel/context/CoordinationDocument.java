package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A document that starts a whole coordination, as coordinators write it: {@code coordinator_type, agent_count, mode, repository_info,
 * intelligence_results, execution_params, dependencies}. Its agents are those that {@code dependencies} names, each with the list of those
 * that it needs first.
 *
 * @param agents in the order of their names.
 * @param dependencyTimeoutMs how long an agent may wait for those that it needs, 0 for no limit.
 * @param distribution what is distributed for it: a document as {@link Distribution} reads it.
 */
public record CoordinationDocument(List<String> agents, long dependencyTimeoutMs, DocumentValue distribution) {
    private static final long MS_PER_S = 1000;
    private static final long TIME_MAX_S = 1_000_000_000;
    private static final String ASSIGNMENT = "assignment";
    private static final String DEPENDENCIES = "dependencies";

    public CoordinationDocument {
        agents = List.copyOf(agents);
    }

    /**
     * Read a document.
     *
     * @throws InvalidContextException when it cannot be started; the message says why.
     */
    public static CoordinationDocument of(final String sessionId, final DocumentValue document) {
        final Fields fields = new Fields(document, "the coordination document");
        final DocumentValue about = DocumentValue.EMPTY_MAP
                .with("coordinator_type", DocumentValue.of(fields.text("coordinator_type", "")))
                .with("mode", DocumentValue.of(fields.text("mode", "")))
                .with("repository_info", fields.map("repository_info"));
        final long agentCount = fields.number("agent_count", -1, 0, Integer.MAX_VALUE);
        final DocumentValue results = fields.map("intelligence_results");
        final Fields params = new Fields(fields.map("execution_params"), "the execution_params");
        final DocumentValue dependencies = fields.map(DEPENDENCIES);
        fields.end();
        final List<String> agents = new ArrayList<>(dependencies.entries().keySet());
        if (agents.isEmpty()) {
            throw new InvalidContextException(Rejection.NO_AGENTS, "the coordination document names no agents");
        }
        if (agentCount >= 0 && agentCount != agents.size()) {
            throw new InvalidContextException(
                    Rejection.INVALID_FIELD,
                    "agent_count says " + agentCount + ", but dependencies names " + agents.size() + ": " + agents);
        }
        checkGraph(dependencies, agents);
        final long dependencyTimeoutMs = params.number("dependency_timeout", 0, 0, TIME_MAX_S) * MS_PER_S;
        final DocumentValue defaults = DocumentValue.EMPTY_MAP
                .with("resource_allocation", allocation(params))
                .with(
                        "coordination_protocols",
                        DocumentValue.EMPTY_MAP.with("completion_notification_required", DocumentValue.of((Object)
                                params.flag("completion_notification_required", true))));
        params.end();
        DocumentValue parts = DocumentValue.EMPTY_MAP;
        for (int i = 0; i < agents.size(); i++) {
            final DocumentValue assignment = DocumentValue.EMPTY_MAP.with(DEPENDENCIES, dependencies.value(i));
            parts = parts.with(agents.get(i), DocumentValue.EMPTY_MAP.with(ASSIGNMENT, assignment));
        }
        return new CoordinationDocument(
                agents,
                dependencyTimeoutMs,
                DocumentValue.EMPTY_MAP
                        .with("session_id", DocumentValue.of(sessionId))
                        .with("coordination", about)
                        .with("shared_intelligence", shared(results, dependencies))
                        .with("defaults", defaults)
                        .with("agents", parts));
    }

    /** Seconds become milliseconds; what is not said keeps the kernel's default. */
    private static DocumentValue allocation(final Fields params) {
        final TreeMap<String, DocumentValue> allocation = new TreeMap<>();
        if (params.value("timeout") != null) {
            final long timeoutS = params.number("timeout", 0, 1, TIME_MAX_S);
            allocation.put("max_execution_time_ms", DocumentValue.of(timeoutS * MS_PER_S));
        }
        copy(params, "retry_limit", allocation, "max_retry_attempts");
        for (final String name : List.of(
                "max_execution_time_ms",
                "max_retry_attempts",
                "max_memory_mb",
                "quality_threshold",
                "timeout_ms",
                "concurrency_limit")) {
            copy(params, name, allocation, name);
        }
        return DocumentValue.map(allocation);
    }

    private static void copy(
            final Fields params,
            final String from,
            final NavigableMap<String, DocumentValue> allocation,
            final String to) {
        final DocumentValue value = params.value(from);
        if (value != null) {
            allocation.put(to, value);
        }
    }

    /**
     * A result that bears the name of a kind is of that kind. Of the others a list of texts is a category of patterns, anything else a type.
     */
    private static DocumentValue shared(final DocumentValue results, final DocumentValue dependencies) {
        DocumentValue types = DocumentValue.EMPTY_MAP;
        DocumentValue patterns = DocumentValue.EMPTY_MAP;
        DocumentValue shared = DocumentValue.EMPTY_MAP.with(IntelligenceKind.DEPENDENCY_GRAPH.field(), dependencies);
        for (int i = 0; i < results.size(); i++) {
            final DocumentValue result = results.value(i);
            if (IntelligenceKind.named(results.name(i)) != null) {
                shared = shared.with(results.name(i), DocumentMerge.shallow(shared.mapOf(results.name(i)), result));
            } else if (result.holdsTextsOnly()) {
                patterns = patterns.with(results.name(i), result);
            } else {
                types = types.with(results.name(i), result);
            }
        }
        return with(with(shared, IntelligenceKind.TYPE_REGISTRY, types), IntelligenceKind.PATTERN_LIBRARY, patterns);
    }

    private static DocumentValue with(
            final DocumentValue shared, final IntelligenceKind kind, final DocumentValue more) {
        return more.size() == 0
                ? shared
                : shared.with(kind.field(), DocumentMerge.shallow(shared.mapOf(kind.field()), more));
    }

    /** Each agent needs others of the document, and none needs itself, however far about. */
    private static void checkGraph(final DocumentValue dependencies, final List<String> agents) {
        for (int i = 0; i < agents.size(); i++) {
            if (!dependencies.value(i).holdsTextsOnly()) {
                throw new InvalidContextException(
                        Rejection.INVALID_DEPENDENCY,
                        "the dependencies of '" + agents.get(i) + "' must be a list of agents, not "
                                + dependencies.value(i));
            }
            for (final String needed : dependencies.value(i).toTexts()) {
                if (!agents.contains(needed)) {
                    throw new InvalidContextException(
                            Rejection.INVALID_DEPENDENCY,
                            "'" + agents.get(i) + "' needs '" + needed
                                    + "', which the document does not have; the nearest is '"
                                    + NearestName.of(needed, agents) + "'");
                }
            }
        }
        final List<String> done = new ArrayList<>();
        for (final String agent : agents) {
            checkAcyclic(dependencies, agent, new ArrayList<>(), done);
        }
    }

    private static void checkAcyclic(
            final DocumentValue dependencies, final String agent, final List<String> path, final List<String> done) {
        if (done.contains(agent)) {
            return;
        }
        path.add(agent);
        if (path.indexOf(agent) < path.size() - 1) {
            throw new InvalidContextException(
                    Rejection.INVALID_DEPENDENCY,
                    "these agents need each other in a circle: "
                            + String.join(" -> ", path.subList(path.indexOf(agent), path.size())));
        }
        for (final String needed : dependencies.get(agent).toTexts()) {
            checkAcyclic(dependencies, needed, path, done);
        }
        path.remove(path.size() - 1);
        done.add(agent);
    }
}

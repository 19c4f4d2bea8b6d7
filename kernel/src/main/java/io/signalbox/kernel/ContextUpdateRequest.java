package io.signalbox.kernel;

import io.signalbox.kernel.context.ContextRules;
import io.signalbox.kernel.context.Distribution;
import io.signalbox.kernel.context.IntelligenceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of what agents share. Immutable; each setter answers a new one. By itself it is shallow, for all agents, of any version, and
 * raises their versions.
 *
 * @param updateType which of the five kinds.
 * @param updateData names with their new values.
 * @param removed names that go.
 * @param targetAgents those that see it; none means all.
 * @param isDeep whether maps inside are merged, not replaced.
 * @param incrementVersion whether the versions of the agents reached rise.
 * @param expectedVersion that each of them must have, -1 for any.
 */
public record ContextUpdateRequest(
        IntelligenceKind updateType,
        Map<String, ?> updateData,
        List<String> removed,
        List<String> targetAgents,
        boolean isDeep,
        boolean incrementVersion,
        long expectedVersion) {
    public ContextUpdateRequest {
        removed = List.copyOf(removed);
        targetAgents = List.copyOf(targetAgents);
    }

    /** New values for some names of a kind. */
    public static ContextUpdateRequest of(final IntelligenceKind updateType, final Map<String, ?> updateData) {
        return new ContextUpdateRequest(
                updateType, updateData, List.of(), List.of(), false, true, ContextRules.ANY_VERSION);
    }

    /**
     * As {@link #of(IntelligenceKind, Map)}, the kind by its name: {@code type_registry} and so on.
     *
     * @throws io.signalbox.kernel.context.InvalidContextException when there is no such kind.
     */
    public static ContextUpdateRequest of(final String updateType, final Map<String, ?> updateData) {
        final IntelligenceKind kind = IntelligenceKind.named(updateType);
        if (kind == null) {
            throw Distribution.unknownKind(updateType);
        }
        return of(kind, updateData);
    }

    /** Maps inside are merged, not replaced. */
    public ContextUpdateRequest deep() {
        return new ContextUpdateRequest(
                updateType, updateData, removed, targetAgents, true, incrementVersion, expectedVersion);
    }

    /** Names that go. */
    public ContextUpdateRequest remove(final String... names) {
        return new ContextUpdateRequest(
                updateType, updateData, List.of(names), targetAgents, isDeep, incrementVersion, expectedVersion);
    }

    /** Those that see it; none means all. */
    public ContextUpdateRequest to(final String... agents) {
        return new ContextUpdateRequest(
                updateType, updateData, removed, List.of(agents), isDeep, incrementVersion, expectedVersion);
    }

    /** The versions stay. */
    public ContextUpdateRequest keepingVersions() {
        return new ContextUpdateRequest(updateType, updateData, removed, targetAgents, isDeep, false, expectedVersion);
    }

    /** Refused unless each agent reached has this version. */
    public ContextUpdateRequest expecting(final long version) {
        return new ContextUpdateRequest(
                updateType, updateData, removed, targetAgents, isDeep, incrementVersion, version);
    }

    Map<String, Object> toDocument() {
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put("data", updateData);
        document.put("remove", removed);
        document.put("targets", targetAgents);
        return document;
    }
}

package io.signalbox.kernel.agent;

import java.util.List;

/**
 * Which agents are looked for. Immutable; start from a static method and add what else has to hold: an agent is found when all that is
 * said holds.
 *
 * @param allOf capabilities that it must have, each of them.
 * @param anyOf capabilities of which it must have one; empty: no matter.
 * @param tagsAllOf tags that it must have, each of them.
 * @param tagsAnyOf tags of which it must have one; empty: no matter.
 * @param type of the agent, empty: no matter.
 * @param standing what its status must be.
 * @param similarityMin 0 to 1: how much a capability or tag of an agent must be like the one that is looked for; 1: it is that one.
 * @param limit most agents that are answered, 1 or more.
 */
public record AgentQuery(
        List<String> allOf,
        List<String> anyOf,
        List<String> tagsAllOf,
        List<String> tagsAnyOf,
        String type,
        Standing standing,
        double similarityMin,
        int limit) {
    /** The similarity that is usual where names may be written otherwise. */
    public static final double ALIKE = 0.7;

    /** What the status of an agent must be. */
    public enum Standing {
        /** Available or busy. */
        ACTIVE,
        /** Available. */
        AVAILABLE,
        /** Registered, but not active: silent, declared to be absent, or retired. */
        NOT_ACTIVE,
        /** No matter. */
        ANY;

        /** Whether this status is meant. */
        public boolean includes(final AgentStatus status) {
            return switch (this) {
                case ACTIVE -> status.isActive();
                case AVAILABLE -> status == AgentStatus.AVAILABLE;
                case NOT_ACTIVE -> !status.isActive();
                case ANY -> true;
            };
        }
    }

    /**
     * @throws IllegalArgumentException when the similarity is not in 0..1, the limit is below 1, or more than
     *     {@value AgentTask#NAMES_MAX} capabilities or tags are named.
     */
    public AgentQuery {
        allOf = List.copyOf(allOf);
        anyOf = List.copyOf(anyOf);
        tagsAllOf = List.copyOf(tagsAllOf);
        tagsAnyOf = List.copyOf(tagsAnyOf);
        AgentTask.requireFew("capabilities", allOf.size() + anyOf.size());
        AgentTask.requireFew("tags", tagsAllOf.size() + tagsAnyOf.size());
        if (!(similarityMin >= 0 && similarityMin <= 1)) {
            throw new IllegalArgumentException("similarityMin must be in 0..1: " + similarityMin);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more: " + limit);
        }
    }

    /** Every active agent. */
    public static AgentQuery everybody() {
        return new AgentQuery(List.of(), List.of(), List.of(), List.of(), "", Standing.ACTIVE, 1, Integer.MAX_VALUE);
    }

    /** Active agents that have all of these capabilities. */
    public static AgentQuery withAllOf(final String... capabilities) {
        return everybody().and(List.of(capabilities), List.of());
    }

    /** Active agents that have one of these capabilities. */
    public static AgentQuery withAnyOf(final String... capabilities) {
        return everybody().and(List.of(), List.of(capabilities));
    }

    private AgentQuery and(final List<String> all, final List<String> any) {
        return new AgentQuery(all, any, tagsAllOf, tagsAnyOf, type, standing, similarityMin, limit);
    }

    /** And it has all of these tags. */
    public AgentQuery taggedAllOf(final String... tags) {
        return new AgentQuery(allOf, anyOf, List.of(tags), tagsAnyOf, type, standing, similarityMin, limit);
    }

    /** And it has one of these tags. */
    public AgentQuery taggedAnyOf(final String... tags) {
        return new AgentQuery(allOf, anyOf, tagsAllOf, List.of(tags), type, standing, similarityMin, limit);
    }

    public AgentQuery ofType(final String type) {
        return new AgentQuery(allOf, anyOf, tagsAllOf, tagsAnyOf, type, standing, similarityMin, limit);
    }

    public AgentQuery standing(final Standing standing) {
        return new AgentQuery(allOf, anyOf, tagsAllOf, tagsAnyOf, type, standing, similarityMin, limit);
    }

    /** Names that are so much alike count as the same; {@link #ALIKE} is usual. */
    public AgentQuery alike(final double similarityMin) {
        return new AgentQuery(allOf, anyOf, tagsAllOf, tagsAnyOf, type, standing, similarityMin, limit);
    }

    public AgentQuery limit(final int limit) {
        return new AgentQuery(allOf, anyOf, tagsAllOf, tagsAnyOf, type, standing, similarityMin, limit);
    }
}

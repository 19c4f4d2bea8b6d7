package io.signalbox.kernel.agent;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What an agent says of itself when it registers. Immutable; start from {@link #of} and change what differs. The kernel checks the
 * limits when it is registered and answers a named refusal, so nothing is checked here.
 *
 * @param id of the agent: the name under which it also sends signals.
 * @param type what kind of agent it is, empty for none.
 * @param capabilities what it can do, 1 to {@value AgentRules#FEATURES_MAX} names, each once.
 * @param tags what else it is found by, 0 to {@value AgentRules#FEATURES_MAX} names, each once.
 * @param version three numbers such as {@code 1.4.0}.
 * @param description for people.
 * @param author for people.
 * @param origin where it is defined, as the registrar of annotated classes notes it.
 * @param config anything that those who employ it want to keep beside it.
 * @param tasksMax tasks it may have at once, 1 to {@value AgentRules#TASKS_MAX}.
 * @param priority 0 to {@value AgentRules#PRIORITY_MAX}; the higher, the sooner it is chosen.
 * @param heartbeatIntervalMs how often it says that it is there; 0: it does not, and is never found silent.
 * @param missesMax heartbeats that may stay away, 1 to {@value AgentRules#MISSES_MAX}; after so many intervals it is silent.
 */
public record AgentProfile(
        String id,
        String type,
        List<String> capabilities,
        List<String> tags,
        String version,
        String description,
        String author,
        String origin,
        String config,
        int tasksMax,
        int priority,
        long heartbeatIntervalMs,
        int missesMax) {
    /** Tasks at once, where a profile does not say otherwise. */
    public static final int TASKS_AT_ONCE = 10;
    /** Priority, where a profile does not say otherwise. */
    public static final int PRIORITY = 50;
    /** Heartbeats that may stay away, where a profile does not say otherwise. */
    public static final int MISSES = 5;

    public AgentProfile {
        capabilities = List.copyOf(new LinkedHashSet<>(capabilities));
        tags = List.copyOf(new LinkedHashSet<>(tags));
    }

    /** An agent with these capabilities and the usual settings. */
    public static AgentProfile of(final String id, final String... capabilities) {
        return new AgentProfile(
                id, "", List.of(capabilities), List.of(), "1.0.0", "", "", "", "", TASKS_AT_ONCE, PRIORITY, 0, MISSES);
    }

    public AgentProfile withCapabilities(final String... capabilities) {
        return with(type, List.of(capabilities), tags, tasksMax, priority, heartbeatIntervalMs, missesMax);
    }

    public AgentProfile withType(final String type) {
        return with(type, capabilities, tags, tasksMax, priority, heartbeatIntervalMs, missesMax);
    }

    public AgentProfile withTags(final String... tags) {
        return with(type, capabilities, List.of(tags), tasksMax, priority, heartbeatIntervalMs, missesMax);
    }

    public AgentProfile withTasksMax(final int tasksMax) {
        return with(type, capabilities, tags, tasksMax, priority, heartbeatIntervalMs, missesMax);
    }

    public AgentProfile withPriority(final int priority) {
        return with(type, capabilities, tags, tasksMax, priority, heartbeatIntervalMs, missesMax);
    }

    /** It will say that it is there each {@code heartbeatIntervalMs}, and is silent when {@code missesMax} of them stay away. */
    public AgentProfile withHeartbeat(final long heartbeatIntervalMs, final int missesMax) {
        return with(type, capabilities, tags, tasksMax, priority, heartbeatIntervalMs, missesMax);
    }

    public AgentProfile withVersion(final String version) {
        return withTexts(version, description, author, origin, config);
    }

    public AgentProfile withDescription(final String description) {
        return withTexts(version, description, author, origin, config);
    }

    public AgentProfile withAuthor(final String author) {
        return withTexts(version, description, author, origin, config);
    }

    public AgentProfile withOrigin(final String origin) {
        return withTexts(version, description, author, origin, config);
    }

    public AgentProfile withConfig(final String config) {
        return withTexts(version, description, author, origin, config);
    }

    private AgentProfile with(
            final String type,
            final List<String> capabilities,
            final List<String> tags,
            final int tasksMax,
            final int priority,
            final long heartbeatIntervalMs,
            final int missesMax) {
        return new AgentProfile(
                id,
                type,
                capabilities,
                tags,
                version,
                description,
                author,
                origin,
                config,
                tasksMax,
                priority,
                heartbeatIntervalMs,
                missesMax);
    }

    private AgentProfile withTexts(
            final String version,
            final String description,
            final String author,
            final String origin,
            final String config) {
        return new AgentProfile(
                id,
                type,
                capabilities,
                tags,
                version,
                description,
                author,
                origin,
                config,
                tasksMax,
                priority,
                heartbeatIntervalMs,
                missesMax);
    }
}

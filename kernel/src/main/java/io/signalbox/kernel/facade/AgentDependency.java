package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Dependency;
import io.signalbox.kernel.event.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that an agent needs before it can start, in the words of the guides.
 *
 * @param dependencyId unique among those of its agent.
 * @param type {@code agent_completion}, {@code resource_availability} or {@code quality_gate}.
 * @param target agent, resource or gate.
 * @param timeout above zero.
 * @param threshold of a gate, 0 to 1, inclusive.
 * @param requireSuccess whether a failed completion fails it.
 * @param waits false to be answered at once, for a resource.
 */
public record AgentDependency(
        String dependencyId,
        String type,
        String target,
        Duration timeout,
        double threshold,
        boolean requireSuccess,
        boolean waits) {
    /** Another agent has completed. */
    public static final String AGENT_COMPLETION = "agent_completion";
    /** A resource is available. */
    public static final String RESOURCE_AVAILABILITY = "resource_availability";
    /** A gate's score has reached a threshold. */
    public static final String QUALITY_GATE = "quality_gate";

    /** How long a dependency is waited for that says nothing else. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** What a gate must reach that says nothing else. */
    public static final double THRESHOLD = 0.8;

    private static final List<String> TYPES = List.of(AGENT_COMPLETION, RESOURCE_AVAILABILITY, QUALITY_GATE);

    public AgentDependency {
        require(!Objects.requireNonNull(dependencyId).isBlank(), "a dependency needs an id");
        require(!Objects.requireNonNull(target).isBlank(), "dependency '" + dependencyId + "' needs a target");
        require(
                !timeout.isNegative() && !timeout.isZero(),
                "timeout of dependency '" + dependencyId + "' must be above zero: " + timeout);
        require(
                threshold >= 0 && threshold <= 1,
                "threshold of dependency '" + dependencyId + "' must be in 0..1: " + threshold);
        if (!TYPES.contains(type)) {
            throw new CommandRefusedException(
                    Rejection.INVALID_ASSIGNMENT,
                    "dependency '" + dependencyId + "' has the unknown type '" + type + "'; known are " + TYPES);
        }
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new CommandRefusedException(Rejection.INVALID_ASSIGNMENT, message);
        }
    }

    /** The success of an agent, within two minutes; its id is {@code <agent>_complete}. */
    public static AgentDependency on(final String agentId) {
        return new AgentDependency(agentId + "_complete", AGENT_COMPLETION, agentId, TIMEOUT, THRESHOLD, true, true);
    }

    /** A resource, within two minutes. */
    public static AgentDependency onResource(final String resourceId) {
        return new AgentDependency(
                resourceId + "_available", RESOURCE_AVAILABILITY, resourceId, TIMEOUT, THRESHOLD, true, true);
    }

    /**
     * A gate, within two minutes.
     *
     * @param threshold 0 to 1, inclusive.
     */
    public static AgentDependency onGate(final String gateId, final double threshold) {
        return new AgentDependency(gateId, QUALITY_GATE, gateId, TIMEOUT, threshold, true, true);
    }

    /** This one with another limit of time. */
    public AgentDependency withTimeout(final Duration limit) {
        return new AgentDependency(dependencyId, type, target, limit, threshold, requireSuccess, waits);
    }

    /**
     * One as the guides write it: the name of an agent, or a map with {@code dependency_id}, {@code type}, {@code target},
     * {@code timeout} in seconds and {@code metadata}.
     *
     * @throws CommandRefusedException when a field or the type is unknown, or the id or target is missing.
     */
    public static AgentDependency of(final Object written) {
        if (written instanceof AgentDependency dependency) {
            return dependency;
        }
        if (written instanceof String agentId) {
            return on(agentId);
        }
        if (!(written instanceof Map<?, ?> map)) {
            throw new CommandRefusedException(
                    Rejection.INVALID_ASSIGNMENT,
                    "a dependency is the name of an agent, or a map with type and target, not " + written);
        }
        return of(map);
    }

    @SuppressWarnings("unchecked") // a key that is no text is no known field
    private static AgentDependency of(final Map<?, ?> map) {
        final Fields fields = new Fields((Map<String, ?>) map, "a dependency");
        final String id = fields.take(String.class, "", "id", "dependency_id");
        final String type = fields.take(String.class, AGENT_COMPLETION, "type", "dependency_type");
        final String target = fields.take(String.class, "", "target");
        final Number timeout = fields.take(Number.class, TIMEOUT.toSeconds(), "timeout");
        final Fields metadata = new Fields(fields.map("metadata"), "the metadata of dependency '" + id + "'");
        fields.end("dependency_id, type, target, timeout, metadata");
        final String named = metadata.take(String.class, target, "agent_id", "resource_id", "gate_id");
        final Number threshold = metadata.take(Number.class, THRESHOLD, "threshold");
        final boolean requireSuccess = metadata.take(Boolean.class, true, "require_success");
        final boolean waits = metadata.take(Boolean.class, true, "wait");
        metadata.take(String.class, "", "resource_type", "gate_type");
        metadata.end("agent_id, resource_id, gate_id, threshold, require_success, wait");
        return new AgentDependency(
                id.isEmpty() ? named + "_complete" : id,
                "resource".equals(type) ? RESOURCE_AVAILABILITY : type,
                named,
                Duration.ofNanos((long) Math.min(timeout.doubleValue() * 1e9, 9e18)),
                threshold.doubleValue(),
                requireSuccess,
                waits);
    }

    /** Whether it is another agent's completion. */
    boolean isOnAgent() {
        return AGENT_COMPLETION.equals(type);
    }

    /** Declare the wait for it. */
    Dependency declare(final Coordination coordination) {
        return switch (type) {
            case AGENT_COMPLETION ->
                requireSuccess
                        ? coordination.awaitsCompletion(target, timeout)
                        : coordination.awaitsEnd(target, timeout);
            case RESOURCE_AVAILABILITY ->
                waits ? coordination.awaitsResource(target, timeout) : coordination.checksResource(target);
            case QUALITY_GATE -> coordination.awaitsGate(target, threshold, timeout);
            default -> throw new IllegalStateException(type + " was checked");
        };
    }
}

package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.DependencyDocument;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.state.StatePredicate;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One thing that an agent needs before it can start, in the words of the guides. Immutable. What stands in it is an entry of a
 * {@link DependencyDocument}, so contexts, waits and schedulers read the same.
 */
public final class AgentDependency {
    /** What a gate must reach that says nothing else. */
    public static final double THRESHOLD = 0.8;

    private static final double NS_PER_S = 1e9;
    private static final double LONGEST_NS = 9e18;

    private final DependencyDocument.Entry entry;

    private AgentDependency(final DependencyDocument.Entry entry) {
        this.entry = entry;
    }

    // ------------------------------------------------------------------ making one

    /** The success of an agent, within two minutes; its id is {@code <agent>_complete}. */
    public static AgentDependency on(final String agentId) {
        return simple(agentId + "_complete", DependencyKind.AGENT_COMPLETION, agentId, 0);
    }

    /** A resource, within two minutes; its id is {@code <resource>_available}. */
    public static AgentDependency onResource(final String resourceId) {
        return simple(resourceId + "_available", DependencyKind.RESOURCE, resourceId, 1);
    }

    /**
     * A gate, within two minutes; its id is the gate's.
     *
     * @param threshold 0 to 1, inclusive.
     */
    public static AgentDependency onGate(final String gateId, final double threshold) {
        return simple(gateId, DependencyKind.QUALITY_GATE, gateId, threshold);
    }

    /** A signal that is raised after the agent began to wait, within two minutes; its id is {@code <type>_raised}. */
    public static AgentDependency onSignal(final String signalType) {
        return simple(signalType + "_raised", DependencyKind.SIGNAL, signalType, 0);
    }

    /** A person's approval, within two minutes; its id is {@code <subject>_approved}. */
    public static AgentDependency onApproval(final String subject) {
        return simple(subject + "_approved", DependencyKind.APPROVAL, subject, 0);
    }

    /** A sync point of the session, within two minutes; its id is {@code <name>_ready}. */
    public static AgentDependency onSyncPoint(final String syncPoint) {
        return simple(syncPoint + "_ready", DependencyKind.SYNC_POINT, syncPoint, 0);
    }

    /** A key of the session's state that is as a predicate says, within two minutes; its id is {@code <key>_holds}. */
    public static AgentDependency onState(final String key, final StatePredicate predicate) {
        return of(() -> entry(key + "_holds", DependencyKind.STATE_PREDICATE, key, 0, 0, List.of(), predicate));
    }

    /** At least so many of others that stand before it in the list. */
    public static AgentDependency atLeast(final String id, final int needed, final String... dependencyIds) {
        return of(() -> entry(id, DependencyKind.COMPOSITE, "", 0, needed, List.of(dependencyIds), null));
    }

    private static AgentDependency simple(
            final String id, final DependencyKind kind, final String target, final double threshold) {
        return of(() -> entry(id, kind, target, threshold, 0, List.of(), null));
    }

    private static DependencyDocument.Entry entry(
            final String id,
            final DependencyKind kind,
            final String target,
            final double threshold,
            final int needed,
            final List<String> members,
            final StatePredicate predicate) {
        return new DependencyDocument.Entry(
                id,
                kind,
                target,
                "",
                DependencyDocument.TIMEOUT,
                0,
                true,
                threshold,
                true,
                needed,
                members,
                false,
                predicate,
                "");
    }

    private static AgentDependency of(final Supplier<DependencyDocument.Entry> entry) {
        try {
            return new AgentDependency(entry.get());
        } catch (final IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private static CommandRefusedException refused(final String message) {
        return new CommandRefusedException(Rejection.INVALID_ASSIGNMENT, message);
    }

    /** This one with another limit of time, above zero. */
    public AgentDependency withTimeout(final Duration timeout) {
        if (timeout.isZero()) {
            throw refused("timeout of dependency '" + dependencyId() + "' must be above zero");
        }
        return with(timeout, entry.retriesMax(), entry.from(), entry.successRequired(), entry.waits());
    }

    /** This one, declared again so often when its time is up. */
    public AgentDependency withMaxRetries(final int retries) {
        return with(entry.timeout(), retries, entry.from(), entry.successRequired(), entry.waits());
    }

    /** This one, of a sender, approver or event of the completion. */
    public AgentDependency from(final String name) {
        return with(entry.timeout(), entry.retriesMax(), name, entry.successRequired(), entry.waits());
    }

    /** This one, satisfied by a failed completion too. */
    public AgentDependency endSuffices() {
        return with(entry.timeout(), entry.retriesMax(), entry.from(), false, entry.waits());
    }

    /** This one, answered at once: what is not there has failed. */
    public AgentDependency atOnce() {
        return with(entry.timeout(), entry.retriesMax(), entry.from(), entry.successRequired(), false);
    }

    private AgentDependency with(
            final Duration timeout,
            final int retriesMax,
            final String from,
            final boolean successRequired,
            final boolean waits) {
        return of(() -> new DependencyDocument.Entry(
                entry.id(),
                entry.kind(),
                entry.target(),
                from,
                timeout,
                retriesMax,
                successRequired,
                entry.threshold(),
                waits,
                entry.needed(),
                entry.members(),
                entry.cancelsRest(),
                entry.predicate(),
                entry.sort()));
    }

    // ------------------------------------------------------------------ as the guides write it

    /**
     * One as the guides write it: the name of an agent, or a map with {@code dependency_id}, {@code type}, {@code target},
     * {@code timeout} in seconds, {@code max_retries} and {@code metadata}.
     *
     * @throws CommandRefusedException when a field or the type is unknown, the target is missing, or a number is out of its range.
     */
    public static AgentDependency of(final Object written) {
        if (written instanceof AgentDependency dependency) {
            return dependency;
        }
        if (written instanceof String agentId) {
            return on(agentId);
        }
        if (written instanceof Map<?, ?> map) {
            return of(map);
        }
        throw refused("a dependency is the name of an agent, or a map with type and target, not " + written);
    }

    @SuppressWarnings("unchecked") // a key that is no text is no known field
    private static AgentDependency of(final Map<?, ?> map) {
        final Fields fields = new Fields((Map<String, ?>) map, "a dependency");
        final String id = fields.take(String.class, "", "id", "dependency_id");
        final DependencyKind kind = kind(id, fields.take(String.class, "agent_completion", "type", "dependency_type"));
        final String target = fields.take(String.class, "", "target");
        final Number timeout = fields.take(Number.class, DependencyDocument.TIMEOUT.toSeconds(), "timeout");
        final Number retries = fields.take(Number.class, 0, "max_retries");
        final Fields metadata = new Fields(fields.map("metadata"), "the metadata of dependency '" + id + "'");
        fields.end("dependency_id, type, target, timeout, max_retries, metadata");
        final String named = metadata.take(String.class, target, "agent_id", "resource_id", "gate_id", "key");
        final Number threshold = kind == DependencyKind.RESOURCE
                ? metadata.take(Number.class, 1, "availability_threshold")
                : metadata.take(Number.class, THRESHOLD, "threshold");
        final boolean successRequired = metadata.take(Boolean.class, true, "require_success");
        final boolean waits = metadata.take(Boolean.class, true, "wait");
        final String from = metadata.take(String.class, "", "completion_event", "sender", "approver");
        final int needed = metadata.take(Number.class, 0, "needed").intValue();
        final List<String> members = metadata.texts("members");
        final boolean cancelsRest = metadata.take(Boolean.class, false, "cancel_rest");
        final String sort = metadata.take(String.class, "", "resource_type", "gate_type", "sort");
        final Map<String, Object> asked = new LinkedHashMap<>();
        for (final String part : List.of("operator", "operand", "operand_type")) {
            asked.put(part, metadata.take(Object.class, null, part));
        }
        metadata.take(Number.class, 0, "check_interval_ms"); // nobody polls
        metadata.end("agent_id, resource_id, gate_id, key, threshold, availability_threshold, require_success, "
                + "completion_event, sender, approver, wait, needed, members, cancel_rest, operator, operand, "
                + "operand_type, resource_type, gate_type");
        final double timeoutNs = timeout.doubleValue() * NS_PER_S;
        if (!(timeoutNs > 0)) {
            throw refused("timeout of dependency '" + id + "' must be above zero: " + timeout);
        }
        return of(() -> new DependencyDocument.Entry(
                id.isEmpty() ? named + "_complete" : id,
                kind,
                named,
                from,
                Duration.ofNanos((long) Math.min(timeoutNs, LONGEST_NS)),
                retries.intValue(),
                successRequired,
                threshold.doubleValue(),
                waits,
                needed,
                members,
                cancelsRest,
                kind == DependencyKind.STATE_PREDICATE ? DependencyDocument.predicateOf(id, asked) : null,
                sort));
    }

    private static DependencyKind kind(final String id, final String type) {
        try {
            return DependencyDocument.kindNamed(type);
        } catch (final IllegalArgumentException e) {
            throw refused("dependency '" + id + "': " + e.getMessage());
        }
    }

    /** As a map with the fields of the guides. */
    public Map<String, Object> document() {
        return Map.of(
                "dependency_id",
                entry.id(),
                "type",
                entry.kind().name().toLowerCase(Locale.ROOT),
                "target",
                entry.target(),
                "timeout",
                entry.timeout().toSeconds() + entry.timeout().toNanosPart() / NS_PER_S,
                "max_retries",
                entry.retriesMax(),
                "metadata",
                metadata());
    }

    private Map<String, Object> metadata() {
        final Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(
                entry.kind() == DependencyKind.RESOURCE ? "availability_threshold" : "threshold", entry.threshold());
        metadata.put("require_success", entry.successRequired());
        metadata.put("wait", entry.waits());
        metadata.put("sender", entry.from());
        metadata.put("needed", entry.needed());
        metadata.put("members", entry.members());
        metadata.put("cancel_rest", entry.cancelsRest());
        metadata.put("sort", entry.sort());
        metadata.putAll(DependencyDocument.asked(entry));
        return metadata;
    }

    // ------------------------------------------------------------------ reading it

    /** Unique among those of its agent. */
    public String dependencyId() {
        return entry.id();
    }

    /** What it waits for. */
    public DependencyKind type() {
        return entry.kind();
    }

    /** Agent, resource, gate, signal type, subject or sync point; empty for a composite. */
    public String target() {
        return entry.target();
    }

    /** How long it waits. */
    public Duration timeout() {
        return entry.timeout();
    }

    boolean isOnAgent() {
        return entry.kind() == DependencyKind.AGENT_COMPLETION;
    }

    /** The entry of the document of its agent. */
    DependencyDocument.Entry entry() {
        return entry;
    }

    /**
     * The document of an agent. Its ids have the agent's name before them, so that agents of one coordination that need the same thing do
     * not get into each other's way.
     */
    static DependencyDocument document(final String agentId, final List<AgentDependency> dependencies) {
        try {
            return new DependencyDocument(
                    agentId,
                    dependencies.stream().map(each -> each.labelled(agentId)).toList());
        } catch (final IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    /** What a dependency of an agent is called in its coordination. */
    static String label(final String agentId, final String dependencyId) {
        return agentId.isEmpty() ? dependencyId : agentId + "/" + dependencyId;
    }

    private DependencyDocument.Entry labelled(final String agentId) {
        return new DependencyDocument.Entry(
                label(agentId, entry.id()),
                entry.kind(),
                entry.target(),
                entry.from(),
                entry.timeout(),
                entry.retriesMax(),
                entry.successRequired(),
                entry.threshold(),
                entry.waits(),
                entry.needed(),
                entry.members().stream().map(member -> label(agentId, member)).toList(),
                entry.cancelsRest(),
                entry.predicate(),
                entry.sort());
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof AgentDependency that && entry.equals(that.entry);
    }

    @Override
    public int hashCode() {
        return entry.hashCode();
    }

    @Override
    public String toString() {
        return entry.id() + " (" + Arrays.asList(entry.kind(), entry.target(), entry.timeout()) + ")";
    }
}

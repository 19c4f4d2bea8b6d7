package io.signalbox.kernel;

import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a declared wait stood between two turns.
 *
 * @param id what it is called in its coordination; empty when it has no id.
 * @param handle of the wait, -1 when no wait has the id that was asked for.
 * @param kind what it waits for; null when it is not known.
 * @param target agent, resource, gate, signal type, subject, key or what agents meet at; empty for a composite.
 * @param owner the agent that waits; empty for nobody.
 * @param state where it stands; null when it is not known.
 * @param declaredPosition position of the command that declared it.
 * @param waiting how long it has waited, or had waited when it ended.
 * @param ended when it ended, in kernel time; null while it is pending.
 * @param left what is left of its time while it is pending; null when it has no limit.
 * @param retries how often it was declared again because its time was up.
 * @param retriesMax how often it may be.
 * @param needed of a composite: how many of its members must resolve; else 0.
 * @param unmet what is missing, in words, while it is pending.
 * @param satisfiers who could bring that about: names of agents and people; empty when anybody could.
 * @param members the waits that a composite is made of, as far as they are still known.
 */
public record DependencyStatus(
        String id,
        long handle,
        DependencyKind kind,
        String target,
        String owner,
        DependencyState state,
        long declaredPosition,
        Duration waiting,
        Instant ended,
        Duration left,
        int retries,
        int retriesMax,
        int needed,
        List<String> unmet,
        List<String> satisfiers,
        List<DependencyStatus> members) {
    public DependencyStatus {
        unmet = List.copyOf(unmet);
        satisfiers = List.copyOf(satisfiers);
        members = List.copyOf(members);
    }

    static DependencyStatus unknown(final String id) {
        return new DependencyStatus(
                id, -1, null, "", "", null, -1, Duration.ZERO, null, null, 0, 0, 0, List.of(), List.of(), List.of());
    }

    /** Whether there is such a wait: it was declared, and its place has no new owner yet. */
    public boolean isKnown() {
        return state != null;
    }

    /** Whether what was waited for is there. */
    public boolean isResolved() {
        return state == DependencyState.RESOLVED;
    }

    /** Whether it still waits. */
    public boolean isPending() {
        return state == DependencyState.PENDING;
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Approvals;
import io.signalbox.kernel.dependency.Composites;
import io.signalbox.kernel.dependency.Deadlocks;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.DependencyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the waits, with names instead of ids. Between two turns. */
final class DependencyReader {
    private final Kernel kernel;
    private final Dependencies dependencies;

    DependencyReader(final Kernel kernel) {
        this.kernel = kernel;
        this.dependencies = kernel.machine().dependencies();
    }

    /** The wait that was last declared under an id, or an unknown one. */
    DependencyStatus status(final long coordination, final String id, final int label) {
        final long handle = handle(coordination, label);
        return handle < 0 ? DependencyStatus.unknown(id) : status((int) handle);
    }

    /** Handle of the wait that was last declared under a label, or -1. */
    long handle(final long coordination, final int label) {
        final int scope = scope(coordination);
        final long handle = scope < 0 ? -1 : dependencies.boards().labelled(scope, label);
        return dependencies.owns(handle) ? handle : -1;
    }

    /** Everything about the wait in this slot. */
    DependencyStatus status(final int slot) {
        final List<DependencyStatus> members = members(slot);
        final boolean isPending = dependencies.stateOf(slot) == DependencyState.PENDING;
        final long endedNs = dependencies.endedNs(slot);
        final long nowNs = isPending ? kernel.nowNs() : endedNs;
        final Composites.Composite composite = dependencies.composites().composite(dependencies.handle(slot));
        final long deadlineNs = dependencies.deadlineNs(slot);
        return new DependencyStatus(
                kernel.name(dependencies.label(slot)),
                dependencies.handle(slot),
                dependencies.kind(slot),
                kernel.name(dependencies.target(slot)),
                kernel.name(dependencies.owner(slot)),
                dependencies.stateOf(slot),
                dependencies.declaredPosition(slot),
                Duration.ofNanos(Math.max(0, nowNs - dependencies.declaredNs(slot))),
                isPending ? null : Instant.ofEpochSecond(0, endedNs),
                isPending && deadlineNs != Long.MAX_VALUE ? Duration.ofNanos(Math.max(0, deadlineNs - nowNs)) : null,
                dependencies.retries(slot),
                dependencies.retriesMax(slot),
                composite == null ? 0 : composite.needed(),
                isPending ? unmet(slot, members) : List.of(),
                isPending ? satisfiers(slot, members) : List.of(),
                members);
    }

    private List<DependencyStatus> members(final int slot) {
        final Composites.Composite composite = dependencies.composites().composite(dependencies.handle(slot));
        final List<DependencyStatus> members = new ArrayList<>();
        for (int i = 0; composite != null && i < composite.size(); i++) {
            if (dependencies.owns(composite.member(i))) {
                members.add(status((int) composite.member(i)));
            }
        }
        return members;
    }

    private List<String> unmet(final int slot, final List<DependencyStatus> members) {
        if (dependencies.kind(slot) != DependencyKind.COMPOSITE) {
            return List.of(what(slot));
        }
        final List<String> unmet = new ArrayList<>();
        members.stream().filter(DependencyStatus::isPending).forEach(member -> unmet.addAll(member.unmet()));
        return unmet;
    }

    private List<String> satisfiers(final int slot, final List<DependencyStatus> members) {
        final String from = kernel.name(fromOf(slot));
        return switch (dependencies.kind(slot)) {
            case AGENT_COMPLETION -> List.of(kernel.name(dependencies.target(slot)));
            case SIGNAL, APPROVAL -> from.isEmpty() ? List.of() : List.of(from);
            case RESOURCE, QUALITY_GATE, RESPONSE, STATE_PREDICATE -> List.of();
            case SYNC_POINT, BARRIER, LATCH, CONDITION, LEASE ->
                SyncExplanation.satisfiers(kernel, dependencies.handle(slot));
            case COMPOSITE -> {
                final Set<String> all = new LinkedHashSet<>();
                members.stream().filter(DependencyStatus::isPending).forEach(member -> all.addAll(member.satisfiers()));
                yield List.copyOf(all);
            }
        };
    }

    private int fromOf(final int slot) {
        return switch (dependencies.kind(slot)) {
            case AGENT_COMPLETION, SIGNAL, APPROVAL -> dependencies.from(slot);
            case RESOURCE, QUALITY_GATE, COMPOSITE, RESPONSE, STATE_PREDICATE -> 0;
            case SYNC_POINT, BARRIER, LATCH, CONDITION, LEASE -> 0;
        };
    }

    /** What a wait waits for, in words. */
    String what(final int slot) {
        final String target = "'" + kernel.name(dependencies.target(slot)) + "'";
        final String from = kernel.name(fromOf(slot));
        return switch (dependencies.kind(slot)) {
            case AGENT_COMPLETION ->
                "agent " + target + " to "
                        + ((dependencies.flags(slot) & DependencyRules.SUCCESS_REQUIRED) != 0 ? "succeed" : "end")
                        + (from.isEmpty() ? "" : " with '" + from + "'");
            case RESOURCE ->
                "resource " + target + " to be available"
                        + (dependencies.threshold(slot) == 1 ? "" : " to " + dependencies.threshold(slot));
            case QUALITY_GATE -> "gate " + target + " to reach " + dependencies.threshold(slot);
            case SIGNAL -> "signal " + target + (from.isEmpty() ? "" : " from '" + from + "'");
            case APPROVAL -> (from.isEmpty() ? "somebody" : "'" + from + "'") + " to approve " + target;
            case RESPONSE -> "a response to the signal at position " + dependencies.afterPosition(slot);
            case STATE_PREDICATE ->
                "key " + target + " to be "
                        + kernel.machine()
                                .statePredicates()
                                .predicate(dependencies.handle(slot))
                                .text();
            case SYNC_POINT, BARRIER, LATCH, CONDITION, LEASE -> SyncExplanation.of(kernel, dependencies.handle(slot));
            case COMPOSITE -> {
                final Composites.Composite composite = dependencies.composites().composite(dependencies.handle(slot));
                yield composite.needed() + " of " + composite.size() + " waits, of which " + composite.resolved()
                        + " have resolved and " + composite.lost() + " were lost";
            }
        };
    }

    /** The pending waits of a coordination, in declared order. */
    List<DependencyStatus> pending(final long coordination) {
        final List<DependencyStatus> pending = new ArrayList<>();
        for (int slot = first(coordination); slot >= 0; slot = dependencies.nextInScope(slot)) {
            pending.add(status(slot));
        }
        return pending;
    }

    int pendingCount(final long coordination) {
        int count = 0;
        for (int slot = first(coordination); slot >= 0; slot = dependencies.nextInScope(slot)) {
            count++;
        }
        return count;
    }

    private int first(final long coordination) {
        final int scope = scope(coordination);
        return scope < 0 ? -1 : dependencies.firstInScope(scope);
    }

    /** Slot of an open coordination, or -1. */
    private int scope(final long coordination) {
        return kernel.machine().coordinations().slot(coordination);
    }

    /** The last decision on a subject, or null. */
    Approvals.Decision decision(final long coordination, final int subject) {
        final int scope = scope(coordination);
        return scope < 0 ? null : dependencies.approvals().last(scope, subject);
    }

    WaitGraph graph(final long coordination) {
        final int scope = scope(coordination);
        final List<WaitGraph.Edge> edges = new ArrayList<>();
        final List<String> agents = new ArrayList<>();
        if (scope < 0) {
            return new WaitGraph(edges, 0, agents);
        }
        for (int slot = first(coordination); slot >= 0; slot = dependencies.nextInScope(slot)) {
            final DependencyStatus status = status(slot);
            final boolean isPart = (dependencies.flags(slot) & DependencyRules.PART) != 0;
            if (!status.owner().isEmpty() && !isPart) {
                collect(status.owner(), status, true, edges);
            }
        }
        final Deadlocks.Deadlock last = dependencies.deadlocks().last(scope);
        for (int i = 0; last != null && i < last.size(); i++) {
            agents.add(kernel.name(last.agent(i)));
        }
        return new WaitGraph(edges, dependencies.deadlocks().detected(scope), agents);
    }

    private static void collect(
            final String owner,
            final DependencyStatus wait,
            final boolean isRequired,
            final List<WaitGraph.Edge> edges) {
        if (wait.kind() == DependencyKind.AGENT_COMPLETION && wait.isPending()) {
            edges.add(new WaitGraph.Edge(owner, wait.target(), wait.handle(), isRequired, wait.waiting()));
        }
        final boolean needsAll = wait.needed() == wait.members().size();
        wait.members().forEach(member -> collect(owner, member, isRequired && needsAll, edges));
    }
}

package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Which waits are made of which, and how many of their members have ended how. A composite speaks of waits that were declared before
 * it, so there are no rings among them. The end of a member is first due, then counted by a fact of its own, one composite at a time:
 * so a turn stays bounded, however many composites share a member.
 */
public final class Composites {
    /** Most members of one composite. */
    public static final int MEMBERS_MAX = 64;
    /** Most pending composites that one wait may be a member of. */
    public static final int PARENTS_MAX = 64;
    /** Deepest nesting: a composite over plain waits has depth 1. */
    public static final int DEPTH_MAX = 8;

    private static final long[] NOBODY = {};

    /** A wait for at least {@code needed} of {@code members} to resolve. */
    public static final class Composite {
        final long handle;
        final long[] members;
        final int needed;
        final int depth;
        int resolved;
        int lost;

        Composite(final long handle, final long[] members, final int needed, final int depth) {
            this.handle = handle;
            this.members = members;
            this.needed = needed;
            this.depth = depth;
        }

        /** How many must resolve. */
        public int needed() {
            return needed;
        }

        /** How many have resolved. */
        public int resolved() {
            return resolved;
        }

        /** How many have ended otherwise. */
        public int lost() {
            return lost;
        }

        /** Handle of member {@code index}. */
        public long member(final int index) {
            return members[index];
        }

        /** How many members. */
        public int size() {
            return members.length;
        }

        /** Resolved as soon as enough have, failed as soon as enough no longer can. */
        DependencyState verdict() {
            if (resolved >= needed) {
                return DependencyState.RESOLVED;
            }
            return members.length - lost < needed ? DependencyState.FAILED : DependencyState.PENDING;
        }
    }

    /**
     * A member's end that a composite has not counted yet; or, with state PENDING, a member that its composite leaves behind and that
     * is to be cancelled.
     */
    record Due(long coordination, long composite, long member, DependencyState state) {}

    private final Dependencies dependencies;
    private final Composite[] bySlot;
    private final long[][] parents;
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private boolean used;

    Composites(final int dependenciesMax, final Dependencies dependencies) {
        this.dependencies = dependencies;
        bySlot = new Composite[dependenciesMax];
        parents = new long[dependenciesMax][];
    }

    /** The composite with this handle, or null when it is none or no longer known. */
    public Composite composite(final long handle) {
        final Composite composite = dependencies.owns(handle) ? bySlot[(int) handle] : null;
        return composite == null || composite.handle != handle ? null : composite;
    }

    /** How deeply a wait is nested: 0 for one that is no composite. */
    int depth(final long handle) {
        final Composite composite = composite(handle);
        return composite == null ? 0 : composite.depth;
    }

    /** Handles of the pending composites that a wait is a member of. */
    long[] parents(final int slot) {
        return parents[slot] == null ? NOBODY : parents[slot];
    }

    /** What has to be served next, or null. */
    Due due() {
        return due.peekFirst();
    }

    /** Whether nothing is due. */
    public boolean isIdle() {
        return due.isEmpty();
    }

    /** COMPOSITE_DECLARED: a handle; b how many are needed, depth; c how many have resolved, were lost; payload: the members. */
    public void onDeclared(final Fact fact, final FactLog log) {
        used = true;
        final long[] members = members(log.source(), log.sourceIndex(fact.payload()), (int) fact.payload());
        final Composite composite = new Composite(fact.dependency(), members, (int) (fact.b() >>> 32), (int) fact.b());
        composite.resolved = (int) (fact.c() >>> 32);
        composite.lost = (int) fact.c();
        bySlot[(int) fact.dependency()] = composite;
        for (final long member : members) {
            if (dependencies.state(member) == DependencyState.PENDING) {
                final int slot = (int) member;
                final long[] before = parents(slot);
                parents[slot] = Arrays.copyOf(before, before.length + 1);
                parents[slot][before.length] = composite.handle;
                dependencies.makePart(slot);
            }
        }
    }

    /** Handles as they stand in a command: eight bytes each, least significant first. */
    static long[] members(final byte[] source, final int from, final int length) {
        final long[] members = new long[length / Long.BYTES];
        for (int i = 0; i < length; i++) {
            members[i / Long.BYTES] |= (source[from + i] & 0xFFL) << (i % Long.BYTES * 8);
        }
        return members;
    }

    /** DEPENDENCY_RESOLVED, _FAILED, _EXPIRED, _CANCELLED. Costs nothing where there are no composites. */
    public void onConcluded(final Fact fact, final DependencyState state) {
        if (!used) {
            return;
        }
        final int slot = (int) fact.dependency();
        for (final long parent : parents(slot)) {
            due.addLast(new Due(fact.coordination(), parent, fact.dependency(), state));
        }
        parents[slot] = null;
        final Composite composite = composite(fact.dependency());
        if (composite != null) {
            letGo(fact.coordination(), composite);
        }
    }

    private void letGo(final long coordination, final Composite composite) {
        final boolean cancelsRest = (dependencies.flags((int) composite.handle) & DependencyRules.CANCEL_REST) != 0;
        for (final long member : composite.members) {
            if (dependencies.state(member) == DependencyState.PENDING) {
                final int slot = (int) member;
                parents[slot] = without(parents[slot], composite.handle);
                if (cancelsRest && parents[slot] == null) {
                    due.addLast(new Due(coordination, composite.handle, member, DependencyState.PENDING));
                }
            }
        }
    }

    private static long[] without(final long[] handles, final long handle) {
        final long[] rest =
                Arrays.stream(handles).filter(other -> other != handle).toArray();
        return rest.length == 0 ? null : rest;
    }

    /** COMPOSITE_ADVANCED: what was due first is served. */
    public void onAdvanced() {
        final Due served = due.removeFirst();
        final Composite composite = composite(served.composite());
        if (composite != null && dependencies.state(served.composite()) == DependencyState.PENDING) {
            if (served.state() == DependencyState.RESOLVED) {
                composite.resolved++;
            } else {
                composite.lost++;
            }
        }
    }

    void digestInto(final DigestSink sink) {
        for (int slot = 0; slot < dependencies.used(); slot++) {
            final Composite composite = composite(dependencies.handle(slot));
            if (composite != null) {
                sink.add(Fact.pair(composite.needed, composite.depth));
                sink.add(Fact.pair(composite.resolved, composite.lost));
                for (final long member : composite.members) {
                    sink.add(member);
                }
            }
            for (final long parent : parents(slot)) {
                sink.add(parent);
            }
        }
        for (final Due served : due) {
            sink.add(served.composite());
            sink.add(served.member());
            sink.add(served.state().ordinal());
        }
    }
}

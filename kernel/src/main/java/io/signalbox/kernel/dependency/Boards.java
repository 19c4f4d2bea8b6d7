package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;

/** What has been marked, scored and labelled, by scope. A scope's own word counts before the kernel's. */
public final class Boards {
    /** No wait has this label, or it was forgotten. */
    public static final long NOBODY = -1;

    private static final long NEVER_MARKED = -1;

    /**
     * One scope: resources to the bits of how far each is available, NaN for withdrawn; gates to the bits of the score, NaN for
     * failed; labels to the wait that was last declared under each.
     */
    public static final class Board {
        public final OrderedLongMap resources = new OrderedLongMap();
        public final OrderedLongMap gates = new OrderedLongMap();
        public final OrderedLongMap labels = new OrderedLongMap();
    }

    private final Board[] boards;

    Boards(final int slotsMax) {
        boards = new Board[slotsMax];
    }

    /** The board of a scope, or null when nothing was ever marked there. */
    public Board board(final int slot) {
        return boards[slot];
    }

    /** How a wait for a resource stands: resolved at or above the threshold, failed when it was withdrawn. */
    DependencyState resource(final int scope, final int resource, final double threshold) {
        final long own = resource(scope, resource);
        return after(own == NEVER_MARKED ? resource(0, resource) : own, threshold);
    }

    private long resource(final int scope, final int resource) {
        return boards[scope] == null ? NEVER_MARKED : boards[scope].resources.get(resource, NEVER_MARKED);
    }

    /** How a wait for a gate stands: resolved at or above the threshold, failed when the gate was. */
    DependencyState gate(final int scope, final int gate, final double threshold) {
        final long own = score(scope, gate);
        return after(own == NEVER_MARKED ? score(0, gate) : own, threshold);
    }

    private long score(final int scope, final int gate) {
        return boards[scope] == null ? NEVER_MARKED : boards[scope].gates.get(gate, NEVER_MARKED);
    }

    private static DependencyState after(final long bits, final double threshold) {
        if (bits == NEVER_MARKED) {
            return DependencyState.PENDING;
        }
        final double reached = Double.longBitsToDouble(bits);
        if (Double.isNaN(reached)) {
            return DependencyState.FAILED;
        }
        return reached >= threshold ? DependencyState.RESOLVED : DependencyState.PENDING;
    }

    /** The wait that was last declared under a label, or {@link #NOBODY}. */
    public long labelled(final int scope, final int label) {
        return boards[scope] == null ? NOBODY : boards[scope].labels.get(label, NOBODY);
    }

    void digestInto(final DigestSink sink, final int scope) {
        if (boards[scope] != null) {
            sink.add(boards[scope].resources);
            sink.add(boards[scope].gates);
            sink.add(boards[scope].labels);
        }
    }

    /** RESOURCE_MARKED: a resource; c bits of how far it is available, of NaN when it was withdrawn. */
    public void onResourceMarked(final Fact fact) {
        of(fact).resources.put(fact.key(), fact.c());
    }

    /** GATE_SCORED: a gate; b bits of the score, of NaN when the gate failed for good. */
    public void onGateScored(final Fact fact) {
        of(fact).gates.put(fact.key(), fact.b());
    }

    void onLabelled(final Fact fact) {
        of(fact).labels.put(fact.b(), fact.dependency());
    }

    /** DEPENDENCIES_CLEARED: extra the owner whose labels are forgotten, 0 for all. */
    void onCleared(final Fact fact, final Dependencies dependencies) {
        final Board board = boards[(int) fact.coordination()];
        for (int i = 0; board != null && i < board.labels.size(); i++) {
            final long handle = board.labels.valueAt(i);
            final boolean isOwners = dependencies.owns(handle) && dependencies.owner((int) handle) == fact.extra();
            if (fact.extra() == 0 || isOwners) {
                board.labels.put(board.labels.keyAt(i), NOBODY);
            }
        }
    }

    /** COORDINATION_CLOSED: marks go with their scope. */
    public void onCoordinationClosed(final Fact fact) {
        boards[(int) fact.coordination()] = null;
    }

    private Board of(final Fact fact) {
        final int slot = (int) fact.coordination();
        if (boards[slot] == null) {
            boards[slot] = new Board();
        }
        return boards[slot];
    }
}

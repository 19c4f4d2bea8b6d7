package io.signalbox.kernel.dependency;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.OrderedLongMap;
import io.signalbox.kernel.store.OutcomeCells;
import org.agrona.collections.Long2LongHashMap;

/**
 * The declared waits, in parallel arrays by slot. A handle is {@code generation << 32 | slot}. Pending waits on one target form
 * a ring in declared order; so do the pending waits of one scope. A concluded slot is used again last, so that its outcome
 * stays readable for long; after that its old handle is {@code RETIRED}. A slot whose generations are used up rests.
 *
 * <p>Outcomes reach other threads through {@link OutcomeCells}, released at the end of the turn, after every change of it.
 */
public final class Dependencies implements DependencyView {
    private static final long NO_RING = -1;

    private final int[] generations;
    private final long[] coordinations;
    private final long[] targets;
    private final int[] owners;
    private final int[] flags;
    private final double[] thresholds;
    private final long[] afterPositions;
    private final long[] deadlinesNs;
    private final long[] declaredPositions;
    private final byte[] states;
    private final int[] free;
    private final Rings byTarget;
    private final Rings byScope;
    private final Long2LongHashMap ringByTarget = new Long2LongHashMap(64, 0.6f, NO_RING);
    private final int[] ringByScope;
    private final Board[] boards;
    private final OutcomeCells cells;
    private final DeadlineQueue deadlines;
    private final int capacity;
    private int[] concluded = new int[64];
    private int concludedCount;
    private int freeHead;
    private int freeCount;
    private int used;
    private int pending;

    public Dependencies(
            final int dependenciesMax, final int slotsMax, final OutcomeCells cells, final DeadlineQueue deadlines) {
        capacity = dependenciesMax;
        generations = new int[capacity];
        coordinations = new long[capacity];
        targets = new long[capacity];
        owners = new int[capacity];
        flags = new int[capacity];
        thresholds = new double[capacity];
        afterPositions = new long[capacity];
        deadlinesNs = new long[capacity];
        declaredPositions = new long[capacity];
        states = new byte[capacity];
        free = new int[capacity];
        byTarget = new Rings(capacity);
        byScope = new Rings(capacity);
        ringByScope = new int[slotsMax];
        boards = new Board[slotsMax];
        this.cells = cells;
        this.deadlines = deadlines;
    }

    /** Resources and gates of one scope: {@code key} to availability and to the bits of the score, NaN for failed. */
    public static final class Board {
        public final OrderedLongMap resources = new OrderedLongMap();
        public final OrderedLongMap gates = new OrderedLongMap();
    }

    /** The board of a scope, or null when nothing was ever marked there. */
    public Board board(final int slot) {
        return boards[slot];
    }

    /** Handle that the next declared wait gets, or -1 when the table is full. */
    public long nextHandle() {
        final int slot;
        if (used < capacity) {
            slot = used;
        } else if (freeCount > 0) {
            slot = free[freeHead];
        } else {
            return -1;
        }
        return Fact.pair(generations[slot] + 1, slot);
    }

    @Override
    public DependencyState state(final long dependency) {
        final int slot = (int) dependency;
        return owns(dependency) ? DependencyState.of(states[slot]) : null;
    }

    /** Whether this handle's declaration is the one its slot holds now. */
    public boolean owns(final long dependency) {
        final int slot = (int) dependency;
        return slot >= 0 && slot < used && generations[slot] == (int) (dependency >>> 32);
    }

    @Override
    public int pending() {
        return pending;
    }

    /** First pending wait on a target in declared order, or -1. */
    public int firstOnTarget(final int scopeSlot, final DependencyKind kind, final int target) {
        return (int) ringByTarget.get(targetKey(scopeSlot, kind.code(), target));
    }

    /** The one declared after it on the same target, or -1 at the end. */
    public int nextOnTarget(final int slot) {
        final int next = byTarget.next(slot);
        return next == (int) ringByTarget.get(targets[slot]) ? -1 : next;
    }

    /** First pending wait of a scope, or -1. */
    public int firstInScope(final int scopeSlot) {
        return ringByScope[scopeSlot] - 1;
    }

    /** Slots that ever held a declaration. */
    public int used() {
        return used;
    }

    public long handle(final int slot) {
        return Fact.pair(generations[slot], slot);
    }

    public long coordination(final int slot) {
        return coordinations[slot];
    }

    public DependencyKind kind(final int slot) {
        return DependencyKind.of((int) (targets[slot] >>> 32) & 0xF);
    }

    public int target(final int slot) {
        return (int) targets[slot];
    }

    public int owner(final int slot) {
        return owners[slot];
    }

    public int flags(final int slot) {
        return flags[slot];
    }

    public double threshold(final int slot) {
        return thresholds[slot];
    }

    public long afterPosition(final int slot) {
        return afterPositions[slot];
    }

    public long declaredPosition(final int slot) {
        return declaredPositions[slot];
    }

    public long deadlineNs(final int slot) {
        return deadlinesNs[slot];
    }

    public DependencyState stateOf(final int slot) {
        return DependencyState.of(states[slot]);
    }

    /** DEPENDENCY_DECLARED: extra owner; a handle; b flags, kind and target; c threshold bits; d deadline; second payload: after. */
    public void onDeclared(final Fact fact) {
        final int slot = (int) fact.dependency();
        if (slot == used) {
            used++;
        } else {
            freeHead = freeHead + 1 == capacity ? 0 : freeHead + 1;
            freeCount--;
        }
        final int generation = (int) (fact.dependency() >>> 32);
        final int scopeSlot = (int) fact.coordination();
        final int kind = (int) (fact.b() >>> 32) & 0xF;
        generations[slot] = generation;
        coordinations[slot] = fact.coordination();
        targets[slot] = targetKey(scopeSlot, kind, (int) fact.b());
        flags[slot] = (int) (fact.b() >>> 40);
        owners[slot] = fact.extra();
        thresholds[slot] = Double.longBitsToDouble(fact.c());
        deadlinesNs[slot] = fact.d();
        afterPositions[slot] = fact.secondPayload();
        declaredPositions[slot] = fact.position();
        states[slot] = 0;
        pending++;
        cells.arm(slot, generation);
        final int head = byTarget.append((int) ringByTarget.get(targets[slot]), slot);
        if (head == slot) {
            ringByTarget.put(targets[slot], slot);
        }
        ringByScope[scopeSlot] = byScope.append(ringByScope[scopeSlot] - 1, slot) + 1;
        if (fact.d() != Long.MAX_VALUE) {
            deadlines.schedule(TIMER_TAG | slot, fact.d());
        }
    }

    /** DEPENDENCY_RESOLVED, _FAILED, _EXPIRED, _CANCELLED. */
    public void onConcluded(final Fact fact, final DependencyState state) {
        final int slot = (int) fact.dependency();
        final int scopeSlot = (int) coordinations[slot];
        final int head = byTarget.remove((int) ringByTarget.get(targets[slot]), slot);
        if (head < 0) {
            ringByTarget.remove(targets[slot]);
        } else {
            ringByTarget.put(targets[slot], head);
        }
        ringByScope[scopeSlot] = byScope.remove(ringByScope[scopeSlot] - 1, slot) + 1;
        if (deadlinesNs[slot] != Long.MAX_VALUE) {
            deadlines.cancel(TIMER_TAG | slot);
        }
        states[slot] = (byte) state.ordinal();
        pending--;
        if (generations[slot] < Integer.MAX_VALUE) {
            final int tail = freeHead + freeCount;
            free[tail >= capacity ? tail - capacity : tail] = slot;
            freeCount++;
        }
        if (concludedCount == concluded.length) {
            concluded = java.util.Arrays.copyOf(concluded, concludedCount * 2);
        }
        concluded[concludedCount++] = slot;
    }

    /** RESOURCE_MARKED: a resource; b 1 when available. */
    public void onResourceMarked(final Fact fact) {
        boardOf((int) fact.coordination()).resources.put(fact.key(), fact.b());
    }

    /** GATE_SCORED: a gate; b bits of the score, of NaN when the gate failed for good. */
    public void onGateScored(final Fact fact) {
        boardOf((int) fact.coordination()).gates.put(fact.key(), fact.b());
    }

    /** COORDINATION_CLOSED: marks go with their scope; the waits are cancelled one by one. */
    public void onCoordinationClosed(final Fact fact) {
        boards[(int) fact.coordination()] = null;
    }

    private Board boardOf(final int slot) {
        if (boards[slot] == null) {
            boards[slot] = new Board();
        }
        return boards[slot];
    }

    /** Waits concluded in this turn. */
    public int concludedCount() {
        return concludedCount;
    }

    /** Slot of the wait concluded as number {@code index} in this turn. */
    public int concludedSlot(final int index) {
        return concluded[index];
    }

    /** The last writes of a turn: whoever sees an outcome sees every change of the turn. Release stores. */
    public void releaseOutcomes(final long position) {
        for (int i = 0; i < concludedCount; i++) {
            final int slot = concluded[i];
            cells.conclude(slot, generations[slot], states[slot], position);
        }
    }

    /** Forget which waits the last turn concluded. */
    public void beginTurn() {
        concludedCount = 0;
    }

    /** Completions are awaited inside their scope; resources and gates may be marked kernel-wide, so they form one ring. */
    private static long targetKey(final int scopeSlot, final int kind, final int target) {
        final long scope = kind == DependencyKind.AGENT_COMPLETION.code() ? scopeSlot : 0;
        return scope << 36 | (long) kind << 32 | target;
    }
}

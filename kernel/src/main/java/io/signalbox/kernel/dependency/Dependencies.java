package io.signalbox.kernel.dependency;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;
import io.signalbox.kernel.store.OutcomeCells;
import org.agrona.collections.Long2LongHashMap;

/**
 * The declared waits, by slot. A handle is {@code generation << 32 | slot}. Pending waits on one target form
 * a ring in declared order; so do the pending waits of one scope. A concluded slot is used again last, so that its outcome
 * stays readable for long; after that its old handle is {@code RETIRED}. A slot whose generations are used up rests.
 *
 * <p>Outcomes reach other threads through {@link OutcomeCells}, released at the end of the turn, after every change of it.
 */
public final class Dependencies implements DependencyView {
    private static final long NO_RING = -1;
    private static final int KIND_MASK = 0x1F;
    private static final int STRIDE = 16;
    private static final int GENERATION_AND_STATE = 0;
    private static final int COORDINATION = 1;
    private static final int TARGET = 2;
    private static final int FLAGS_AND_OWNER = 3;
    private static final int THRESHOLD = 4;
    private static final int AFTER_POSITION = 5;
    private static final int DEADLINE_NS = 6;
    private static final int DECLARED_POSITION = 7;
    private static final int TARGET_LINKS = 8;
    private static final int SCOPE_LINKS = 9;

    /**
     * A record of 16 longs for each slot, so that one wait touches two or three cache lines, wherever the thread that turns has
     * run before:
     *
     * <pre>
     *   0                  1              2        3             4           5               6            7
     *  | generation, state | coordination | target | flags, owner | threshold | after position | deadlineNs | declared at |
     *   8                      9
     *  | links in target ring | links in scope ring | ...
     * </pre>
     */
    private final long[] records;

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
        records = new long[capacity * STRIDE];
        free = new int[capacity];
        byTarget = new Rings(records, STRIDE, TARGET_LINKS);
        byScope = new Rings(records, STRIDE, SCOPE_LINKS);
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

    private long word(final int slot, final int word) {
        return records[slot * STRIDE + word];
    }

    private int generation(final int slot) {
        return (int) (word(slot, GENERATION_AND_STATE) >>> 32);
    }

    private int stateByte(final int slot) {
        return (int) word(slot, GENERATION_AND_STATE) & 0xFF;
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
        return Fact.pair(generation(slot) + 1, slot);
    }

    @Override
    public DependencyState state(final long dependency) {
        final int slot = (int) dependency;
        return owns(dependency) ? DependencyState.of(stateByte(slot)) : null;
    }

    /** Whether this handle's declaration is the one its slot holds now. */
    public boolean owns(final long dependency) {
        final int slot = (int) dependency;
        return slot >= 0 && slot < used && generation(slot) == (int) (dependency >>> 32);
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
        return next == (int) ringByTarget.get(word(slot, TARGET)) ? -1 : next;
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
        return Fact.pair(generation(slot), slot);
    }

    public long coordination(final int slot) {
        return word(slot, COORDINATION);
    }

    public DependencyKind kind(final int slot) {
        return DependencyKind.of((int) (word(slot, TARGET) >>> 32) & KIND_MASK);
    }

    public int target(final int slot) {
        return (int) word(slot, TARGET);
    }

    public int owner(final int slot) {
        return (int) word(slot, FLAGS_AND_OWNER);
    }

    public int flags(final int slot) {
        return (int) (word(slot, FLAGS_AND_OWNER) >>> 32);
    }

    public double threshold(final int slot) {
        return Double.longBitsToDouble(word(slot, THRESHOLD));
    }

    public long afterPosition(final int slot) {
        return word(slot, AFTER_POSITION);
    }

    public long declaredPosition(final int slot) {
        return word(slot, DECLARED_POSITION);
    }

    public long deadlineNs(final int slot) {
        return word(slot, DEADLINE_NS);
    }

    public DependencyState stateOf(final int slot) {
        return DependencyState.of(stateByte(slot));
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
        final int kind = (int) (fact.b() >>> 32) & KIND_MASK;
        final int at = slot * STRIDE;
        records[at + GENERATION_AND_STATE] = (long) generation << 32;
        records[at + COORDINATION] = fact.coordination();
        records[at + TARGET] = targetKey(scopeSlot, kind, (int) fact.b());
        records[at + FLAGS_AND_OWNER] = Fact.pair((int) (fact.b() >>> 40), fact.extra());
        records[at + THRESHOLD] = fact.c();
        records[at + AFTER_POSITION] = fact.secondPayload();
        records[at + DEADLINE_NS] = fact.d();
        records[at + DECLARED_POSITION] = fact.position();
        pending++;
        cells.arm(slot, generation);
        final int head = byTarget.append((int) ringByTarget.get(word(slot, TARGET)), slot);
        if (head == slot) {
            ringByTarget.put(word(slot, TARGET), slot);
        }
        ringByScope[scopeSlot] = byScope.append(ringByScope[scopeSlot] - 1, slot) + 1;
        if (fact.d() != Long.MAX_VALUE) {
            deadlines.schedule(TIMER_TAG | slot, fact.d());
        }
    }

    /** DEPENDENCY_RESOLVED, _FAILED, _EXPIRED, _CANCELLED. */
    public void onConcluded(final Fact fact, final DependencyState state) {
        final int slot = (int) fact.dependency();
        final int scopeSlot = (int) word(slot, COORDINATION);
        final int head = byTarget.remove((int) ringByTarget.get(word(slot, TARGET)), slot);
        if (head < 0) {
            ringByTarget.remove(word(slot, TARGET));
        } else {
            ringByTarget.put(word(slot, TARGET), head);
        }
        ringByScope[scopeSlot] = byScope.remove(ringByScope[scopeSlot] - 1, slot) + 1;
        if (word(slot, DEADLINE_NS) != Long.MAX_VALUE) {
            deadlines.cancel(TIMER_TAG | slot);
        }
        records[slot * STRIDE + GENERATION_AND_STATE] |= state.ordinal();
        pending--;
        if (generation(slot) < Integer.MAX_VALUE) {
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
            cells.conclude(slot, generation(slot), stateByte(slot), position);
        }
    }

    /** Forget which waits the last turn concluded. */
    public void beginTurn() {
        concludedCount = 0;
    }

    /** Resources and gates of one scope. */
    public void digestBoardInto(final DigestSink sink, final int scopeSlot) {
        if (boards[scopeSlot] != null) {
            sink.add(boards[scopeSlot].resources);
            sink.add(boards[scopeSlot].gates);
        }
    }

    /** Every wait, by slot. */
    public void digestInto(final DigestSink sink) {
        sink.add(pending);
        for (int slot = 0; slot < used; slot++) {
            sink.add(handle(slot));
            sink.add(stateByte(slot));
            if (stateOf(slot) == DependencyState.PENDING) {
                sink.add(coordination(slot));
                sink.add(Fact.pair(kind(slot).code(), target(slot)));
                sink.add(Fact.pair(flags(slot), owner(slot)));
                sink.add(word(slot, THRESHOLD));
                sink.add(afterPosition(slot));
                sink.add(deadlineNs(slot));
            }
        }
    }

    /** Resources and gates may be marked kernel-wide, so the waits for one form one ring; all else is awaited inside its scope. */
    private static long targetKey(final int scopeSlot, final int kind, final int target) {
        final boolean isKernelWide =
                kind == DependencyKind.RESOURCE.code() || kind == DependencyKind.QUALITY_GATE.code();
        final long scope = isKernelWide ? 0 : scopeSlot;
        return scope << 37 | (long) kind << 32 | target;
    }
}

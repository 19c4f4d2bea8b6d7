package io.signalbox.kernel.dependency;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OutcomeCells;

/**
 * The declared waits, by slot. A handle is {@code generation << 32 | slot}. Pending waits on one target form
 * a ring in declared order; so do the pending waits of one scope. A concluded slot is used again last, so that its outcome
 * stays readable for long; after that its old handle is {@code RETIRED}. A slot whose generations are used up rests.
 *
 * <p>Outcomes reach other threads through {@link OutcomeCells}, released at the end of the turn, after every change of it.
 */
public final class Dependencies implements DependencyView {
    private static final int KIND_MASK = (1 << DependencyKind.CODE_BITS) - 1;
    private static final int STRIDE = 16;
    private static final int GENERATION_AND_STATE = 0;
    private static final int COORDINATION = 1;
    private static final int TARGET = 2;
    private static final int FLAGS_AND_OWNER = 3;
    private static final int DETAIL = 4;
    private static final int AFTER_POSITION = 5;
    private static final int DEADLINE_NS = 6;
    private static final int DECLARED_POSITION = 7;
    private static final int TARGET_LINKS = 8;
    private static final int SCOPE_LINKS = 9;
    private static final int TIMEOUT_NS = 10;
    private static final int RETRIES_AND_LABEL = 11;
    private static final int DECLARED_NS = 12;
    private static final int ENDED_NS = 13;

    /**
     * A record of 16 longs for each slot, so that one wait touches two or three cache lines, wherever it was turned before:
     *
     * <pre>
     *   0                  1              2        3             4           5               6            7
     *  | generation, state | coordination | target | flags, owner | detail    | after position | deadlineNs | declared at |
     *   8                      9                     10          11               12           13
     *  | links in target ring | links in scope ring | timeoutNs | retries, label | declaredNs | endedNs | ...
     * </pre>
     *
     * The detail is the threshold of a resource or gate, the name of the sender, approver or completion event, else nothing.
     */
    private final long[] records;

    private final FreeSlots free;
    private final TargetRings byTarget;
    private final Rings byScope;
    private final int[] ringByScope;
    private final Boards boards;
    private final Composites composites;
    private final Approvals approvals;
    private final Deadlocks deadlocks;
    private final OutcomeCells cells;
    private final DeadlineQueue deadlines;
    private final SlotList concluded = new SlotList();
    private final PendingCounts pending = new PendingCounts();

    public Dependencies(
            final int dependenciesMax, final int slotsMax, final OutcomeCells cells, final DeadlineQueue deadlines) {
        records = new long[dependenciesMax * STRIDE];
        free = new FreeSlots(dependenciesMax);
        byTarget = new TargetRings(records, STRIDE, TARGET_LINKS);
        byScope = new Rings(records, STRIDE, SCOPE_LINKS);
        ringByScope = new int[slotsMax];
        boards = new Boards(slotsMax);
        composites = new Composites(dependenciesMax, this);
        approvals = new Approvals(slotsMax);
        deadlocks = new Deadlocks(slotsMax);
        this.cells = cells;
        this.deadlines = deadlines;
    }

    /** Marks, scores and labels. */
    public Boards boards() {
        return boards;
    }

    /** Which waits are made of which. */
    public Composites composites() {
        return composites;
    }

    /** What people have decided. */
    public Approvals approvals() {
        return approvals;
    }

    /** The deadlocks that have formed. */
    public Deadlocks deadlocks() {
        return deadlocks;
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
        final int slot = free.next();
        return slot < 0 ? -1 : Fact.pair(generation(slot) + 1, slot);
    }

    @Override
    public DependencyState state(final long dependency) {
        final int slot = (int) dependency;
        return owns(dependency) ? DependencyState.of(stateByte(slot)) : null;
    }

    /** Whether this handle's declaration is the one its slot holds now. */
    public boolean owns(final long dependency) {
        final int slot = (int) dependency;
        return slot >= 0 && slot < used() && generation(slot) == (int) (dependency >>> 32);
    }

    @Override
    public int pending() {
        return pending.all();
    }

    /** How many are pending of whom, and for what. */
    PendingCounts pendingCounts() {
        return pending;
    }

    /** First pending wait on a target in declared order, or -1. */
    public int firstOnTarget(final int scopeSlot, final DependencyKind kind, final int target) {
        return byTarget.first(TargetRings.key(scopeSlot, kind.code(), target));
    }

    /** The one declared after it on the same target, or -1 at the end. */
    public int nextOnTarget(final int slot) {
        return byTarget.next(word(slot, TARGET), slot);
    }

    /** First pending wait of a scope, or -1. */
    public int firstInScope(final int scopeSlot) {
        return ringByScope[scopeSlot] - 1;
    }

    /** Slots that ever held a declaration. */
    public int used() {
        return free.used();
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

    /** The flags of the declaration. */
    public int flags(final int slot) {
        return (int) (word(slot, FLAGS_AND_OWNER) >>> 32) & 0xFF;
    }

    /** How often it is declared again when its time is up. */
    public int retriesMax(final int slot) {
        return (int) (word(slot, FLAGS_AND_OWNER) >>> 40) & 0xFF;
    }

    /** How often it has been declared again. */
    public int retries(final int slot) {
        return (int) (word(slot, RETRIES_AND_LABEL) >>> 32);
    }

    /** Name id of what it is called in its scope, 0 for nothing. */
    public int label(final int slot) {
        return (int) word(slot, RETRIES_AND_LABEL);
    }

    /** Of a resource or gate, inclusive. */
    public double threshold(final int slot) {
        return Double.longBitsToDouble(word(slot, DETAIL));
    }

    /** Name id of the sender of a signal, of the approver, of a completion's event; 0 for any. */
    public int from(final int slot) {
        return (int) word(slot, DETAIL);
    }

    /** 0 when it has no limit of time. */
    public long timeoutNs(final int slot) {
        return word(slot, TIMEOUT_NS);
    }

    /** Kernel time of its declaration. */
    public long declaredNs(final int slot) {
        return word(slot, DECLARED_NS);
    }

    /** Kernel time of its end, 0 while it is pending. */
    public long endedNs(final int slot) {
        return word(slot, ENDED_NS);
    }

    /** The next in the ring of the scope, or -1 at the end. */
    public int nextInScope(final int slot) {
        final int next = byScope.next(slot);
        return next == firstInScope((int) coordination(slot)) ? -1 : next;
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

    /** DEPENDENCY_DECLARED: extra owner; a handle; b flags, kind and target; c detail; d deadline; second payload: after. */
    public void onDeclared(final Fact fact) {
        final int slot = (int) fact.dependency();
        free.take();
        final int generation = (int) (fact.dependency() >>> 32);
        final int scopeSlot = (int) fact.coordination();
        final int kind = DependencyView.declaredKind(fact).code();
        final int at = slot * STRIDE;
        records[at + GENERATION_AND_STATE] = (long) generation << 32;
        records[at + COORDINATION] = fact.coordination();
        records[at + TARGET] = TargetRings.key(scopeSlot, kind, (int) fact.b());
        records[at + FLAGS_AND_OWNER] = Fact.pair((int) (fact.b() >>> 40), fact.extra());
        records[at + DETAIL] = fact.c();
        records[at + AFTER_POSITION] = fact.secondPayload();
        records[at + DEADLINE_NS] = fact.d();
        records[at + DECLARED_POSITION] = fact.position();
        records[at + TIMEOUT_NS] = fact.d() == Long.MAX_VALUE ? 0 : fact.d() - fact.timestampNs();
        records[at + RETRIES_AND_LABEL] = 0;
        records[at + DECLARED_NS] = fact.timestampNs();
        records[at + ENDED_NS] = 0;
        count(slot, 1);
        cells.arm(slot, generation);
        byTarget.append(word(slot, TARGET), slot);
        ringByScope[scopeSlot] = byScope.append(ringByScope[scopeSlot] - 1, slot) + 1;
        if (fact.d() != Long.MAX_VALUE) {
            deadlines.schedule(TIMER_TAG | slot, fact.d());
        }
    }

    /** DEPENDENCY_RESOLVED, _FAILED, _EXPIRED, _CANCELLED. */
    public void onConcluded(final Fact fact, final DependencyState state) {
        final int slot = (int) fact.dependency();
        final int scopeSlot = (int) word(slot, COORDINATION);
        byTarget.remove(word(slot, TARGET), slot);
        ringByScope[scopeSlot] = byScope.remove(ringByScope[scopeSlot] - 1, slot) + 1;
        if (word(slot, DEADLINE_NS) != Long.MAX_VALUE) {
            deadlines.cancel(TIMER_TAG | slot);
        }
        records[slot * STRIDE + GENERATION_AND_STATE] |= state.ordinal();
        records[slot * STRIDE + ENDED_NS] = fact.timestampNs();
        count(slot, -1);
        if (generation(slot) < Integer.MAX_VALUE) {
            free.giveBack(slot);
        }
        concluded.add(slot);
        composites.onConcluded(fact, state);
    }

    private void count(final int slot, final int change) {
        pending.add((int) (word(slot, TARGET) >>> 32) & KIND_MASK, owner(slot), target(slot), change);
    }

    /** DEPENDENCY_LABELLED: a handle; b name id of the label. */
    public void onLabelled(final Fact fact) {
        records[(int) fact.dependency() * STRIDE + RETRIES_AND_LABEL] |= fact.b();
        boards.onLabelled(fact);
    }

    /** DEPENDENCY_RETRIED: a handle; b how often by now; d the new deadline. */
    public void onRetried(final Fact fact) {
        final int at = (int) fact.dependency() * STRIDE;
        records[at + RETRIES_AND_LABEL] = Fact.pair((int) fact.b(), (int) records[at + RETRIES_AND_LABEL]);
        records[at + DEADLINE_NS] = fact.d();
        deadlines.schedule(TIMER_TAG | (int) fact.dependency(), fact.d());
    }

    /** This wait speaks for itself no longer: it is part of a composite. */
    void makePart(final int slot) {
        records[slot * STRIDE + FLAGS_AND_OWNER] |= (long) DependencyRules.PART << 32;
    }

    /** COORDINATION_CLOSED: what was said goes with its scope; the waits are cancelled one by one. */
    public void onCoordinationClosed(final Fact fact) {
        boards.onCoordinationClosed(fact);
        approvals.onCoordinationClosed(fact);
        deadlocks.onCoordinationClosed(fact);
    }

    /** DEPENDENCIES_CLEARED: extra the owner whose labels are forgotten, 0 for all. */
    public void onCleared(final Fact fact) {
        boards.onCleared(fact, this);
    }

    /** Waits concluded in this turn. */
    public int concludedCount() {
        return concluded.size();
    }

    /** Slot of the wait concluded as number {@code index} in this turn. */
    public int concludedSlot(final int index) {
        return concluded.at(index);
    }

    /** The last writes of a turn: whoever sees an outcome sees every change of the turn. Release stores. */
    public void releaseOutcomes(final long position) {
        for (int i = 0; i < concluded.size(); i++) {
            final int slot = concluded.at(i);
            cells.conclude(slot, generation(slot), stateByte(slot), position);
        }
    }

    /** Forget which waits the last turn concluded. */
    public void beginTurn() {
        concluded.clear();
    }

    /** What has been said in one scope. */
    public void digestBoardInto(final DigestSink sink, final int scopeSlot) {
        boards.digestInto(sink, scopeSlot);
        approvals.digestInto(sink, scopeSlot);
        deadlocks.digestInto(sink, scopeSlot);
    }

    /** Every wait, by slot. */
    public void digestInto(final DigestSink sink) {
        sink.add(pending());
        for (int slot = 0; slot < used(); slot++) {
            for (int word = GENERATION_AND_STATE; word <= ENDED_NS; word++) {
                sink.add(word == TARGET_LINKS || word == SCOPE_LINKS ? 0 : word(slot, word));
            }
        }
        composites.digestInto(sink);
    }
}

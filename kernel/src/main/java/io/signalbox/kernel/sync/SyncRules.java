package io.signalbox.kernel.sync;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.dependency.DeclaredWaits;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import org.agrona.collections.IntHashSet;

/** Declaring what agents meet at, arriving, setting, notifying, waiting, resetting, dropping: check, then record. */
public final class SyncRules {
    /** Whoever has completed counts at a sync point, whether it succeeded or not. */
    public static final int FAILURES_COUNT = 1;
    /** Each change of the state's key of the same name notifies the condition. */
    public static final int WATCHES_KEY = 2;

    /** Everybody who waits at a condition is woken. */
    static final int ALL = 0;
    /** Only the first who waits is woken. */
    static final int FIRST = 1;

    private final Syncs syncs;
    private final DeclaredWaits waits;
    private final NameTable names;
    private final Recorder recorder;
    private final int partiesMax;

    public SyncRules(
            final Syncs syncs,
            final DeclaredWaits waits,
            final NameTable names,
            final Recorder recorder,
            final int partiesMax) {
        this.syncs = syncs;
        this.waits = waits;
        this.names = names;
        this.recorder = recorder;
        this.partiesMax = partiesMax;
    }

    /**
     * Answers the first generation, 1.
     *
     * @param required how many parties of a sync point have to complete; 0 for all, as for a barrier; 0 for all other kinds.
     * @param timeoutNs above 0, {@link Long#MAX_VALUE} for no limit: of a sync point from now, of a barrier from the first arrival of
     *     each generation.
     * @param source bytes in which the parties stand, four for each name id.
     * @param payload the same as a range of the command.
     */
    public long declare(
            final long coordination,
            final int kindCode,
            final int flags,
            final int name,
            final int required,
            final long timeoutNs,
            final byte[] source,
            final int offset,
            final long payload) {
        final SyncKind kind = SyncKind.of(kindCode);
        if (kind == null || (flags & ~flagsOf(kind)) != 0 || (int) payload % Integer.BYTES != 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if ((int) payload / Integer.BYTES > partiesMax) {
            return Rejection.TOO_LONG.answer();
        }
        final int[] parties = SyncFacts.parties(source, offset, (int) payload);
        final Rejection refused = check(kind, name, required, timeoutNs, parties);
        if (refused != null) {
            return refused.answer();
        }
        if (syncs.find(coordination, name) != null) {
            return Rejection.DUPLICATE_SYNC.answer();
        }
        if (syncs.isFull() || syncs.wantsNames() && !syncs.hasRoomForNames()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        if (syncs.wantsNames()) {
            recorder.record(FactType.SYNC_NAMES_RESERVED, 0, 0, 0, 0, 0, 0);
        }
        recorder.record(
                FactType.SYNC_DECLARED,
                flags << 8 | kindCode,
                coordination,
                Fact.pair(name, required == 0 ? parties.length : required),
                timeoutNs,
                kind == SyncKind.SYNC_POINT
                        ? DeadlineQueue.due(recorder.timestampNs(), timeoutNs)
                        : DeadlineQueue.NEVER,
                0,
                0,
                payload);
        return SyncObject.FIRST_GENERATION;
    }

    private static int flagsOf(final SyncKind kind) {
        return switch (kind) {
            case SYNC_POINT -> FAILURES_COUNT;
            case CONDITION -> WATCHES_KEY;
            case BARRIER, LATCH -> 0;
        };
    }

    private Rejection check(
            final SyncKind kind, final int name, final int required, final long timeoutNs, final int[] parties) {
        if (timeoutNs <= 0) {
            return Rejection.INVALID_TIMEOUT;
        }
        if (!isName(name)) {
            return Rejection.UNKNOWN_NAME;
        }
        if (kind == SyncKind.LATCH || kind == SyncKind.CONDITION) {
            final boolean isPlain = parties.length == 0 && required == 0 && timeoutNs == Long.MAX_VALUE;
            return isPlain ? null : Rejection.INVALID_VALUE;
        }
        if (kind == SyncKind.BARRIER && parties.length == 0) {
            return Rejection.NO_PARTIES;
        }
        final boolean isAll = required == 0 || required == parties.length;
        if (required < 0 || required > parties.length || kind == SyncKind.BARRIER && !isAll) {
            return Rejection.INVALID_REQUIRED;
        }
        final IntHashSet seen = new IntHashSet();
        for (final int party : parties) {
            if (!isName(party)) {
                return Rejection.UNKNOWN_NAME;
            }
            if (!seen.add(party)) {
                return Rejection.DUPLICATE_PARTY;
            }
        }
        return null;
    }

    private boolean isName(final int id) {
        return id > 0 && id <= names.size();
    }

    private static Rejection refusalOf(final SyncObject object, final SyncKind kind) {
        if (object == null) {
            return Rejection.UNKNOWN_SYNC;
        }
        return object.kind == kind ? null : Rejection.WRONG_SYNC_KIND;
    }

    /** Answers the handle of the wait for the barrier's release; the last to arrive finds it ended. */
    public long arrive(final long coordination, final int name, final int agent, final long payload) {
        final SyncObject barrier = syncs.find(coordination, name);
        final Rejection refused = refusalOf(barrier, SyncKind.BARRIER);
        if (refused != null) {
            return refused.answer();
        }
        final int party = barrier.indexOf(agent);
        if (party < 0) {
            return Rejection.NOT_A_PARTY.answer();
        }
        if (barrier.state == SyncState.BROKEN) {
            return Rejection.BARRIER_IS_BROKEN.answer();
        }
        if (barrier.standings[party] != PartyStanding.AWAITED) {
            return Rejection.ALREADY_ARRIVED.answer();
        }
        if (waits.isFull()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long generation = barrier.generation;
        final long handle =
                waits.declare(barrier.kind.waitKind(), coordination, agent, name, generation, DeadlineQueue.NEVER);
        recorder.record(
                FactType.BARRIER_ARRIVED,
                party,
                coordination,
                Fact.pair(name, agent),
                generation,
                barrier.arrived > 0 ? barrier.deadlineNs : DeadlineQueue.due(recorder.timestampNs(), barrier.timeoutNs),
                0,
                0,
                payload);
        if (barrier.arrived == barrier.parties.length) {
            record(FactType.BARRIER_RELEASED, 0, barrier, generation);
        }
        return handle;
    }

    /** What happened to one of them: extra; its name, a generation, how many have come and how many have to. */
    private void record(final FactType type, final int extra, final SyncObject object, final long generation) {
        final long counts = Fact.pair(object.arrived, object.required);
        recorder.record(type, extra, object.coordination, Fact.pair(object.name, 0), generation, counts, 0);
    }

    /** Set, reset, notify or drop what has this name; answers as each of them does. */
    public long change(final long coordination, final int name, final int changeCode) {
        final SyncChange change = SyncChange.of(changeCode);
        if (change == null) {
            return Rejection.INVALID_VALUE.answer();
        }
        return switch (change) {
            case SET -> set(coordination, name);
            case RESET -> reset(coordination, name);
            case NOTIFY_ALL -> wake(coordination, name, ALL);
            case NOTIFY_FIRST -> wake(coordination, name, FIRST);
            case DROP -> drop(coordination, name);
        };
    }

    /**
     * Answers the present generation. A barrier: who waits is sent home, everybody is awaited anew. A latch: it is no longer set; who
     * waits goes on waiting. Others cannot be reset.
     */
    private long reset(final long coordination, final int name) {
        final SyncObject object = syncs.find(coordination, name);
        if (object == null) {
            return Rejection.UNKNOWN_SYNC.answer();
        }
        if (object.kind != SyncKind.BARRIER && object.kind != SyncKind.LATCH) {
            return Rejection.WRONG_SYNC_KIND.answer();
        }
        if (object.kind == SyncKind.BARRIER || object.state == SyncState.READY) {
            record(FactType.SYNC_RESET, object.kind.code(), object, object.generation);
        }
        return object.generation;
    }

    /** Answers the present generation. A latch that is set stays so. */
    private long set(final long coordination, final int name) {
        final SyncObject latch = syncs.find(coordination, name);
        final Rejection refused = refusalOf(latch, SyncKind.LATCH);
        if (refused != null) {
            return refused.answer();
        }
        if (latch.state == SyncState.OPEN) {
            record(FactType.LATCH_SET, 0, latch, latch.generation);
        }
        return latch.generation;
    }

    /** Answers the present generation when all are woken, else 1 when somebody was woken and 0 when nobody waited. */
    long wake(final long coordination, final int name, final int whom) {
        final SyncObject condition = syncs.find(coordination, name);
        final Rejection refused = refusalOf(condition, SyncKind.CONDITION);
        if (refused != null) {
            return refused.answer();
        }
        if (whom == ALL) {
            record(FactType.CONDITION_NOTIFIED, ALL, condition, condition.generation);
            return condition.generation;
        }
        final long first = waits.first(condition.kind.waitKind(), coordination, name);
        if (first < 0) {
            return 0;
        }
        record(FactType.CONDITION_NOTIFIED, FIRST, condition, condition.generation);
        waits.conclude(first, DependencyState.RESOLVED);
        return 1;
    }

    /**
     * Answers the handle of a wait, which may have ended already. At a barrier it is that of somebody who looks on, or has come back
     * after an arrival: it waits for the release and counts for nothing.
     *
     * @param owner name id of who waits, 0 for nobody.
     * @param afterGeneration of a condition: a notification of all that came after this generation counts; of a barrier: the release
     *     of this generation or a later one counts; below 0 for only what is to come. Of others it has no meaning.
     * @param timeoutNs above 0, {@link Long#MAX_VALUE} for no limit.
     */
    public long await(
            final long coordination,
            final int name,
            final int owner,
            final long afterGeneration,
            final long timeoutNs) {
        if (timeoutNs <= 0) {
            return Rejection.INVALID_TIMEOUT.answer();
        }
        if (owner != 0 && !isName(owner)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final SyncObject object = syncs.find(coordination, name);
        if (object == null) {
            return Rejection.UNKNOWN_SYNC.answer();
        }
        if (waits.isFull()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long handle =
                waits.declare(object.kind.waitKind(), coordination, owner, name, object.generation, timeoutNs);
        final boolean isPast = afterGeneration >= 0 && object.hasPassed(afterGeneration);
        final DependencyState already = isPast ? DependencyState.RESOLVED : endOf(object.state);
        if (already != DependencyState.PENDING) {
            waits.conclude(handle, already);
        }
        return handle;
    }

    /** How a wait ends at one that stands so. */
    static DependencyState endOf(final SyncState state) {
        return switch (state) {
            case OPEN -> DependencyState.PENDING;
            case READY -> DependencyState.RESOLVED;
            case BROKEN -> DependencyState.FAILED;
            case EXPIRED -> DependencyState.EXPIRED;
        };
    }

    /** Answers 0. Who waits at it is sent home. */
    private long drop(final long coordination, final int name) {
        final SyncObject object = syncs.find(coordination, name);
        if (object == null) {
            return Rejection.UNKNOWN_SYNC.answer();
        }
        record(FactType.SYNC_DROPPED, object.kind.code(), object, object.generation);
        return 0;
    }

    /** The time of a barrier or sync point is up. */
    public void expire(final int slot) {
        final SyncObject object = syncs.at(slot);
        if (object.kind == SyncKind.BARRIER) {
            record(FactType.BARRIER_BROKEN, 0, object, object.generation);
        } else {
            end(object, SyncState.EXPIRED);
        }
    }

    /** A party of a sync point has completed: its standing, and what that decides. At most two facts. */
    void partyEnded(final SyncObject point, final int party, final PartyStanding standing) {
        final long who = Fact.pair(point.name, point.parties[party]);
        recorder.record(FactType.SYNC_PARTY_ENDED, party, point.coordination, who, standing.ordinal(), 0, 0);
        decide(point);
    }

    /** Whether a sync point has enough, or can no longer get it. */
    void decide(final SyncObject point) {
        if (point.arrived >= point.required) {
            record(FactType.SYNC_POINT_READY, SyncState.READY.ordinal(), point, point.generation);
        } else if (point.isOutOfReach()) {
            end(point, SyncState.BROKEN);
        }
    }

    private void end(final SyncObject point, final SyncState state) {
        record(FactType.SYNC_POINT_BROKEN, state.ordinal(), point, point.generation);
    }
}

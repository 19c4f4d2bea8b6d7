package io.signalbox.kernel.sync;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.dependency.DeclaredWaits;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.dependency.DependencyView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.signal.SignalView;
import java.util.NavigableMap;

/**
 * What the facts of this room lead to: the signals that tell everybody, then the ends of the waits, in declared order. Whatever does
 * not fit into a turn goes on in a later one, from the cursor that was answered.
 */
public final class SyncFlow {
    /** Nothing is left to follow. */
    public static final long DONE = -1;

    /** Everybody has been told; the waits come next. Cursors below begin. */
    private static final long TOLD = 1;

    private final Syncs syncs;
    private final SyncRules rules;
    private final DeclaredWaits waits;
    private final SignalView signals;
    private final Announcer announcer;
    private final SyncEvents events;
    private final Recorder recorder;

    public SyncFlow(
            final Syncs syncs,
            final SyncRules rules,
            final DeclaredWaits waits,
            final SignalView signals,
            final Announcer announcer,
            final SyncEvents events,
            final Recorder recorder) {
        this.syncs = syncs;
        this.rules = rules;
        this.waits = waits;
        this.signals = signals;
        this.announcer = announcer;
        this.events = events;
        this.recorder = recorder;
    }

    private void tell(final Fact fact, final int type, final byte[] payload) {
        announcer.announce(fact.coordination(), type, SyncFacts.name(fact), payload);
    }

    private SyncObject of(final Fact fact) {
        return syncs.find(fact.coordination(), SyncFacts.name(fact));
    }

    /**
     * SYNC_DECLARED: a barrier or sync point is announced; parties of a sync point that have completed before count.
     *
     * @param cursor 0 or less to begin, else as answered.
     */
    public long onDeclared(final Fact fact, final long cursor) {
        final SyncObject object = of(fact);
        if (object.kind != SyncKind.BARRIER && object.kind != SyncKind.SYNC_POINT) {
            return DONE;
        }
        if (cursor < TOLD) {
            tell(fact, syncs.createdType(), events.created(object));
        }
        if (object.kind == SyncKind.BARRIER) {
            return DONE;
        }
        if (object.parties.length == 0) {
            rules.decide(object);
        }
        final int scope = CoordinationView.slotOf(object.coordination);
        for (int i = 0; i < object.parties.length && object.state == SyncState.OPEN; i++) {
            final PartyStanding standing = standing(object, signals.completion(scope, object.parties[i]));
            if (standing != object.standings[i]) {
                if (!recorder.hasRoom()) {
                    return TOLD;
                }
                rules.partyEnded(object, i, standing);
            }
        }
        return DONE;
    }

    private static PartyStanding standing(final SyncObject point, final int completion) {
        if (completion == SignalView.NONE) {
            return PartyStanding.AWAITED;
        }
        return completion == SignalView.SUCCEEDED || (point.flags & SyncRules.FAILURES_COUNT) != 0
                ? PartyStanding.ARRIVED
                : PartyStanding.FAILED;
    }

    /** An agent has completed: whether all sync points that await it know; else call again in a later turn. */
    public boolean onCompletion(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        NavigableMap<Long, SyncObject> points = syncs.openPoints(scope, fact.subject());
        long number = -1;
        while (points != null && points.higherKey(number) != null) {
            final SyncObject point = points.higherEntry(number).getValue();
            number = point.number;
            final int party = point.indexOf(fact.subject());
            final PartyStanding now = standing(point, fact.completion());
            if (point.standings[party] != PartyStanding.ARRIVED && point.standings[party] != now) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                rules.partyEnded(point, party, now);
                points = syncs.openPoints(scope, fact.subject());
            }
        }
        return true;
    }

    /** DEPENDENCY_DECLARED: a wait for a sync point that has ended before ends at once; one to be answered at once ends anyhow. */
    public void onWaitDeclared(final Fact fact) {
        if (DependencyView.declaredKind(fact) != DependencyKind.SYNC_POINT || !waits.isPending(fact.dependency())) {
            return;
        }
        final SyncObject point = syncs.find(fact.coordination(), (int) fact.b());
        final boolean hasEnded = point != null && point.kind == SyncKind.SYNC_POINT && point.state != SyncState.OPEN;
        if (hasEnded) {
            waits.conclude(fact.dependency(), SyncRules.endOf(point.state));
        } else if ((DependencyView.declaredFlags(fact) & DependencyRules.ANSWER_AT_ONCE) != 0) {
            waits.conclude(fact.dependency(), DependencyState.FAILED);
        }
    }

    /** A key of the state has changed: the condition that watches it is notified. */
    public void onKeyChanged(final long coordination, final int key) {
        if (syncs.watcher(coordination, key) != null) {
            rules.wake(coordination, key, SyncRules.ALL);
        }
    }

    /** BARRIER_RELEASED: everybody is told, then goes on. */
    public long onReleased(final Fact fact, final long cursor) {
        return end(fact, cursor, DependencyKind.BARRIER, syncs.readyType(), DependencyState.RESOLVED);
    }

    /** BARRIER_BROKEN: everybody is told who is missing; who waits has failed. */
    public long onBroken(final Fact fact, final long cursor) {
        return end(fact, cursor, DependencyKind.BARRIER, syncs.brokenType(), DependencyState.FAILED);
    }

    /** SYNC_POINT_READY: everybody is told, then goes on. */
    public long onPointReady(final Fact fact, final long cursor) {
        return end(fact, cursor, DependencyKind.SYNC_POINT, syncs.readyType(), DependencyState.RESOLVED);
    }

    /** SYNC_POINT_BROKEN: everybody is told who is missing; who waits has failed, or its time is up. */
    public long onPointBroken(final Fact fact, final long cursor) {
        final DependencyState state =
                fact.extra() == SyncState.EXPIRED.ordinal() ? DependencyState.EXPIRED : DependencyState.FAILED;
        return end(fact, cursor, DependencyKind.SYNC_POINT, syncs.brokenType(), state);
    }

    private long end(
            final Fact fact,
            final long cursor,
            final DependencyKind kind,
            final int signalType,
            final DependencyState state) {
        if (cursor < TOLD) {
            final SyncObject object = of(fact);
            final boolean isReady = signalType == syncs.readyType();
            tell(fact, signalType, isReady ? events.ready(fact) : events.broken(fact, object));
        }
        return rest(waits.conclude(kind, fact.coordination(), SyncFacts.name(fact), fact.b(), state));
    }

    /** LATCH_SET: who waits goes on. */
    public long onLatchSet(final Fact fact) {
        return rest(waits.conclude(
                DependencyKind.LATCH, fact.coordination(), SyncFacts.name(fact), fact.b(), DependencyState.RESOLVED));
    }

    /** CONDITION_NOTIFIED: who waits is woken, when all are meant. */
    public long onNotified(final Fact fact) {
        return fact.extra() == SyncRules.FIRST
                ? DONE
                : rest(waits.conclude(
                        DependencyKind.CONDITION,
                        fact.coordination(),
                        SyncFacts.name(fact),
                        fact.b(),
                        DependencyState.RESOLVED));
    }

    /** SYNC_RESET, SYNC_DROPPED: who waits is sent home; at a latch that was cleared nobody does. */
    public long onReset(final Fact fact) {
        return rest(waits.conclude(
                SyncFacts.kind(fact).waitKind(),
                fact.coordination(),
                SyncFacts.name(fact),
                fact.b(),
                DependencyState.CANCELLED));
    }

    private static long rest(final boolean everybodyReached) {
        return everybodyReached ? DONE : TOLD;
    }
}

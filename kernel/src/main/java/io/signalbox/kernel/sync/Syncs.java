package io.signalbox.kernel.sync;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.store.DigestSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Barriers, latches, conditions and sync points, by coordination and name. Each has a place, which is its timer's id. Places that
 * have become free are used again, the last one first. One mutator for each fact; nothing else changes anything here.
 */
public final class Syncs implements SyncView {
    private static final int SYNC_CREATED = 0;
    private static final int SYNC_READY = 1;
    private static final int SYNC_BROKEN = 2;

    /** Types of the signals that this room raises. */
    private static final String[] NAMES_OF_OURS = {SyncTopics.CREATED, SyncTopics.READY, SyncTopics.BROKEN};

    /** The longest of them. */
    private static final int NAME_LENGTH_MAX = SyncTopics.CREATED.length();

    private final SyncObject[] places;
    private final int[] free;
    private final Long2ObjectHashMap<SyncObject> byName = new Long2ObjectHashMap<>();
    private final List<NavigableMap<Long, SyncObject>> byScope = new ArrayList<>();
    private final Long2ObjectHashMap<NavigableMap<Long, SyncObject>> openPointsByParty = new Long2ObjectHashMap<>();
    private final DeadlineQueue deadlines;
    private final NameTable names;
    private final int[] namesOfOurs = new int[NAMES_OF_OURS.length];
    private int freeCount;
    private int used;
    private int watching;

    public Syncs(final int objectsMax, final int slotsMax, final DeadlineQueue deadlines, final NameTable names) {
        places = new SyncObject[objectsMax];
        free = new int[objectsMax];
        for (int scope = 0; scope < slotsMax; scope++) {
            byScope.add(null);
        }
        this.deadlines = deadlines;
        this.names = names;
    }

    // ------------------------------------------------------------------ looking

    /** The one of this name in a coordination, or null. */
    SyncObject find(final long coordination, final int name) {
        return byName.get(Fact.pair(CoordinationView.slotOf(coordination), name));
    }

    /** The one in a place, or null. */
    SyncObject at(final int slot) {
        return places[slot];
    }

    boolean isFull() {
        return freeCount == 0 && used == places.length;
    }

    /** Whether the signals of this room still want their names. */
    boolean wantsNames() {
        return namesOfOurs[SYNC_CREATED] == 0;
    }

    /** Whether there is room for all of them, at worst. */
    boolean hasRoomForNames() {
        return names.namesMax() - names.size() >= NAMES_OF_OURS.length && names.nameLengthMax() >= NAME_LENGTH_MAX;
    }

    /** Open sync points that a party of this scope belongs to, in declared order; null for none. */
    NavigableMap<Long, SyncObject> openPoints(final int scope, final int party) {
        return openPointsByParty.isEmpty() ? null : openPointsByParty.get(Fact.pair(scope, party));
    }

    /** The condition that is notified by the changes of a key, or null. */
    SyncObject watcher(final long coordination, final int key) {
        if (watching == 0) {
            return null;
        }
        final SyncObject object = find(coordination, key);
        return object != null && isWatcher(object) ? object : null;
    }

    private static boolean isWatcher(final SyncObject object) {
        return object.kind == SyncKind.CONDITION && (object.flags & SyncRules.WATCHES_KEY) != 0;
    }

    /** Name id of the signal that something was declared. */
    int createdType() {
        return namesOfOurs[SYNC_CREATED];
    }

    /** Name id of the signal that a barrier was released or a sync point has enough. */
    int readyType() {
        return namesOfOurs[SYNC_READY];
    }

    /** Name id of the signal that a barrier is broken, or a sync point failed or expired. */
    int brokenType() {
        return namesOfOurs[SYNC_BROKEN];
    }

    @Override
    public SyncSnapshot snapshot(final long coordination, final int name) {
        final SyncObject object = find(coordination, name);
        if (object == null) {
            return null;
        }
        final List<SyncSnapshot.Party> parties = new ArrayList<>();
        for (int i = 0; i < object.parties.length; i++) {
            parties.add(new SyncSnapshot.Party(object.parties[i], object.standings[i]));
        }
        return new SyncSnapshot(
                object.kind,
                name,
                object.state,
                object.generation,
                object.required,
                object.arrived,
                object.deadlineNs,
                List.copyOf(parties));
    }

    @Override
    public byte[][] results(final long coordination, final int name, final long generation) {
        final SyncObject object = find(coordination, name);
        if (object == null) {
            return null;
        }
        return generation == object.releasedGeneration
                ? object.released
                : generation == object.releasedGenerationBefore ? object.releasedBefore : null;
    }

    // ------------------------------------------------------------------ one mutator per fact

    /** SYNC_NAMES_RESERVED. */
    public void onNamesReserved() {
        for (int i = 0; i < NAMES_OF_OURS.length; i++) {
            final byte[] bytes = NAMES_OF_OURS[i].getBytes(StandardCharsets.UTF_8);
            namesOfOurs[i] = names.intern(bytes, 0, bytes.length);
        }
    }

    /** SYNC_DECLARED: extra kind and flags; a name and required; b time limit; c deadline; payload: the parties. */
    public void onDeclared(final Fact fact, final FactLog log) {
        final int slot = freeCount > 0 ? free[--freeCount] : used++;
        final int scope = CoordinationView.slotOf(fact.coordination());
        final SyncObject object = new SyncObject(
                slot,
                fact.factId(),
                fact.coordination(),
                SyncFacts.name(fact),
                SyncFacts.kind(fact),
                fact.extra() >>> 8,
                (int) fact.a(),
                fact.b(),
                SyncFacts.parties(log.source(), log.sourceIndex(fact.payload()), (int) fact.payload()));
        places[slot] = object;
        byName.put(Fact.pair(scope, object.name), object);
        if (byScope.get(scope) == null) {
            byScope.set(scope, new TreeMap<>());
        }
        byScope.get(scope).put(object.number, object);
        if (object.kind == SyncKind.SYNC_POINT) {
            awaitParties(object);
        }
        watching += isWatcher(object) ? 1 : 0;
        limit(object, fact.c());
    }

    private void awaitParties(final SyncObject point) {
        final int scope = CoordinationView.slotOf(point.coordination);
        for (final int party : point.parties) {
            final long key = Fact.pair(scope, party);
            NavigableMap<Long, SyncObject> points = openPointsByParty.get(key);
            if (points == null) {
                points = new TreeMap<>();
                openPointsByParty.put(key, points);
            }
            points.put(point.number, point);
        }
    }

    private void awaitPartiesNoLonger(final SyncObject point) {
        final int scope = CoordinationView.slotOf(point.coordination);
        for (final int party : point.parties) {
            final long key = Fact.pair(scope, party);
            final NavigableMap<Long, SyncObject> points = openPointsByParty.get(key);
            if (points != null && points.remove(point.number) != null && points.isEmpty()) {
                openPointsByParty.remove(key);
            }
        }
    }

    private void limit(final SyncObject object, final long deadlineNs) {
        object.deadlineNs = deadlineNs;
        if (deadlineNs != DeadlineQueue.NEVER) {
            deadlines.schedule(TIMER_TAG | object.slot, deadlineNs);
        }
    }

    private void limitNoLonger(final SyncObject object) {
        object.deadlineNs = DeadlineQueue.NEVER;
        deadlines.cancel(TIMER_TAG | object.slot);
    }

    private SyncObject of(final Fact fact) {
        return find(fact.coordination(), SyncFacts.name(fact));
    }

    /** BARRIER_ARRIVED: extra place of the party; a name and agent; b generation; c deadline; payload: what it brings. */
    public void onArrived(final Fact fact, final FactLog log) {
        final SyncObject barrier = of(fact);
        barrier.standings[fact.extra()] = PartyStanding.ARRIVED;
        barrier.partials[fact.extra()] = (int) fact.payload() == 0 ? null : log.copyOf(fact.payload());
        if (barrier.arrived++ == 0) {
            limit(barrier, fact.c());
        }
    }

    /** BARRIER_RELEASED: a name; b generation; c how many have arrived and had to. */
    public void onReleased(final Fact fact) {
        final SyncObject barrier = of(fact);
        limitNoLonger(barrier);
        barrier.release();
    }

    /** BARRIER_BROKEN: a name; b generation; c how many have arrived and had to. */
    public void onBroken(final Fact fact) {
        of(fact).state = SyncState.BROKEN;
        of(fact).deadlineNs = DeadlineQueue.NEVER;
    }

    /** SYNC_RESET: extra kind; a name; b the generation that ends. */
    public void onReset(final Fact fact) {
        limitNoLonger(of(fact));
        of(fact).nextGeneration();
    }

    /** LATCH_SET: a name; b generation. */
    public void onLatchSet(final Fact fact) {
        of(fact).state = SyncState.READY;
    }

    /** CONDITION_NOTIFIED: extra 1 when only the first is woken; a name; b the generation that ends. */
    public void onNotified(final Fact fact) {
        if (fact.extra() == SyncRules.ALL) {
            of(fact).generation++;
        }
    }

    /** SYNC_PARTY_ENDED: extra place of the party; a name and party; b how it stands now. */
    public void onPartyEnded(final Fact fact) {
        final SyncObject point = of(fact);
        final PartyStanding now = PartyStanding.of((int) fact.b());
        point.failed -= point.standings[fact.extra()] == PartyStanding.FAILED ? 1 : 0;
        point.failed += now == PartyStanding.FAILED ? 1 : 0;
        point.arrived += now == PartyStanding.ARRIVED ? 1 : 0;
        point.standings[fact.extra()] = now;
    }

    /** SYNC_POINT_READY, SYNC_POINT_BROKEN: extra the state it is in now; a name; c how many have arrived and had to. */
    public void onPointEnded(final Fact fact) {
        final SyncObject point = of(fact);
        point.state = SyncState.of(fact.extra());
        limitNoLonger(point);
        awaitPartiesNoLonger(point);
    }

    /** SYNC_DROPPED: extra kind; a name. */
    public void onDropped(final Fact fact) {
        final SyncObject object = of(fact);
        byScope.get(CoordinationView.slotOf(fact.coordination())).remove(object.number);
        forget(object);
    }

    /** COORDINATION_CLOSED: its waits are cancelled one by one elsewhere. */
    public void onCoordinationClosed(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        final NavigableMap<Long, SyncObject> objects = byScope.get(scope);
        if (objects != null) {
            objects.values().forEach(this::forget);
            byScope.set(scope, null);
        }
    }

    private void forget(final SyncObject object) {
        limitNoLonger(object);
        if (object.kind == SyncKind.SYNC_POINT) {
            awaitPartiesNoLonger(object);
        }
        watching -= isWatcher(object) ? 1 : 0;
        byName.remove(Fact.pair(CoordinationView.slotOf(object.coordination), object.name));
        places[object.slot] = null;
        free[freeCount++] = object.slot;
    }

    /** Everything it remembers, by place. */
    public void digestInto(final DigestSink sink) {
        sink.add(Fact.pair(used, freeCount));
        for (int i = 0; i < freeCount; i++) {
            sink.add(free[i]);
        }
        for (int slot = 0; slot < used; slot++) {
            if (places[slot] != null) {
                places[slot].digestInto(sink);
            }
        }
        for (final int name : namesOfOurs) {
            sink.add(name);
        }
    }
}

package io.signalbox.kernel.sync;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/** One barrier, latch, condition or sync point. What changes is changed by the mutators of {@link Syncs} alone. */
final class SyncObject {
    /** The generation that a new one has. */
    static final long FIRST_GENERATION = 1;

    private static final int NOBODY = -1;

    final int slot;
    final long number;
    final long coordination;
    final int name;
    final SyncKind kind;
    final int flags;
    final int required;
    final long timeoutNs;
    final int[] parties;

    /** How each party stands, in declared order. */
    final PartyStanding[] standings;

    /** What each party has brought to the present generation, null for nothing. */
    byte[][] partials;

    SyncState state = SyncState.OPEN;
    long generation = FIRST_GENERATION;
    long deadlineNs = Long.MAX_VALUE;
    int arrived;
    int failed;

    /** What the parties brought to the last released generation, and to the one before it. */
    byte[][] released;

    byte[][] releasedBefore;
    long releasedGeneration;
    long releasedGenerationBefore;

    private final Int2IntHashMap indexByParty;

    SyncObject(
            final int slot,
            final long number,
            final long coordination,
            final int name,
            final SyncKind kind,
            final int flags,
            final int required,
            final long timeoutNs,
            final int[] parties) {
        this.slot = slot;
        this.number = number;
        this.coordination = coordination;
        this.name = name;
        this.kind = kind;
        this.flags = flags;
        this.required = required;
        this.timeoutNs = timeoutNs;
        this.parties = parties;
        standings = new PartyStanding[parties.length];
        partials = new byte[parties.length][];
        indexByParty = new Int2IntHashMap(Math.max(8, parties.length * 2), 0.6f, NOBODY);
        for (int i = 0; i < parties.length; i++) {
            indexByParty.put(parties[i], i);
        }
        Arrays.fill(standings, PartyStanding.AWAITED);
    }

    /** Place of a party in declared order, or -1 for a stranger. */
    int indexOf(final int party) {
        return indexByParty.get(party);
    }

    /** Keep what was brought to the present generation; everybody is awaited in the next one. */
    void release() {
        releasedBefore = released;
        releasedGenerationBefore = releasedGeneration;
        released = partials;
        releasedGeneration = generation;
        nextGeneration();
    }

    /** Everybody is awaited, in the next generation. */
    void nextGeneration() {
        generation++;
        state = SyncState.OPEN;
        deadlineNs = Long.MAX_VALUE;
        arrived = 0;
        partials = new byte[parties.length][];
        Arrays.fill(standings, PartyStanding.AWAITED);
    }

    /** Everything it remembers. */
    void digestInto(final DigestSink sink) {
        sink.add(number);
        sink.add(coordination);
        sink.add(Fact.pair(name, kind.code() << 8 | flags));
        sink.add(Fact.pair(slot, required));
        sink.add(timeoutNs);
        sink.add(deadlineNs);
        sink.add(generation);
        sink.add(state.ordinal());
        for (int i = 0; i < parties.length; i++) {
            sink.add(Fact.pair(parties[i], standings[i].ordinal()));
            sink.add(partials[i]);
        }
        digest(sink, releasedGeneration, released);
        digest(sink, releasedGenerationBefore, releasedBefore);
    }

    private static void digest(final DigestSink sink, final long generation, final byte[][] results) {
        sink.add(generation);
        if (results != null) {
            for (final byte[] result : results) {
                sink.add(result);
            }
        }
    }

    /** Whether what is awaited of this generation has been: a barrier's release, a condition's notification of all. */
    boolean hasPassed(final long awaited) {
        return kind == SyncKind.BARRIER && releasedGeneration >= Math.max(awaited, FIRST_GENERATION)
                || kind == SyncKind.CONDITION && awaited < generation;
    }

    /** Whether so many have failed that enough can no longer come. */
    boolean isOutOfReach() {
        return parties.length - failed < required;
    }
}

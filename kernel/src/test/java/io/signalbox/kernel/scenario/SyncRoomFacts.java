package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.sync.LeaseEnd;
import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.PartyStanding;
import io.signalbox.kernel.sync.SyncKind;
import io.signalbox.kernel.sync.SyncState;

final class SyncRoomFacts implements RoomFacts {
    private final FactWords words;

    SyncRoomFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        final String name = words.name((int) (fact.a() >>> 32));
        final String who = words.by((int) fact.a());
        final String scope = words.scope(fact);
        return switch (fact.type()) {
            case SYNC_NAMES_RESERVED -> "reserved names";
            case SYNC_DECLARED ->
                SyncKind.of(fact.extra() & 0xFF) + " " + name + " needs " + (int) fact.a() + words.until(fact.c())
                        + scope;
            case BARRIER_ARRIVED ->
                "arrived" + who + " at " + name + " generation " + fact.b() + words.quoted(fact.payload())
                        + words.until(fact.c()) + scope;
            case BARRIER_RELEASED -> "released " + name + " generation " + fact.b() + scope;
            case BARRIER_BROKEN -> "broke " + name + " generation " + fact.b() + scope;
            case SYNC_RESET -> "reset " + name + " generation " + fact.b() + scope;
            case LATCH_SET -> "signalled " + name + " generation " + fact.b() + scope;
            case CONDITION_NOTIFIED -> "notified " + (fact.extra() == 0 ? "all at " : "one at ") + name + scope;
            case SYNC_PARTY_ENDED -> name + " counts" + who + " " + PartyStanding.values()[(int) fact.b()] + scope;
            case SYNC_POINT_READY -> "ready " + name + " " + counts(fact) + scope;
            case SYNC_POINT_BROKEN -> SyncState.values()[fact.extra()] + " " + name + " " + counts(fact) + scope;
            case SYNC_DROPPED -> "dropped " + name + scope;
            case LEASE_ASKED -> "asked " + lease(fact) + " " + LeaseMode.of(fact.extra());
            case LEASE_GRANTED -> "granted " + lease(fact) + words.until(fact.c());
            case LEASE_RENEWED -> "renewed " + lease(fact) + words.until(fact.c());
            case LEASE_ENDED -> "ended " + lease(fact) + " " + LeaseEnd.of(fact.extra());
            case LEASE_WITHDRAWN -> "withdrawn " + lease(fact);
            case LEASES_RELEASED -> "released everything" + words.by((int) fact.a()) + scope;
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private static String counts(final Fact fact) {
        return (fact.c() >>> 32) + " of " + (int) fact.c();
    }

    private String lease(final Fact fact) {
        return words.name((int) (fact.b() >>> 32)) + words.by((int) fact.b()) + words.scope(fact);
    }
}

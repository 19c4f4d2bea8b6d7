package io.signalbox.kernel.sync;

import java.util.List;

/**
 * How a barrier, latch, condition or sync point stood between two turns.
 *
 * @param kind what it is.
 * @param name id of its name.
 * @param state how it stands.
 * @param generation from 1; a barrier's is the one that takes arrivals, a latch's rises with each clearing, a condition's with each
 *     notification of all.
 * @param required how many have to come, 0 for a latch or condition.
 * @param arrived how many have come, of this generation.
 * @param deadlineNs kernel time at which it breaks or expires, {@link Long#MAX_VALUE} for never.
 * @param parties its parties, in declared order.
 */
public record SyncSnapshot(
        SyncKind kind,
        int name,
        SyncState state,
        long generation,
        int required,
        int arrived,
        long deadlineNs,
        List<Party> parties) {
    /**
     * One party.
     *
     * @param name id of its name.
     */
    public record Party(int name, PartyStanding standing) {}

    /** Ids of the names of those who have not come, in declared order. */
    public List<Integer> missing() {
        return parties.stream()
                .filter(party -> party.standing() != PartyStanding.ARRIVED)
                .map(Party::name)
                .toList();
    }
}

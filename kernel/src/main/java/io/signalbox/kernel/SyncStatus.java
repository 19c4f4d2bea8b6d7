package io.signalbox.kernel;

import io.signalbox.kernel.sync.PartyStanding;
import io.signalbox.kernel.sync.SyncKind;
import io.signalbox.kernel.sync.SyncSnapshot;
import io.signalbox.kernel.sync.SyncState;
import java.util.List;

/**
 * How a barrier, event, condition or sync point stood between two turns.
 *
 * @param kind what it is.
 * @param state how it stands.
 * @param generation from 1: a barrier's rises with each release and reset, an event's with each clearing, a condition's with each
 *     notification of all.
 * @param required how many have to come, 0 for an event or condition.
 * @param arrived how many have come.
 * @param deadlineNs kernel time at which it breaks or expires, {@link Long#MAX_VALUE} for never.
 * @param missing names of those who have not come, in declared order; also those who failed.
 * @param failed names of those who failed, in declared order.
 */
public record SyncStatus(
        SyncKind kind,
        SyncState state,
        long generation,
        int required,
        int arrived,
        long deadlineNs,
        List<String> missing,
        List<String> failed) {
    static SyncStatus of(final Kernel kernel, final SyncSnapshot snapshot) {
        return snapshot == null
                ? null
                : new SyncStatus(
                        snapshot.kind(),
                        snapshot.state(),
                        snapshot.generation(),
                        snapshot.required(),
                        snapshot.arrived(),
                        snapshot.deadlineNs(),
                        snapshot.missing().stream().map(kernel::name).toList(),
                        snapshot.parties().stream()
                                .filter(party -> party.standing() == PartyStanding.FAILED)
                                .map(party -> kernel.name(party.name()))
                                .toList());
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.sync.LeaseSnapshot;
import java.util.List;

/** Says in words what a wait at a barrier, event, condition, sync point or for a lease waits for. Between two turns. */
final class SyncExplanation {
    private SyncExplanation() {}

    static String of(final Kernel kernel, final long handle) {
        final Dependencies dependencies = kernel.machine().dependencies();
        final int slot = (int) handle;
        final int target = dependencies.target(slot);
        final SyncStatus status =
                SyncStatus.of(kernel, kernel.machine().syncs().snapshot(dependencies.coordination(slot), target));
        final String name = "'" + kernel.name(target) + "'";
        return switch (dependencies.kind(slot)) {
            case BARRIER -> "barrier " + name + " to be released" + missing(status);
            case SYNC_POINT -> "sync point " + name + " to have enough" + missing(status);
            case LATCH -> "event " + name + " to be signalled";
            case CONDITION -> "condition " + name + " to be notified";
            default -> "a lease on " + name + holders(kernel, target);
        };
    }

    /** Names of those who could bring about what a wait waits for: who is missing, who holds the lease. */
    static List<String> satisfiers(final Kernel kernel, final long handle) {
        final Dependencies dependencies = kernel.machine().dependencies();
        final int slot = (int) handle;
        final int target = dependencies.target(slot);
        final SyncStatus status =
                SyncStatus.of(kernel, kernel.machine().syncs().snapshot(dependencies.coordination(slot), target));
        return switch (dependencies.kind(slot)) {
            case BARRIER, SYNC_POINT -> status == null ? List.of() : status.missing();
            case LEASE -> holderNames(kernel, target);
            default -> List.of();
        };
    }

    private static String missing(final SyncStatus status) {
        return status == null
                ? ""
                : " (" + status.arrived() + " of " + status.required() + ", missing "
                        + String.join(", ", status.missing()) + ")";
    }

    private static String holders(final Kernel kernel, final int resource) {
        return " (held by " + String.join(", ", holderNames(kernel, resource)) + ")";
    }

    private static List<String> holderNames(final Kernel kernel, final int resource) {
        return kernel.machine().leases().snapshots().stream()
                .filter(lease -> lease.resource() == resource && lease.isHeld())
                .map(LeaseSnapshot::owner)
                .map(kernel::name)
                .toList();
    }
}

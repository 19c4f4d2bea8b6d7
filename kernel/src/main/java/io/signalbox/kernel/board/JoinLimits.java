package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.SyncStatus;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.sync.SyncState;
import java.time.Duration;

/**
 * The time limits of joins. Each is that of a sync point of the kernel over the sources, called {@code join:ID}: whether enough sources were completed in time is decided in the
 * kernel's one order, by kernel time, and survives with the journal. Any thread.
 */
final class JoinLimits {
    private static final String PREFIX = "join:";

    private final Coordination coordination;

    JoinLimits(final Coordination coordination) {
        this.coordination = coordination;
    }

    /** Kernel time at which a time that begins now is up. */
    static long deadlineNs(final long nowNs, final Duration timeout) {
        return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE - nowNs)) >= 0
                ? Long.MAX_VALUE
                : nowNs + timeout.toNanos();
    }

    /** The join that a sync point is the limit of; null when it is none. */
    static String joinOf(final String syncId) {
        return syncId.startsWith(PREFIX) ? syncId.substring(PREFIX.length()) : null;
    }

    /** A pending join's time runs, if it has a limit. */
    void begin(final PendingJoin join, final long nowNs) {
        if (join.isLimited() && status(join) == null) {
            final Duration left = Duration.ofNanos(Math.max(1, join.deadlineNs() - nowNs));
            final int required = join.strategy().required(join.sourceTaskIds().size());
            final Receipt receipt =
                    coordination.sync().createSyncPoint(PREFIX + join.id(), join.sourceTaskIds(), required, left);
            if (receipt.rejection() != Rejection.DUPLICATE_SYNC) {
                receipt.orThrow();
            }
        }
    }

    /** Whether the time of a pending join was up before enough of its sources were completed. */
    boolean isOver(final PendingJoin join) {
        final SyncStatus status = join.isLimited() ? status(join) : null;
        return status != null && status.state() == SyncState.EXPIRED;
    }

    /** A join that has ended needs no limit any more. */
    void end(final PendingJoin join) {
        if (join.isLimited() && status(join) != null) {
            coordination.sync().drop(PREFIX + join.id());
        }
    }

    private SyncStatus status(final PendingJoin join) {
        return coordination.sync().status(PREFIX + join.id());
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.HashMap;
import java.util.Map;

final class NaiveSignals implements NaiveKernel.NaiveRoom {
    private final NaiveKernel kernel;
    private final Map<Long, Long> raised = new HashMap<>();

    NaiveSignals(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long raised(final long coordination) {
        return raised.getOrDefault(coordination, 0L);
    }

    /** The kernel itself tells something. */
    void announced(final long coordination, final int type) {
        raised.merge(coordination, 1L, Long::sum);
        kernel.then(() -> kernel.dependencies.onSignal(kernel.position, coordination, type, 0));
    }

    /** The kernel itself raised one. */
    void note(final long coordination) {
        raised.merge(coordination, 1L, Long::sum);
    }

    @Override
    public void onClosed(final long coordination) {
        raised.remove(coordination);
    }

    long raise(
            final long position,
            final long nowNs,
            final long coordination,
            final int type,
            final int sender,
            final int subject,
            final int completion,
            final double quality,
            final int awaits,
            final long timeoutNs,
            final int payloadLength) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (payloadLength > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (awaits != 0 && kernel.dependencies.pending() == NaiveKernel.WAITS_MAX) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        if (awaits != 0 && (!NaiveKernel.isName(awaits) || timeoutNs < 0)) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!NaiveKernel.isName(type) || !NaiveKernel.isNameOrNone(sender) || !NaiveKernel.isNameOrNone(subject)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final int about = subject == 0 ? sender : subject;
        if (completion > 2 || completion > 0 && about == 0 || quality < 0 || quality > 1) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        raised.merge(coordination, 1L, Long::sum);
        kernel.then(() -> {
            if (completion > 0) {
                kernel.agents.onCompletion(coordination, about, completion, quality);
                kernel.dependencies.onCompletion(position, coordination, type, about, completion);
            }
            kernel.dependencies.onSignal(position, coordination, type, sender);
            if (completion > 0) {
                kernel.syncs.onCompletion(coordination, about, completion);
            }
        });
        return awaits == 0
                ? 0
                : kernel.dependencies.awaitNext(position, nowNs, coordination, sender, awaits, timeoutNs);
    }
}

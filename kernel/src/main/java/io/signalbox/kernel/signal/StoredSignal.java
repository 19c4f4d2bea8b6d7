package io.signalbox.kernel.signal;

import java.util.Arrays;

/**
 * A signal as the history keeps it: ids, not names.
 *
 * @param number among those of its coordination, from 0.
 * @param factId {@code position << 16 | index}.
 * @param timestampNs kernel time.
 * @param recipients name ids, empty for everybody.
 * @param kind see {@link SignalKind}.
 * @param quality NaN for none.
 * @param respondsTo position of the signal it answers, -1 for none.
 * @param origin name id of the transport it came in by, 0 when it was raised here.
 */
@SuppressWarnings("ArrayRecordComponent") // between the history and the front door only
public record StoredSignal(
        long number,
        long factId,
        long timestampNs,
        int signalType,
        int sender,
        int subject,
        int[] recipients,
        int kind,
        int completion,
        int priority,
        double quality,
        long respondsTo,
        int origin,
        byte[] payload) {
    /** Position of the command that raised it. */
    public long position() {
        return factId >>> 16;
    }

    /** Whether it is addressed to this agent, by name or as one of all. */
    public boolean isFor(final int agent) {
        return recipients.length == 0 || Arrays.stream(recipients).anyMatch(recipient -> recipient == agent);
    }
}

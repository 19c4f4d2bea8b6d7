package io.signalbox.kernel.sync;

import io.signalbox.kernel.event.Fact;

/** How the facts of this room are packed. */
final class SyncFacts {
    private SyncFacts() {}

    /** Name of the barrier, latch, condition or sync point. */
    static int name(final Fact fact) {
        return (int) (fact.a() >>> 32);
    }

    /** What it is [SYNC_DECLARED, SYNC_RESET, SYNC_DROPPED]. */
    static SyncKind kind(final Fact fact) {
        return SyncKind.of(fact.extra() & 0xFF);
    }

    /** Name ids, each four bytes, the low one first. */
    static int[] parties(final byte[] source, final int offset, final int length) {
        final int[] parties = new int[length / Integer.BYTES];
        for (int i = 0; i < parties.length; i++) {
            final int at = offset + i * Integer.BYTES;
            parties[i] = source[at] & 0xFF
                    | (source[at + 1] & 0xFF) << 8
                    | (source[at + 2] & 0xFF) << 16
                    | source[at + 3] << 24;
        }
        return parties;
    }
}

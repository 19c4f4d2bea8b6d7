package io.signalbox.kernel.ring;

/**
 * Whether the calling thread has stack enough for a turn. A stack overflow inside a turn would break the machine, so a caller
 * that is about to run out of stack is refused before it takes the baton.
 *
 * <p>The probe calls itself a few times with a frame that is large because many values stay live across the call. They are
 * live only on a path taken once in {@value #TOUCH_EVERY} probes, but the compiler reserves the frame on every path, and HotSpot
 * checks the far end of a frame when a method is entered. So a probe costs a few nanoseconds and checks some kilobytes.
 */
final class StackHeadroom {
    private static final int LEVELS = 12;
    private static final int TOUCH_EVERY = 1024;
    private static final long[] BALLAST = new long[64];
    private static int countdown = TOUCH_EVERY;

    private StackHeadroom() {}

    /** Whether there is room. Any thread; the count of probes is racy on purpose. */
    static boolean isEnough() {
        final boolean touch = --countdown <= 0;
        if (touch) {
            countdown = TOUCH_EVERY;
        }
        try {
            return probe(BALLAST, LEVELS, touch) == 0;
        } catch (final StackOverflowError e) {
            return false;
        }
    }

    private static long probe(final long[] b, final int level, final boolean touch) {
        if (!touch) {
            return level == 0 ? 0 : probe(b, level - 1, false);
        }
        if (level == 0) {
            return 0;
        }
        return b[0] + (b[1] + (b[2] + (b[3] + (b[4] + (b[5] + (b[6] + (b[7] + (b[8] + (b[9] + (b[10] + (b[11] + (b[12] + (b[13] + (b[14] + (b[15] + (b[16] + (b[17] + (b[18] + (b[19] + (b[20] + (b[21] + (b[22] + (b[23] + (b[24] + (b[25] + (b[26] + (b[27] + (b[28] + (b[29] + (b[30] + (b[31] + (b[32] + (b[33] + (b[34] + (b[35] + (b[36] + (b[37] + (b[38] + (b[39] + (b[40] + (b[41] + (b[42] + (b[43] + (b[44] + (b[45] + (b[46] + (b[47] + (b[48] + (b[49] + (b[50] + (b[51] + (b[52] + (b[53] + (b[54] + (b[55] + (b[56] + (b[57] + (b[58] + (b[59] + (b[60] + (b[61] + (b[62] + (b[63] + probe(b, level - 1, true))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))));
    }
}

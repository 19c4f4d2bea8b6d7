package io.signalbox.journal.chronicle;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * Says which data file is written to. It names the file after the day by the wall clock, but never goes back: not when
 * the clock does, and not when the newest file is ahead of it, since Chronicle Queue refuses every append to a file
 * that a newer one follows. A full file moves it on by a day. Called under the baton only.
 */
final class CycleClock implements TimeProvider {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private final LongSupplier wallClockMs;
    private long floorMs;

    /** @param firstCycle no file before this one is written to. */
    CycleClock(final LongSupplier wallClockMs, final int firstCycle) {
        this.wallClockMs = wallClockMs;
        this.floorMs = firstCycle * DAY_MS;
    }

    @Override
    public long currentTimeMillis() {
        final long nowMs = wallClockMs.getAsLong();
        if (nowMs > floorMs) {
            floorMs = nowMs;
        }
        return floorMs;
    }

    /** Let the next batch begin a new file. */
    void nextCycle() {
        floorMs = (floorMs / DAY_MS + 1) * DAY_MS;
    }
}

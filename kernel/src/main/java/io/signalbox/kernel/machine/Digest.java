package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Room;
import java.util.zip.CRC32C;

/**
 * A running digest for each room over all its facts so far. A payload enters by the CRC32C of its bytes. Two machines that
 * went through the same commands have the same digests; two that differ in one fact do not, but for one chance in 2^64.
 */
public final class Digest {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private static final long LANE = 0xD1B54A32D192ED03L;

    private final long[] rooms = new long[Room.COUNT];
    private final CRC32C crc = new CRC32C();

    /** Take in the facts of a turn from {@code from} on. */
    void update(final FactLog log, final int from) {
        for (int i = from; i < log.count(); i++) {
            final FactType type = FactType.of((int) log.word(i, 0) & 0xFFFF);
            final int room = type.room().ordinal();
            final long first = payload(log, type, log.word(i, 6));
            final long second = payload(log, type, log.word(i, 7));
            rooms[room] = mix(rooms[room] ^ fold(log, i) ^ mix(first + lane(7)) ^ mix(second + lane(8)));
        }
    }

    /** The words are mixed side by side, each with a constant of its own, so that the multiplications overlap. */
    private static long fold(final FactLog log, final int i) {
        long h = mix(log.factId(i));
        for (int word = 0; word < FactLog.WORDS - 2; word++) {
            h += mix(log.word(i, word) + lane(word + 1));
        }
        return h;
    }

    private static long lane(final int number) {
        return number * LANE;
    }

    private long payload(final FactLog log, final FactType type, final long range) {
        if (range == 0 || type == FactType.DEPENDENCY_DECLARED) {
            return range;
        }
        if ((int) range == 0) {
            return 0; // as the CRC32C of no bytes, and their number
        }
        crc.reset();
        crc.update(log.source(range), log.sourceIndex(range), (int) range);
        return crc.getValue() << 32 | (int) range;
    }

    static long mix(final long value) {
        final long h = value * PRIME;
        return h ^ h >>> 32;
    }

    /** The digest of a room so far. */
    public long room(final int ordinal) {
        return rooms[ordinal];
    }

    /** Copy the digests of all rooms, in the order of {@link Room}. */
    public void copyTo(final long[] target) {
        System.arraycopy(rooms, 0, target, 0, rooms.length);
    }
}

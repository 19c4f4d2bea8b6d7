package io.signalbox.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTailTest {
    private static final byte[] SOURCE = new byte[1024];

    static {
        new Random(7).nextBytes(SOURCE);
    }

    /** What a reader found when the last signal had gone by. */
    record Reading(long readCount, long missedCount, String wrong) {}

    @Test
    void shouldGiveBackWhatWasAppended() {
        final SignalTail tail = new SignalTail(8);
        final SignalTail.Cursor cursor = tail.newCursor(0);
        assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.NOTHING);
        final byte[] payload = {9, 1, 2, 3, 9};

        assertThat(tail.append(0x1_0000, 5, -6, 7, -8, 9, Integer.MIN_VALUE, 2, Double.NaN, payload, 1, 3))
                .isZero();
        assertThat(cursor.poll()).as("nobody sees what is not published").isEqualTo(SignalTail.Cursor.NOTHING);
        tail.publish();

        assertThat(tail.endSequence()).isEqualTo(1);
        assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.READ);
        assertThat(cursor.sequence()).isZero();
        assertThat(cursor.factId()).isEqualTo(0x1_0000);
        assertThat(cursor.timestampNs()).isEqualTo(5);
        assertThat(cursor.coordination()).isEqualTo(-6);
        assertThat(cursor.signalType()).isEqualTo(7);
        assertThat(cursor.sender()).isEqualTo(-8);
        assertThat(cursor.subject()).isEqualTo(9);
        assertThat(cursor.recipient()).isEqualTo(Integer.MIN_VALUE);
        assertThat(cursor.completion()).isEqualTo(2);
        assertThat(cursor.quality()).isNaN();
        assertThat(cursor.payloadLength()).isEqualTo(3);
        final byte[] target = new byte[5];
        assertThat(cursor.copyPayload(target, 2)).isEqualTo(3);
        assertThat(target).containsExactly(0, 0, 1, 2, 3);
        assertThatThrownBy(() -> cursor.copyPayload(target, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.NOTHING);
        assertThat(cursor.factId()).isEqualTo(0x1_0000);
    }

    @Test
    void shouldKeepPayloadsOfEveryLength() {
        final SignalTail tail = new SignalTail(4);
        final SignalTail.Cursor cursor = tail.newCursor(0);
        for (int length = 0; length <= 200; length++) {
            tail.append(length, 0, 0, 0, 0, 0, 0, 0, 0, SOURCE, 3, length);
            tail.publish();
            assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.READ);
            final byte[] target = new byte[cursor.payloadLength()];
            cursor.copyPayload(target, 0);
            assertThat(target).isEqualTo(Arrays.copyOfRange(SOURCE, 3, 3 + length));
        }
    }

    @Test
    void shouldCopyALargePayloadUnlessItIsShared() {
        final SignalTail tail = new SignalTail(4);
        final SignalTail.Cursor cursor = tail.newCursor(0);
        final byte[] payload = new byte[100];
        final byte[] target = new byte[100];

        tail.append(1, 0, 0, 0, 0, 0, 0, 0, 0, payload, 0, payload.length);

        tail.publish();
        tail.appendShared(2, 0, 0, 0, 0, 0, 0, 0, 0, payload);
        tail.publish();
        payload[0] = 1;

        cursor.poll();
        cursor.copyPayload(target, 0);
        assertThat(target[0]).isZero();
        cursor.poll();
        cursor.copyPayload(target, 0);
        assertThat(target[0]).isEqualTo((byte) 1);
    }

    @Test
    void shouldTellALappedReaderExactlyWhatItMissed() {
        final SignalTail tail = new SignalTail(8);
        final SignalTail.Cursor cursor = tail.newCursor(3);
        appendAll(tail, 20);

        assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.LAPPED);
        assertThat(cursor.gapFrom()).isEqualTo(3);
        assertThat(cursor.gapTo()).isEqualTo(12);
        assertThat(cursor.nextSequence()).isEqualTo(13);
        for (int sequence = 13; sequence < 20; sequence++) {
            assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.READ);
            assertThat(cursor.sequence()).isEqualTo(sequence);
            assertThat(wrong(cursor, new byte[256])).isEmpty();
        }
        assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.NOTHING);
        assertThat(cursor.nextSequence()).isEqualTo(tail.endSequence());
    }

    @Test
    void shouldStartAtTheEndOrLater() {
        final SignalTail tail = new SignalTail(4);
        appendAll(tail, 6);
        final SignalTail.Cursor atEnd = tail.newCursor(tail.endSequence());
        final SignalTail.Cursor later = tail.newCursor(100);

        assertThat(atEnd.poll()).isEqualTo(SignalTail.Cursor.NOTHING);
        assertThat(later.poll()).isEqualTo(SignalTail.Cursor.NOTHING);
        append(tail, 6);
        assertThat(atEnd.poll()).isEqualTo(SignalTail.Cursor.READ);
        assertThat(atEnd.sequence()).isEqualTo(6);
        assertThat(later.poll()).isEqualTo(SignalTail.Cursor.NOTHING);
    }

    @Test
    void shouldRefuseWrongSizesAndLeaveTheTailAsItWas() {
        final SignalTail tail = new SignalTail(4);

        assertThatThrownBy(() -> new SignalTail(6)).hasMessageStartingWith("capacity must be a power of two");
        assertThatThrownBy(() -> new SignalTail(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tail.newCursor(-1)).hasMessage("fromSequence must be 0 or more: -1");
        assertThatThrownBy(() -> tail.append(0, 0, 0, 0, 0, 0, 0, 0, 0, new byte[4], 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(tail.endSequence()).isZero();
        assertThat(tail.newCursor(0).poll()).isEqualTo(SignalTail.Cursor.NOTHING);
    }

    @Test
    void shouldAllocateNothingForInlinePayloads() {
        final SignalTail tail = new SignalTail(64);
        final SignalTail.Cursor cursor = tail.newCursor(0);
        final byte[] target = new byte[SignalTail.INLINE_LENGTH_MAX];
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        passOn(tail, cursor, target, 20_000);
        threads.getCurrentThreadAllocatedBytes();

        final long before = threads.getCurrentThreadAllocatedBytes();
        passOn(tail, cursor, target, 200_000);
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocatedBytes).isLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 64, 65_536})
    void shouldShowOnlyWholeRecordsToReadersBesideTheWriter(final int capacity) throws Exception {
        final long total = 2_000_000;
        final SignalTail tail = new SignalTail(capacity);
        final ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            final Future<Reading> first = readers.submit(() -> read(tail, total));
            final Future<Reading> second = readers.submit(() -> read(tail, total));
            appendAll(tail, total);
            for (final Future<Reading> reader : Arrays.asList(first, second)) {
                final Reading reading = reader.get(60, TimeUnit.SECONDS);
                assertThat(reading.wrong()).isEmpty();
                assertThat(reading.readCount() + reading.missedCount()).isEqualTo(total);
                assertThat(reading.readCount()).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static Reading read(final SignalTail tail, final long total) {
        final SignalTail.Cursor cursor = tail.newCursor(0);
        final byte[] target = new byte[256];
        long readCount = 0;
        long missedCount = 0;
        while (cursor.nextSequence() < total && !Thread.currentThread().isInterrupted()) {
            final long expected = cursor.nextSequence();
            switch (cursor.poll()) {
                case SignalTail.Cursor.READ -> {
                    readCount++;
                    final String wrong = cursor.sequence() == expected ? wrong(cursor, target) : "out of order";
                    if (!wrong.isEmpty()) {
                        return new Reading(readCount, missedCount, wrong);
                    }
                }
                case SignalTail.Cursor.LAPPED -> {
                    final long gap = cursor.gapTo() - cursor.gapFrom() + 1;
                    missedCount += gap;
                    if (cursor.gapFrom() != expected || gap < 1 || cursor.nextSequence() != cursor.gapTo() + 1) {
                        return new Reading(readCount, missedCount, "wrong gap at " + expected);
                    }
                }
                default -> Thread.onSpinWait();
            }
        }
        return new Reading(readCount, missedCount, "");
    }

    private static void passOn(
            final SignalTail tail, final SignalTail.Cursor cursor, final byte[] target, final int times) {
        for (int i = 0; i < times; i++) {
            tail.append(i, i, i, i, i, i, i, i, i, SOURCE, i & 63, i & 63);
            tail.publish();
            if (cursor.poll() != SignalTail.Cursor.READ || cursor.copyPayload(target, 0) != (i & 63)) {
                throw new AssertionError("signal " + i + " did not arrive");
            }
        }
    }

    private static void appendAll(final SignalTail tail, final long count) {
        for (long sequence = 0; sequence < count; sequence++) {
            append(tail, sequence);
        }
    }

    /** Every field follows from the sequence, so a mixture of two records is seen. */
    private static void append(final SignalTail tail, final long sequence) {
        final long seed = mix(sequence);
        tail.append(
                seed,
                seed + 1,
                seed + 2,
                (int) seed + 3,
                (int) seed + 4,
                (int) seed + 5,
                (int) seed + 6,
                (int) seed + 7,
                Double.longBitsToDouble(seed >>> 2),
                SOURCE,
                (int) (seed & 511),
                length(sequence));
        tail.publish();
    }

    private static String wrong(final SignalTail.Cursor cursor, final byte[] target) {
        final long seed = mix(cursor.sequence());
        final int length = length(cursor.sequence());
        final boolean whole = cursor.factId() == seed
                && cursor.timestampNs() == seed + 1
                && cursor.coordination() == seed + 2
                && cursor.signalType() == (int) seed + 3
                && cursor.sender() == (int) seed + 4
                && cursor.subject() == (int) seed + 5
                && cursor.recipient() == (int) seed + 6
                && cursor.completion() == (int) seed + 7
                && Double.doubleToRawLongBits(cursor.quality()) == seed >>> 2
                && cursor.payloadLength() == length
                && cursor.copyPayload(target, 0) == length
                && Arrays.equals(target, 0, length, SOURCE, (int) (seed & 511), (int) (seed & 511) + length);
        return whole ? "" : "record " + cursor.sequence() + " mixes with another";
    }

    private static int length(final long sequence) {
        return (int) (sequence % 50 == 0 ? 65 + sequence % 100 : sequence % 65);
    }

    private static long mix(final long sequence) {
        final long mixed = (sequence + 1) * 0x9e3779b97f4a7c15L;
        return mixed ^ (mixed >>> 31);
    }
}

package io.signalbox.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

        assertThat(tail.begin(0x1_0000, 5, -6)
                        .names(7, -8, 9, Integer.MIN_VALUE)
                        .quality(Double.NaN)
                        .end(2, 9, 0, payload, 1, 3))
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
        assertThat(cursor.priority()).isEqualTo(9);
        assertThat(cursor.respondsTo()).isEqualTo(SignalRecord.NO_POSITION);
        assertThat(cursor.origin()).isZero();
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
            plain(tail, length, SOURCE, 3, length);
            tail.publish();
            assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.READ);
            final byte[] target = new byte[cursor.payloadLength()];
            cursor.copyPayload(target, 0);
            assertThat(target).isEqualTo(Arrays.copyOfRange(SOURCE, 3, 3 + length));
        }
    }

    @Test
    void shouldCopyALargePayload() {
        final SignalTail tail = new SignalTail(4);
        final SignalTail.Cursor cursor = tail.newCursor(0);
        final byte[] payload = new byte[100];
        final byte[] target = new byte[100];
        plain(tail, 1, payload, 0, payload.length);
        tail.publish();
        payload[0] = 1;

        cursor.poll();
        cursor.copyPayload(target, 0);
        assertThat(target[0]).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 30, 64, 200})
    void shouldKeepTheAttachmentApartFromThePayload(final int payloadLength) {
        final SignalTail tail = new SignalTail(4);
        final SignalTail.Cursor cursor = tail.newCursor(0);
        for (int recipients = 1; recipients <= 20; recipients++) {
            final int attachmentLength = SignalRecord.ATTACHMENT_HEAD + recipients * Integer.BYTES;
            final ByteBuffer content = ByteBuffer.allocate(attachmentLength + payloadLength)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(77_000_000_000L)
                    .putInt(-5);
            for (int i = 0; i < recipients; i++) {
                content.putInt(100 + i);
            }
            content.put(SOURCE, 0, payloadLength);
            tail.begin(recipients, 0, 0)
                    .names(1, 2, 3, SignalRecord.SEVERAL)
                    .quality(0)
                    .end(0, 5, attachmentLength, content.array(), 0, content.capacity());
            tail.publish();

            assertThat(cursor.poll()).isEqualTo(SignalTail.Cursor.READ);
            assertThat(cursor.respondsTo()).isEqualTo(77_000_000_000L);
            assertThat(cursor.origin()).isEqualTo(-5);
            assertThat(cursor.recipientCount()).isEqualTo(recipients);
            assertThat(cursor.recipient(recipients - 1)).isEqualTo(99 + recipients);
            assertThat(cursor.isFor(100)).isTrue();
            assertThat(cursor.isFor(99)).isFalse();
            final byte[] target = new byte[cursor.payloadLength()];
            cursor.copyPayload(target, 0);
            assertThat(target).isEqualTo(Arrays.copyOf(SOURCE, payloadLength));
        }
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
        assertThatThrownBy(() -> plain(tail, 0, new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
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
            tail.begin(i, i, i).names(i, i, i, 0).quality(i).end(i & 3, i & 7, 0, SOURCE, i & 63, i & 63);
            tail.publish();
            if (cursor.poll() != SignalTail.Cursor.READ || cursor.copyPayload(target, 0) != (i & 63)) {
                throw new AssertionError("signal " + i + " did not arrive");
            }
        }
    }

    private static void plain(
            final SignalTail tail, final long factId, final byte[] payload, final int offset, final int length) {
        tail.begin(factId, 0, 0).names(0, 0, 0, 0).quality(0).end(0, 0, 0, payload, offset, length);
    }

    private static void appendAll(final SignalTail tail, final long count) {
        for (long sequence = 0; sequence < count; sequence++) {
            append(tail, sequence);
        }
    }

    /** Every field follows from the sequence, so a mixture of two records is seen. */
    private static void append(final SignalTail tail, final long sequence) {
        final long seed = mix(sequence);
        tail.begin(seed, seed + 1, seed + 2)
                .names((int) seed + 3, (int) seed + 4, (int) seed + 5, (int) seed + 6)
                .quality(Double.longBitsToDouble(seed >>> 2))
                .end((int) seed + 7 & 0xFF, (int) seed + 8 & 0xFF, 0, SOURCE, (int) (seed & 511), length(sequence));
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
                && cursor.completion() == ((int) seed + 7 & 0xFF)
                && cursor.priority() == ((int) seed + 8 & 0xFF)
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

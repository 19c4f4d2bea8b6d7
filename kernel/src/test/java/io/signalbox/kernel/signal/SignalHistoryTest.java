package io.signalbox.kernel.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.store.SignalRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalHistoryTest {
    private static final HistoryQuery ALL = new HistoryQuery(0, 0, 0, 0);

    private final FactLog log = new FactLog();
    private final Fact fact = new Fact();

    private void raise(
            final SignalHistory history, final int position, final int type, final int sender, final int length) {
        final byte[] bytes = new byte[length];
        if (length > 0) {
            bytes[length - 1] = (byte) position;
        }
        log.begin(position, position * 10L);
        log.source(bytes, 0);
        final int index = log.append(
                FactType.SIGNAL_RAISED,
                SignalKind.FREE,
                1,
                Fact.pair(type, sender),
                Fact.pair(sender, 0),
                Fact.marks(0, 5, SignalRecord.NO_POSITION),
                0,
                0,
                FactLog.range(0, length));
        history.append(fact.wrap(log, index), log);
    }

    private static SignalHistory history(final int historyMax, final int bytesMax) {
        return new SignalHistory(2, new SignalLimits(historyMax, bytesMax, 1, 1, 1));
    }

    private static List<Long> numbers(final SignalHistory history, final HistoryQuery query, final int limit) {
        final List<StoredSignal> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        do {
            before = history.walkBack(1, query, before, 7, limit, found);
        } while (before > 0 && found.size() < limit);
        return found.stream().map(StoredSignal::number).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 100, 300, 1000})
    void shouldKeepExactlyTheLastOnes(final int historyMax) {
        final SignalHistory history = history(historyMax, 1 << 20);
        for (int position = 0; position < 1500; position++) {
            raise(history, position, 1 + position % 3, 1 + position % 2, position % 5);
            final long oldest = Math.max(0, position + 1 - historyMax);
            assertThat(history.oldest(1)).isEqualTo(oldest);
            assertThat(history.at(1, oldest).payload()).hasSize((int) oldest % 5);
            assertThat(history.at(1, oldest - 1)).isNull();
        }
        assertThat(numbers(history, ALL, Integer.MAX_VALUE))
                .hasSize(historyMax)
                .first()
                .isEqualTo(1499L);
    }

    @Test
    void shouldFilterAndStopAtTheLimit() {
        final SignalHistory history = history(100, 1 << 20);
        for (int position = 0; position < 50; position++) {
            raise(history, position, 1 + position % 3, 1 + position % 2, 3);
        }
        assertThat(numbers(history, new HistoryQuery(1, 0, 0, 0), 3)).containsExactly(48L, 45L, 42L);
        assertThat(numbers(history, new HistoryQuery(1, 2, 0, 0), 2)).containsExactly(45L, 39L);
        assertThat(numbers(history, new HistoryQuery(0, 0, 0, 47), 10)).containsExactly(49L, 48L, 47L);
        assertThat(numbers(history, new HistoryQuery(9, 0, 0, 0), 10)).isEmpty();
        assertThat(numbers(history, ALL, 0)).isEmpty();
    }

    @Test
    void shouldFindBySignalsPosition() {
        final SignalHistory history = history(1000, 1 << 20);
        for (int position = 0; position < 900; position += 3) {
            raise(history, position, 1, 1, 1);
        }
        for (int position = 0; position < 900; position++) {
            final StoredSignal signal = history.at(1, position);
            assertThat(signal == null).isEqualTo(position % 3 != 0);
            if (signal != null) {
                assertThat(signal.position()).isEqualTo(position);
                assertThat(signal.payload()[0]).isEqualTo((byte) position);
            }
        }
        assertThat(history.at(0, 3)).isNull();
    }

    @Test
    void shouldBoundTheBytesAndKeepTheNewest() {
        final SignalHistory history = history(1000, 100_000);
        for (int position = 0; position < 50; position++) {
            raise(history, position, 1, 1, 40_000);
        }
        assertThat(history.end(1) - history.oldest(1)).isBetween(1L, 3L);
        raise(history, 50, 1, 1, 200_000);
        assertThat(numbers(history, ALL, 10)).containsExactly(50L);
        assertThat(history.at(1, 50).payload()).hasSize(200_000);
    }

    @Test
    void shouldForgetAClosedScope() {
        final SignalHistory history = history(10, 100);
        raise(history, 1, 1, 1, 1);
        history.close(1);
        assertThat(numbers(history, ALL, 10)).isEmpty();
        assertThat(history.end(1)).isZero();
        raise(history, 2, 1, 1, 1);
        assertThat(numbers(history, ALL, 10)).containsExactly(0L);
    }

    /** What one send does is counted in steps: as many into a full history as into an empty one. */
    @Test
    void shouldCostTheSameHoweverMuchThereIs() {
        final SignalHistory history = history(10_000, 16 << 20);
        final long first = works(history, 0, 10_000);
        for (int thousands = 10; thousands < 100; thousands += 10) {
            assertThat(works(history, thousands * 1000, 10_000)).isLessThanOrEqualTo(first + first / 20);
        }
    }

    private long works(final SignalHistory history, final int from, final int count) {
        final long before = history.works();
        for (int position = from; position < from + count; position++) {
            raise(history, position, 1, 1, 20);
        }
        return history.works() - before;
    }
}

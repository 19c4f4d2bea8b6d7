package io.signalbox.kernel;

import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.store.OrderedLongMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts together what the machine counts and what readers count. */
final class SignalCounts {
    private static final double NS_PER_MS = 1e6;

    private record Sent(long doubted, Map<Integer, Long> byType) {}

    private SignalCounts() {}

    static SignalMetrics of(final Kernel kernel, final long coordination) {
        final Sent sent = kernel.query(() -> sent(kernel, coordination));
        final Map<String, SignalMetrics.OfType> byType = new LinkedHashMap<>();
        long totalSent = 0;
        long received = 0;
        long acknowledged = 0;
        long timed = 0;
        long totalNs = 0;
        long maxNs = 0;
        for (final Map.Entry<Integer, Long> type : sent.byType.entrySet()) {
            final Deliveries.Counter counter = kernel.signalDesk().deliveries().find(coordination, type.getKey());
            byType.put(kernel.name(type.getKey()), ofType(type.getValue(), counter));
            totalSent += type.getValue();
            if (counter != null) {
                received += counter.receivedCount();
                acknowledged += counter.acknowledgedCount();
                timed += counter.timedCount();
                totalNs += counter.totalNs();
                maxNs = Math.max(maxNs, counter.maxNs());
            }
        }
        return new SignalMetrics(
                totalSent, received, acknowledged, sent.doubted, mean(totalNs, timed), maxNs / NS_PER_MS, byType);
    }

    private static Sent sent(final Kernel kernel, final long coordination) {
        final Map<Integer, Long> byType = new LinkedHashMap<>();
        final int slot = kernel.machine().coordinations().slot(coordination);
        if (slot < 0) {
            return new Sent(0, byType);
        }
        final Signals signals = kernel.machine().signals();
        final OrderedLongMap counts = signals.sentByType(slot);
        for (int i = 0; counts != null && i < counts.size(); i++) {
            byType.put((int) counts.keyAt(i), counts.valueAt(i));
        }
        return new Sent(signals.doubted(slot), byType);
    }

    private static SignalMetrics.OfType ofType(final long sent, final Deliveries.Counter counter) {
        return counter == null
                ? new SignalMetrics.OfType(sent, 0, 0, 0, 0)
                : new SignalMetrics.OfType(
                        sent,
                        counter.receivedCount(),
                        counter.acknowledgedCount(),
                        mean(counter.totalNs(), counter.timedCount()),
                        counter.maxNs() / NS_PER_MS);
    }

    private static double mean(final long totalNs, final long count) {
        return count == 0 ? 0 : totalNs / NS_PER_MS / count;
    }
}

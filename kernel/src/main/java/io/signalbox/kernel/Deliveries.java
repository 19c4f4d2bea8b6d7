package io.signalbox.kernel;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What readers have got: counts, and times from a signal's kernel time to its delivery, by coordination and type. Outside the machine,
 * since readers are. Any thread.
 */
final class Deliveries {
    /** Most coordinations and types that are told apart; what comes later is counted together. */
    static final int KEYS_MAX = 1 << 16;

    private static final Key REST = new Key(-1, 0);

    private record Key(long coordination, int signalType) {}

    /** Of one type in one coordination. */
    static final class Counter {
        private final LongAdder received = new LongAdder();
        private final LongAdder acknowledged = new LongAdder();
        private final LongAdder timed = new LongAdder();
        private final LongAdder totalNs = new LongAdder();
        private final LongAccumulator maxNs = new LongAccumulator(Math::max, 0);

        void received() {
            received.increment();
        }

        void acknowledged() {
            acknowledged.increment();
        }

        /** How long it took from the signal's kernel time until a reader had it. */
        void propagated(final long ns) {
            timed.increment();
            totalNs.add(ns);
            maxNs.accumulate(ns);
        }

        long receivedCount() {
            return received.sum();
        }

        long acknowledgedCount() {
            return acknowledged.sum();
        }

        long timedCount() {
            return timed.sum();
        }

        long totalNs() {
            return totalNs.sum();
        }

        long maxNs() {
            return maxNs.get();
        }
    }

    private final ConcurrentHashMap<Key, Counter> counters = new ConcurrentHashMap<>();

    /** The counter of a type in a coordination. */
    Counter counter(final long coordination, final int signalType) {
        final Key key = new Key(coordination, signalType);
        final Counter known = counters.get(key);
        if (known != null) {
            return known;
        }
        return counters.computeIfAbsent(counters.size() < KEYS_MAX ? key : REST, absent -> new Counter());
    }

    /** The counter of a type in a coordination, or null when nothing was delivered. */
    Counter find(final long coordination, final int signalType) {
        return counters.get(new Key(coordination, signalType));
    }

    /** A coordination is closed. */
    void forget(final long coordination) {
        counters.keySet().removeIf(key -> key.coordination == coordination);
    }

    /** A reader's way to the counters: remembers where they are. One thread at a time; allocates for a new type only. */
    Meter newMeter() {
        return new Meter();
    }

    /** One reader's. */
    final class Meter {
        private final Long2ObjectHashMap<Int2ObjectHashMap<Counter>> known = new Long2ObjectHashMap<>();
        private long coordination = -1;
        private int signalType = -1;
        private Counter last;

        /** This reader got a signal. */
        void received(final long ofCoordination, final int ofType) {
            if (last == null || coordination != ofCoordination || signalType != ofType) {
                last = find(ofCoordination, ofType);
                coordination = ofCoordination;
                signalType = ofType;
            }
            last.received();
        }

        /** How long it took from the kernel time of the signal that came last until this reader had it. */
        void propagated(final long ns) {
            last.propagated(ns);
        }

        private Counter find(final long ofCoordination, final int ofType) {
            Int2ObjectHashMap<Counter> types = known.get(ofCoordination);
            if (types == null) {
                if (known.size() >= KEYS_MAX) {
                    known.clear();
                }
                types = new Int2ObjectHashMap<>();
                known.put(ofCoordination, types);
            }
            Counter found = types.get(ofType);
            if (found == null) {
                found = counter(ofCoordination, ofType);
                types.put(ofType, found);
            }
            return found;
        }
    }
}

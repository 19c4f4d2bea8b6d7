package io.signalbox.kernel.subscription;

import io.signalbox.kernel.store.DigestSink;
import java.util.ArrayDeque;
import java.util.TreeMap;

/** One declared subscription: its terms and what it has outstanding. */
final class Outstanding {
    /** One outstanding signal. */
    static final class Entry {
        final OutstandingSignal signal;
        int attempts;
        long givenPosition = -1;
        long deadlineNs;

        Entry(final OutstandingSignal signal) {
            this.signal = signal;
        }

        private void digestInto(final DigestSink sink) {
            signal.digestInto(sink);
            sink.add(attempts);
            sink.add(givenPosition);
            sink.add(deadlineNs);
        }
    }

    /** The order in which something was given; only as long as it has not been given again or acknowledged since. */
    private record Giving(Entry entry, int attempt) {}

    final long handle;
    final long coordination;
    final Terms terms;
    final TreeMap<Long, Entry> ready = new TreeMap<>();
    final TreeMap<Long, Entry> given = new TreeMap<>();
    private final ArrayDeque<Giving> givings =
            new ArrayDeque<>(); // by deadline, since the time until redelivery is the same
    long acknowledged;
    long lapsed;
    long abandoned;
    long missed;
    long lastMissedFactId = -1;
    long lastAbandonedFactId = -1;

    Outstanding(final long handle, final long coordination, final Terms terms) {
        this.handle = handle;
        this.coordination = coordination;
        this.terms = terms;
    }

    int count() {
        return ready.size() + given.size();
    }

    boolean isFull() {
        return count() >= terms.outstandingMax();
    }

    boolean wants(final long scope, final int type, final int sender, final int recipient, final int[] several) {
        return (coordination == 0 || coordination == scope)
                && terms.wants(type, sender)
                && terms.isAddressed(recipient, several);
    }

    void give(final long factId, final long position, final long deadlineNs) {
        final Entry entry = ready.remove(factId);
        entry.attempts++;
        entry.givenPosition = position;
        entry.deadlineNs = deadlineNs;
        given.put(factId, entry);
        givings.addLast(new Giving(entry, entry.attempts));
        if (givings.size() > 64 && givings.size() > 4 * given.size()) {
            givings.removeIf(giving -> !isCurrent(giving));
        }
    }

    private boolean isCurrent(final Giving giving) {
        return giving.attempt == giving.entry.attempts && given.get(giving.entry.signal.factId()) == giving.entry;
    }

    /** What was given longest ago and is not acknowledged, or null. */
    Entry oldestGiven() {
        while (!givings.isEmpty() && !isCurrent(givings.peekFirst())) {
            givings.removeFirst();
        }
        return givings.isEmpty() ? null : givings.peekFirst().entry;
    }

    /** No longer outstanding. */
    Entry remove(final long factId) {
        final Entry entry = given.remove(factId);
        return entry == null ? ready.remove(factId) : entry;
    }

    /** What is outstanding of a signal, or null. */
    Entry find(final long factId) {
        final Entry entry = given.get(factId);
        return entry == null ? ready.get(factId) : entry;
    }

    boolean has(final long factId) {
        return given.containsKey(factId) || ready.containsKey(factId);
    }

    void lapse(final long factId) {
        ready.put(factId, given.remove(factId));
        lapsed++;
    }

    SubscriptionStatus status() {
        return new SubscriptionStatus(
                ready.size(),
                given.size(),
                acknowledged,
                lapsed,
                abandoned,
                missed,
                lastMissedFactId,
                lastAbandonedFactId);
    }

    void digestInto(final DigestSink sink) {
        sink.add(handle);
        sink.add(coordination);
        terms.digestInto(sink);
        sink.add(acknowledged);
        sink.add(lapsed);
        sink.add(abandoned);
        sink.add(missed);
        sink.add(lastMissedFactId);
        sink.add(lastAbandonedFactId);
        sink.add(ready.size());
        ready.values().forEach(entry -> entry.digestInto(sink));
        sink.add(given.size());
        given.values().forEach(entry -> entry.digestInto(sink));
    }
}

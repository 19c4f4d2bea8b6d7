package io.signalbox.kernel.signal;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.SignalRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The last signals of each scope, for those who look back. To append one costs the same however many there are: a record of
 * {@value #WORDS} longs and its bytes go to the end of the scope's newest chunk, and when a chunk begins
 * while the scope has more than its share, the oldest one is dropped, to be used again. Turn only.
 *
 * <pre>
 *   0        1             2              3                    4                              5         6              7
 *  | factId | timestampNs | type, sender | subject, recipient | answers, priority, completion | quality | from, length | attachment, kind |
 * </pre>
 */
public final class SignalHistory {
    private static final int WORDS = 8;
    private static final int CHUNK_MIN = 8;
    private static final int CHUNK_MAX = 256;
    private static final int CHUNK_BYTES_MAX = 64 << 10;
    private static final byte[] NOTHING = {};
    private static final int[] NOBODY = {};

    private static final class Chunk {
        final long[] words;
        byte[] bytes = NOTHING;
        long first;
        int count;
        int used;

        Chunk(final int capacity) {
            words = new long[capacity * WORDS];
        }

        boolean takes(final int length) {
            return (count + 1) * WORDS <= words.length && (used + length <= CHUNK_BYTES_MAX || used == 0);
        }

        boolean isFullSize() {
            return words.length == CHUNK_MAX * WORDS;
        }

        long end() {
            return first + count;
        }
    }

    private static final class Scope {
        final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
        Chunk last;
        Chunk spare;
        long end;
        long bytes;
    }

    private final Scope[] scopes;
    private final int historyMax;
    private final int historyBytesMax;
    private long works;

    SignalHistory(final int slotsMax, final SignalLimits limits) {
        scopes = new Scope[slotsMax];
        historyMax = limits.historyMax();
        historyBytesMax = limits.historyBytesMax();
    }

    /** SIGNAL_RAISED. */
    void append(final Fact fact, final FactLog log) {
        final int attachmentLength = (int) fact.secondPayload();
        final int length = attachmentLength + (int) fact.payload();
        final Scope scope = scope((int) fact.coordination());
        final Chunk chunk = chunkFor(scope, length);
        final int at = chunk.count * WORDS;
        final long[] words = chunk.words;
        words[at] = fact.factId();
        words[at + 1] = fact.timestampNs();
        words[at + 2] = fact.a();
        words[at + 3] = fact.b();
        words[at + 4] = fact.c();
        words[at + 5] = fact.d();
        words[at + 6] = Fact.pair(chunk.used, length);
        words[at + 7] = Fact.pair(attachmentLength, fact.extra());
        if (length > 0) {
            makeRoom(chunk, length);
            final long first = attachmentLength > 0 ? fact.secondPayload() : fact.payload();
            System.arraycopy(log.source(first), log.sourceIndex(first), chunk.bytes, chunk.used, length);
            chunk.used += length;
            scope.bytes += length;
        }
        chunk.count++;
        scope.end++;
        works++;
        if (chunk.count == 1) { // what it brings over the bounds goes when the next one begins
            trim(scope);
        }
    }

    private Scope scope(final int slot) {
        Scope scope = scopes[slot];
        if (scope == null) {
            scope = new Scope();
            scopes[slot] = scope;
        }
        return scope;
    }

    private Chunk chunkFor(final Scope scope, final int length) {
        final Chunk last = scope.last;
        if (last != null && last.takes(length)) {
            return last;
        }
        final Chunk next;
        if (scope.spare != null) {
            next = scope.spare;
            scope.spare = null;
        } else {
            next = new Chunk(last == null ? CHUNK_MIN : Math.min(CHUNK_MAX, last.words.length / WORDS * 2));
        }
        next.first = scope.end;
        next.count = 0;
        next.used = 0;
        scope.chunks.addLast(next);
        scope.last = next;
        works++;
        return next;
    }

    private static void makeRoom(final Chunk chunk, final int length) {
        final int needed = chunk.used + length;
        if (needed > chunk.bytes.length) {
            chunk.bytes = Arrays.copyOf(chunk.bytes, Math.max(needed, Math.min(CHUNK_BYTES_MAX, needed * 2)));
        }
    }

    private void trim(final Scope scope) {
        Chunk oldest = scope.chunks.peekFirst();
        while (oldest != scope.last && (scope.end - oldest.end() >= historyMax || scope.bytes > historyBytesMax)) {
            scope.chunks.removeFirst();
            scope.bytes -= oldest.used;
            if (oldest.isFullSize() && oldest.bytes.length <= CHUNK_BYTES_MAX) {
                scope.spare = oldest;
            }
            oldest = scope.chunks.peekFirst();
            works++;
        }
    }

    /** COORDINATION_CLOSED. */
    void close(final int slot) {
        scopes[slot] = null;
    }

    /** Number of the oldest signal that a scope still has; {@link #end} when it has none. */
    public long oldest(final int slot) {
        final Scope scope = scopes[slot];
        return scope == null || scope.last == null
                ? 0
                : Math.max(scope.chunks.peekFirst().first, scope.end - historyMax);
    }

    /** Number that the next signal of a scope gets. */
    public long end(final int slot) {
        return scopes[slot] == null ? 0 : scopes[slot].end;
    }

    /** Records written, chunks begun and chunks dropped so far: what appending costs, in steps instead of time. For tests. */
    public long works() {
        return works;
    }

    /**
     * Look back from a number, newest first.
     *
     * @param before number behind the first one that is looked at; {@link #end} for all.
     * @param walkMax signals looked at, at most.
     * @param limit signals wanted, at most.
     * @param found where they go.
     * @return number to go on before, 0 when there is nothing more to look at.
     */
    public long walkBack(
            final int slot,
            final HistoryQuery query,
            final long before,
            final int walkMax,
            final int limit,
            final List<StoredSignal> found) {
        final Scope scope = scopes[slot];
        if (scope == null || limit <= 0) {
            return 0;
        }
        final long oldest = oldest(slot);
        long number = Math.min(before, scope.end);
        int left = walkMax;
        final Iterator<Chunk> newestFirst = scope.chunks.descendingIterator();
        while (newestFirst.hasNext()) {
            final Chunk chunk = newestFirst.next();
            while (number > Math.max(chunk.first, oldest)) {
                if (left-- == 0) {
                    return number;
                }
                number--;
                final int at = (int) (number - chunk.first) * WORDS;
                if (chunk.words[at] >>> 16 < query.fromPosition()) {
                    return 0;
                }
                if (query.wants((int) (chunk.words[at + 2] >>> 32), (int) chunk.words[at + 2])) {
                    final StoredSignal signal = signal(chunk, number);
                    if (query.wants(signal)) {
                        found.add(signal);
                        if (found.size() == limit) {
                            return number > oldest ? number : 0;
                        }
                    }
                }
            }
        }
        return 0;
    }

    /** The first signal that the command at a position raised in a scope; null when there is none, or no longer. */
    public StoredSignal at(final int slot, final long position) {
        final Scope scope = scopes[slot];
        if (scope == null) {
            return null;
        }
        for (final Chunk chunk : scope.chunks) {
            if (chunk.count > 0 && chunk.words[(chunk.count - 1) * WORDS] >>> 16 >= position) {
                final long number = chunk.first + firstAtOrBehind(chunk, position);
                final boolean isThere = chunk.words[(int) (number - chunk.first) * WORDS] >>> 16 == position;
                return isThere && number >= oldest(slot) ? signal(chunk, number) : null;
            }
        }
        return null;
    }

    private static int firstAtOrBehind(final Chunk chunk, final long position) {
        int low = 0;
        int high = chunk.count - 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (chunk.words[middle * WORDS] >>> 16 < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static StoredSignal signal(final Chunk chunk, final long number) {
        final int at = (int) (number - chunk.first) * WORDS;
        final long[] words = chunk.words;
        final int from = (int) (words[at + 6] >>> 32);
        final int attachmentLength = (int) (words[at + 7] >>> 32);
        final int length = (int) words[at + 6];
        final ByteBuffer attachment =
                ByteBuffer.wrap(chunk.bytes, from, attachmentLength).slice().order(ByteOrder.LITTLE_ENDIAN);
        final int recipient = (int) words[at + 3];
        return new StoredSignal(
                number,
                words[at],
                words[at + 1],
                (int) (words[at + 2] >>> 32),
                (int) words[at + 2],
                (int) (words[at + 3] >>> 32),
                recipient == SignalRecord.SEVERAL
                        ? recipients(attachment)
                        : recipient == 0 ? NOBODY : new int[] {recipient},
                (int) words[at + 7],
                Fact.completion(words[at + 4]),
                Fact.priority(words[at + 4]),
                Double.longBitsToDouble(words[at + 5]),
                Fact.respondsTo(words[at + 4]),
                attachmentLength == 0 ? 0 : attachment.getInt(Long.BYTES),
                Arrays.copyOfRange(chunk.bytes, from + attachmentLength, from + length));
    }

    private static int[] recipients(final ByteBuffer attachment) {
        final int[] recipients = new int[(attachment.capacity() - SignalRecord.ATTACHMENT_HEAD) / Integer.BYTES];
        for (int i = 0; i < recipients.length; i++) {
            recipients[i] = attachment.getInt(SignalRecord.ATTACHMENT_HEAD + i * Integer.BYTES);
        }
        return recipients;
    }

    /** Everything a scope still has, oldest first. */
    void digestInto(final DigestSink sink, final int slot) {
        final Scope scope = scopes[slot];
        if (scope == null) {
            return;
        }
        sink.add(scope.end);
        for (final Chunk chunk : scope.chunks) {
            for (int word = 0; word < chunk.count * WORDS; word++) {
                sink.add(chunk.words[word]);
            }
            sink.add(Arrays.copyOf(chunk.bytes, chunk.used));
        }
    }
}

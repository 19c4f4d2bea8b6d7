package io.signalbox.kernel.deadline;

import java.util.Arrays;
import java.util.Comparator;
import org.agrona.collections.Long2LongHashMap;

/**
 * Timers ordered by deadline, then id, so that two machines with the same timers fire them in the same order. A timer is
 * an id and a deadline; what it means is the room's business.
 *
 * <p>A binary heap in two arrays, with a map from id to heap index so that a timer can be moved or cancelled:
 * {@link #schedule}, {@link #cancel} and {@link #pollDue} take O(log n), {@link #nextDeadlineNs} O(1). The arrays grow by
 * doubling and never shrink; between growths nothing is allocated. One thread at a time; nobody else may look.
 */
public final class DeadlineQueue {
    /** Answer of {@link #pollDue} and {@link #nextId} when there is nothing; no timer may have this id. */
    public static final long NOTHING = Long.MIN_VALUE;
    /** Answer of {@link #nextDeadlineNs} when no timer is scheduled. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int CAPACITY_MIN = 64;
    private static final long ABSENT = -1;

    private final Long2LongHashMap indexById = new Long2LongHashMap(ABSENT);
    private long[] deadlinesNs = new long[CAPACITY_MIN];
    private long[] ids = new long[CAPACITY_MIN];
    private int size;

    /**
     * When something is due that begins now; {@link #NEVER} for what has no limit.
     *
     * @param nowNs kernel time in nanoseconds.
     * @param afterNs above 0, {@link Long#MAX_VALUE} for no limit; one that leads beyond the end of time ends just before it.
     */
    public static long due(final long nowNs, final long afterNs) {
        final long sum = nowNs + afterNs;
        return afterNs == NEVER ? NEVER : sum < 0 || sum == NEVER ? NEVER - 1 : sum;
    }

    /** A queue without timers. */
    public DeadlineQueue() {}

    /**
     * Set when a timer is due; one that is scheduled already is moved.
     *
     * @param id any but {@link #NOTHING}.
     * @param deadlineNs kernel time in nanoseconds, any value; one in the past is due at once.
     */
    public void schedule(final long id, final long deadlineNs) {
        if (id == NOTHING) {
            throw new IllegalArgumentException("a timer cannot have the id Long.MIN_VALUE: it stands for nothing due");
        }
        final long known = indexById.get(id);
        if (known != ABSENT) {
            settle((int) known, id, deadlineNs);
            return;
        }
        if (size == ids.length) {
            deadlinesNs = Arrays.copyOf(deadlinesNs, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
        }
        settle(size++, id, deadlineNs);
    }

    /**
     * Take a timer out.
     *
     * @return false when no timer has that id.
     */
    public boolean cancel(final long id) {
        final long index = id == NOTHING ? ABSENT : indexById.get(id);
        if (index == ABSENT) {
            return false;
        }
        removeAt((int) index);
        return true;
    }

    /** Deadline of the timer that comes first, or {@link #NEVER}. */
    public long nextDeadlineNs() {
        return size == 0 ? NEVER : deadlinesNs[0];
    }

    /** Id of the timer that comes first, or {@link #NOTHING}. It stays scheduled. */
    public long nextId() {
        return size == 0 ? NOTHING : ids[0];
    }

    /**
     * Take out the timer that comes first, if it is due.
     *
     * @param nowNs kernel time in nanoseconds; a deadline at or before it is due.
     * @return its id, or {@link #NOTHING}.
     */
    public long pollDue(final long nowNs) {
        if (size == 0 || deadlinesNs[0] > nowNs) {
            return NOTHING;
        }
        final long id = ids[0];
        removeAt(0);
        return id;
    }

    /** Number of timers. */
    public int size() {
        return size;
    }

    /** Every timer by deadline, then id. Walks a sorted copy, for digests: allocates, and the consumer may change the queue. */
    public void forEachOrdered(final LongLongConsumer consumer) {
        final Timer[] timers = new Timer[size];
        for (int i = 0; i < size; i++) {
            timers[i] = new Timer(ids[i], deadlinesNs[i]);
        }
        Arrays.sort(timers, Comparator.comparingLong(Timer::deadlineNs).thenComparingLong(Timer::id));
        for (final Timer timer : timers) {
            consumer.accept(timer.id(), timer.deadlineNs());
        }
    }

    private record Timer(long id, long deadlineNs) {}

    private void removeAt(final int index) {
        indexById.remove(ids[index]);
        size--;
        if (index < size) {
            settle(index, ids[size], deadlinesNs[size]);
        }
    }

    /** Put a timer into the hole at an index, after moving the hole up or down to where the timer belongs. */
    private void settle(final int hole, final long id, final long deadlineNs) {
        int index = hole;
        while (index > 0 && isBefore(id, deadlineNs, (index - 1) >>> 1)) {
            final int parent = (index - 1) >>> 1;
            place(index, ids[parent], deadlinesNs[parent]);
            index = parent;
        }
        int child = firstChild(index);
        while (child < size && !isBefore(id, deadlineNs, child)) {
            place(index, ids[child], deadlinesNs[child]);
            index = child;
            child = firstChild(index);
        }
        place(index, id, deadlineNs);
    }

    private int firstChild(final int index) {
        final int left = index * 2 + 1;
        final int right = left + 1;
        return right < size && isBefore(ids[right], deadlinesNs[right], left) ? right : left;
    }

    private boolean isBefore(final long id, final long deadlineNs, final int index) {
        return deadlineNs < deadlinesNs[index] || (deadlineNs == deadlinesNs[index] && id < ids[index]);
    }

    private void place(final int index, final long id, final long deadlineNs) {
        deadlinesNs[index] = deadlineNs;
        ids[index] = id;
        indexById.put(id, index);
    }
}

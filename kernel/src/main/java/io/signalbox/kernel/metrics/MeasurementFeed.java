package io.signalbox.kernel.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * Single measurements on their way to whoever carries them away. It is bounded and never holds up who records: when it is full the
 * oldest is dropped, and counted. What was recorded is read, dropped or still here, nothing else. Any thread.
 */
public final class MeasurementFeed {
    private static final int QUEUE_CAPACITY_MIN = 2;

    private final int capacity;
    private final LongSupplier nowNs;
    private final MpmcVarHandleArrayQueue<Measurement> queue;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong();
    private final LongAdder dropped = new LongAdder();

    MeasurementFeed(final int capacity, final LongSupplier nowNs) {
        this.capacity = capacity;
        this.nowNs = nowNs;
        queue = capacity == 0 ? null : new MpmcVarHandleArrayQueue<>(Math.max(QUEUE_CAPACITY_MIN, capacity));
    }

    void offer(final String name, final MetricKind kind, final double value, final String unit, final Tags tags) {
        if (capacity == 0) {
            return;
        }
        final Measurement measurement =
                new Measurement(ids.incrementAndGet(), name, kind, value, unit, tags, nowNs.getAsLong());
        while (!queue.offer(measurement)) {
            dropOldest();
        }
        if (held.incrementAndGet() > capacity) {
            dropOldest();
        }
    }

    private void dropOldest() {
        if (poll() != null) {
            dropped.increment();
        }
    }

    /** Take the oldest, or null. */
    public Measurement poll() {
        final Measurement measurement = capacity == 0 ? null : queue.poll();
        if (measurement != null) {
            held.decrementAndGet();
        }
        return measurement;
    }

    /**
     * Take the oldest, in their order.
     *
     * @param max how many at most; 0 or more.
     */
    public List<Measurement> drain(final int max) {
        final List<Measurement> drained = new ArrayList<>(Math.min(max, size()));
        while (drained.size() < max) {
            final Measurement measurement = poll();
            if (measurement == null) {
                break;
            }
            drained.add(measurement);
        }
        return drained;
    }

    /** Take all there are and forget them. They do not count as dropped. */
    public void clear() {
        drain(Integer.MAX_VALUE);
    }

    /** How many it keeps; 0 when it was not switched on, then it takes nothing. */
    public int capacity() {
        return capacity;
    }

    /** How many are here. */
    public int size() {
        return Math.max(0, Math.min(capacity, held.get()));
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public boolean isFull() {
        return size() == capacity;
    }

    /** How many were recorded since launch. */
    public long recorded() {
        return ids.get();
    }

    /** How many gave way to later ones before anybody took them. */
    public long dropped() {
        return dropped.sum();
    }
}

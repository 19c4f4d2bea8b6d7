package io.signalbox.kernel;

import io.signalbox.kernel.signal.SignalRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * A subscription that hands out important signals first. It reads ahead at most {@value #WINDOW} signals beyond the oldest one that it
 * has not handed out, sorts them into lanes, and answers from the first lane that has one; inside a lane the kernel's order
 * holds. Every {@link Lanes#share}-th answer is the oldest signal of all, so no lane starves. A {@link Subscription.Gap} is
 * answered at once. One thread at a time, as {@link Subscription}.
 */
public final class PrioritySubscription implements AutoCloseable {
    /** Signals read ahead at most. */
    public static final int WINDOW = 1024;

    /**
     * Which lane a signal takes.
     *
     * @param count of lanes, 1 to 64.
     * @param laneOf 0 for the most important, to {@code count - 1}; anything else is taken as the nearest of these. Called once for
     *     each signal, on the reader's thread.
     * @param share every so many answers one is the oldest of all, 2 or more.
     */
    public record Lanes(int count, ToIntFunction<Subscription.Signal> laneOf, int share) {
        public Lanes {
            if (count < 1 || count > 64) {
                throw new IllegalArgumentException("count of lanes must be 1 to 64: " + count);
            }
            if (share < 2) {
                throw new IllegalArgumentException("share must be 2 or more: " + share);
            }
        }

        /** A lane for each {@link Subscription.Signal#priority}, the most urgent first. */
        public static Lanes byPriority(final int share) {
            return new Lanes(
                    SignalRules.PRIORITY_MAX + 1, signal -> SignalRules.PRIORITY_MAX - signal.priority(), share);
        }
    }

    /**
     * Where a reader stopped. It holds for as long as {@link Subscription.Signal#sequence} counts: with a journal for ever, else as long
     * as the kernel lives.
     *
     * @param sequence of the oldest signal that was not handed out.
     * @param delivered sequences behind it that were handed out, fewer than {@value #WINDOW}.
     */
    public record Resume(long sequence, List<Long> delivered) {
        public Resume {
            delivered = List.copyOf(delivered);
        }
    }

    private static final class Entry {
        final Subscription.Signal signal;
        boolean delivered;

        Entry(final Subscription.Signal signal) {
            this.signal = signal;
        }
    }

    private final Subscription subscription;
    private final Lanes lanes;
    private final List<ArrayDeque<Entry>> waiting = new ArrayList<>();
    private final ArrayDeque<Entry> window = new ArrayDeque<>(); // in order, from the oldest not handed out
    private final Set<Long> deliveredBefore;
    private long answers;

    PrioritySubscription(
            final Kernel kernel,
            final SignalFilter filter,
            final Lanes lanes,
            final Start start,
            final List<Long> deliveredBefore) {
        this.subscription = kernel.subscribe(filter, start);
        this.lanes = lanes;
        this.deliveredBefore = new TreeSet<>(deliveredBefore);
        for (int lane = 0; lane < lanes.count(); lane++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    /** The most important item that has been read, or null when there is none. Throws what {@link Subscription#poll} throws. */
    public Subscription.Item poll() {
        while (window.size() < WINDOW) {
            final Subscription.Item item = subscription.poll();
            if (item == null) {
                break;
            }
            if (!(item instanceof Subscription.Signal signal)) {
                return item;
            }
            arrive(signal);
        }
        return answer();
    }

    /** As {@link #poll}, waited for as {@link Subscription#take} waits. */
    public Subscription.Item take(final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        Subscription.Item item = poll();
        while (item == null) {
            final Subscription.Item arrived =
                    subscription.take(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (!(arrived instanceof Subscription.Signal signal)) {
                return arrived;
            }
            arrive(signal);
            item = poll();
        }
        return item;
    }

    private void arrive(final Subscription.Signal signal) {
        final Entry entry = new Entry(signal);
        if (deliveredBefore.remove(signal.sequence())) {
            entry.delivered = true;
            if (!window.isEmpty()) {
                window.add(entry); // something before it is still to be handed out, so it has to be remembered
            }
            return;
        }
        window.add(entry);
        int lane = lanes.count() - 1; // also of a signal at which laneOf throws: it is not lost
        try {
            lane = Math.max(0, Math.min(lane, lanes.laneOf().applyAsInt(signal)));
        } finally {
            waiting.get(lane).add(entry);
        }
    }

    private Subscription.Signal answer() {
        if (window.isEmpty()) {
            return null;
        }
        final Entry entry = ++answers % lanes.share() == 0 ? oldest() : mostImportant();
        entry.delivered = true;
        while (!window.isEmpty() && window.peek().delivered) {
            window.remove();
        }
        return entry.signal;
    }

    /** The window begins with the oldest that was not handed out, so it is the first of its lane. */
    private Entry oldest() {
        final Entry oldest = window.peek();
        for (final ArrayDeque<Entry> lane : waiting) {
            if (lane.peek() == oldest) {
                return lane.remove();
            }
        }
        throw new IllegalStateException("the oldest signal stands in no lane: " + oldest.signal);
    }

    private Entry mostImportant() {
        for (final ArrayDeque<Entry> lane : waiting) {
            if (!lane.isEmpty()) {
                return lane.remove();
            }
        }
        throw new IllegalStateException("a signal that was not handed out stands in no lane");
    }

    /** Where to go on, also in another life of a journaled kernel. The reading thread only. */
    public Resume resume() {
        final List<Long> delivered = new ArrayList<>();
        for (final Entry entry : window) {
            if (entry.delivered) {
                delivered.add(entry.signal.sequence());
            }
        }
        delivered.addAll(deliveredBefore);
        return new Resume(
                window.isEmpty()
                        ? subscription.nextSequence()
                        : window.peek().signal.sequence(),
                delivered);
    }

    /** The subscription below, for its counts. */
    public Subscription subscription() {
        return subscription;
    }

    /** Read no more; see {@link Subscription#close}. What was read ahead and not handed out is in {@link #resume}. */
    @Override
    public void close() {
        subscription.close();
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.reader.SignalCursor;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.wait.Spinning;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A cursor on the order of signals, not a queue: it holds nothing, so it never holds up the kernel nor another reader. In a journaled
 * kernel a reader that falls behind the tail reads on from the journal and misses nothing; without a journal it is told
 * exactly which signals it missed.
 *
 * <p>One thread at a time reads; a second one that comes while the first is inside is refused with an
 * {@link IllegalStateException}. Any thread may {@link #close} it, which ends a wait. A closed subscription answers null.
 */
public final class Subscription implements AutoCloseable {
    /** What {@link #poll} found. */
    public sealed interface Item {}

    /**
     * A signal.
     *
     * @param factId {@code position << 16 | index}; unique, and ascending in the kernel's order.
     * @param sequence number of the signal in the kernel's order, 0, 1, 2: where two follow each other without a gap, nothing was
     *     missed. With a journal it counts from the journal's beginning, else from launch.
     * @param timestampNs kernel time.
     * @param coordination handle of its coordination, 0 for the kernel-wide scope.
     * @param type of the signal.
     * @param sender name of the sender, empty for none.
     * @param subject name of the agent it is about.
     * @param recipient name of the recipient, empty for everybody; several with commas between.
     * @param priority 0 to 9, the higher the more urgent.
     * @param payload as text; its fields as JSON when it carries fields.
     * @param fields what it carries; empty when it carries plain text.
     * @param metadata what travelled beside the fields.
     */
    public record Signal(
            long factId,
            long sequence,
            long timestampNs,
            long coordination,
            String type,
            String sender,
            String subject,
            String recipient,
            int priority,
            String payload,
            Payload fields,
            Payload metadata)
            implements Item {
        /** Position of the command that raised it. */
        public long position() {
            return factId >>> 16;
        }
    }

    /**
     * Signals that this reader was too slow for, whether its filter would have let them pass or not. Without a journal only.
     *
     * @param from {@link Signal#sequence} of the first; -1 when the reader asked for a position of which nothing is known any more.
     * @param to that of the last.
     */
    public record Gap(long from, long to) implements Item {}

    /** What {@link #advance} answers when there is a signal. */
    private static final int READ = SignalTail.Cursor.READ;

    private static final int LAPPED = SignalTail.Cursor.LAPPED;
    private static final int SPINS_BETWEEN_LOOKS = 1024;

    private final Kernel kernel;
    private final Driver driver;
    private final SignalTail tail;
    private final SignalCursor cursor;
    private final FilterReading filter;
    private final long passedOverFactId;
    private final AtomicReference<Thread> inside = new AtomicReference<>();
    private Signal looked; // made by the filter, and still to be handed out
    private volatile boolean closed;
    private final SubscriptionCounts counts;

    Subscription(final Kernel kernel, final SignalFilter filter, final Start start) {
        this.kernel = kernel;
        this.driver = kernel.driver();
        this.tail = kernel.machine().tail();
        this.cursor = new SignalCursor(tail, kernel.readers().followers());
        this.filter = filter == SignalFilter.everything() ? null : new FilterReading(filter, kernel::name);
        this.passedOverFactId = seek(start);
        this.counts = new SubscriptionCounts(
                kernel, filter.recipient() == null ? null : new AgentReading(filter, beginsBehind()));
    }

    private long seek(final Start start) {
        if (start instanceof Start.Earliest) {
            cursor.seekOldest();
        } else if (start instanceof Start.Latest) {
            cursor.seek(tail.endSequence());
        } else if (start instanceof Start.Sequence from) {
            cursor.seek(from.sequence());
        } else if (start instanceof Start.Position from) {
            cursor.seekPosition(from.position());
            return (from.position() << 16) - 1;
        } else if (start instanceof Start.After last) {
            cursor.seekPosition(last.factId() >>> 16);
            return last.factId();
        }
        return -1;
    }

    /** Fact id of the last signal that it passes over, as far as the tail tells. */
    private long beginsBehind() {
        if (passedOverFactId >= 0 || cursor.nextSequence() == 0) {
            return passedOverFactId;
        }
        final SignalTail.Cursor last = tail.newCursor(cursor.nextSequence() - 1);
        return last.poll() == READ ? last.factId() : -1;
    }

    /**
     * Advance to the next signal without making a record of it, unless the filter looks inside: 1 there is one, 0 there is none, -1 some
     * were missed. The fast path: that one thread at a time comes is not checked here.
     */
    public int advance() {
        looked = null;
        while (!closed) {
            final int found = cursor.poll();
            if (found != READ) {
                if (found == LAPPED) {
                    counts.miss(cursor);
                }
                return found;
            }
            if (isWanted()) {
                counts.receive(cursor.signal());
                return READ;
            }
        }
        return SignalTail.Cursor.NOTHING;
    }

    private boolean isWanted() {
        counts.lookedAt(cursor.signal());
        if (passedOverFactId >= 0 && cursor.signal().factId() <= passedOverFactId) {
            return false;
        }
        if (filter == null) {
            return true;
        }
        if (!filter.passes(cursor.signal())) {
            return false;
        }
        if (!filter.looksInside()) {
            return true;
        }
        final Signal signal = newSignal();
        if (!filter.passes(signal)) {
            return false;
        }
        looked = signal;
        return true;
    }

    /** Pass over everything but the newest signal and advance to it, as {@link #advance}. */
    public int advanceToNewest() {
        cursor.seek(Math.max(0, tail.endSequence() - 1));
        return advance();
    }

    /**
     * Copy the payload of the signal that {@link #advance} found.
     *
     * @return its length in bytes.
     * @throws IndexOutOfBoundsException when the target is too short.
     */
    public int copyPayload(final byte[] target, final int offset) {
        return cursor.signal().copyPayload(target, offset);
    }

    /** Name id of the sender of the signal that {@link #advance} found. */
    public int sender() {
        return cursor.signal().sender();
    }

    /** Name id of the type of the signal that {@link #advance} found. */
    public int signalType() {
        return cursor.signal().signalType();
    }

    /** Fact id of the signal that {@link #advance} found. */
    public long factId() {
        return cursor.signal().factId();
    }

    /** Coordination of the signal that {@link #advance} found. */
    public long coordination() {
        return cursor.signal().coordination();
    }

    /**
     * The next item, or null when everything has been read or the subscription is closed.
     *
     * @throws IllegalStateException when another thread is reading.
     * @throws io.signalbox.kernel.port.JournalException when the reader has fallen behind and the journal could not be read.
     * @throws RuntimeException whatever a predicate of the filter throws; the signal it was asked about counts as read.
     */
    public Item poll() {
        enter();
        try {
            return next();
        } finally {
            inside.setRelease(null);
        }
    }

    private Item next() {
        return switch (advance()) {
            case READ -> handedOut(looked == null ? newSignal() : looked);
            case LAPPED -> new Gap(cursor.gapFrom(), cursor.gapTo());
            default -> null;
        };
    }

    private Signal handedOut(final Signal signal) {
        counts.handedOut(signal.timestampNs());
        return signal;
    }

    private void enter() {
        final Thread me = Thread.currentThread();
        final Thread other = inside.compareAndExchange(null, me);
        if (other != null) {
            throw new IllegalStateException("one thread at a time reads a subscription; " + other.getName()
                    + " is reading this one, and " + me.getName() + " may open another");
        }
    }

    /**
     * The next item, waited for; the turn that raises it wakes the reader. Null when the time is up, the thread is interrupted (its
     * flag stays), the subscription is closed, or the kernel closes. Throws what {@link #poll} throws.
     *
     * @param timeout of this wait; by the reader's own clock, so it is no fact and not replayed.
     */
    public Item take(final long timeout, final TimeUnit unit) {
        enter();
        try {
            return await(System.nanoTime() + unit.toNanos(timeout));
        } finally {
            inside.setRelease(null);
        }
    }

    private Item await(final long deadlineNs) {
        final Thread me = Thread.currentThread();
        Item item = next();
        if (item == null && !driver.isInvoker()) {
            item = spin(me, deadlineNs);
        }
        while (item == null) {
            driver.turnIfInvoker();
            final boolean served = driver.isServed();
            item = next();
            final long leftNs = deadlineNs - System.nanoTime();
            if (item != null || leftNs <= 0 || closed || me.isInterrupted() || !served) {
                return item;
            }
            stand(me, leftNs);
        }
        return item;
    }

    /**
     * Park, unless there is something to look at. Between standing and parking nothing parks by itself, as a predicate does that waits
     * for a lock: it would take the wake-up that was meant for here.
     */
    private void stand(final Thread me, final long leftNs) {
        driver.subscribers().register(me);
        try {
            if (hasReadEverything() && !closed && driver.isServed()) {
                driver.park(leftNs);
            }
        } finally {
            driver.subscribers().leave(me);
        }
    }

    private Item spin(final Thread me, final long deadlineNs) {
        final Spinning spinning = driver.spinning();
        final int spins = spinning.acquire();
        Item item = null;
        try {
            for (int i = 0; i < spins && item == null && !closed && driver.isServed(); i++) {
                Thread.onSpinWait();
                item = next();
                if (i == SPINS_BETWEEN_LOOKS) { // endless: whoever may spin for a while does not come so far
                    i = 0;
                    if (deadlineNs - System.nanoTime() <= 0 || me.isInterrupted()) {
                        break;
                    }
                }
            }
        } finally {
            spinning.release(spins);
        }
        return item;
    }

    private Signal newSignal() {
        final SignalTail.Cursor signal = cursor.signal();
        final byte[] payload = new byte[signal.payloadLength()];
        signal.copyPayload(payload, 0);
        final Carried carried = Carried.of(payload);
        return new Signal(
                signal.factId(),
                signal.sequence(),
                signal.timestampNs(),
                signal.coordination(),
                kernel.name(signal.signalType()),
                kernel.name(signal.sender()),
                kernel.name(signal.subject()),
                recipients(signal),
                signal.priority(),
                carried.shown(),
                carried.fields(),
                carried.metadata());
    }

    private String recipients(final SignalTail.Cursor signal) {
        final StringBuilder names = new StringBuilder();
        for (int i = 0; i < signal.recipientCount(); i++) {
            names.append(i == 0 ? "" : ",").append(kernel.name(signal.recipient(i)));
        }
        return names.toString();
    }

    /**
     * This subscription, read through a transformation, which is called once for each item, gaps too, on the reader's thread.
     *
     * @param transformation answers null for what is to be left out.
     */
    public <T> TransformedSubscription<T> transformed(final Function<? super Item, ? extends T> transformation) {
        return new TransformedSubscription<>(this, transformation);
    }

    /** Sequence of the signal that is looked at next. Whoever reads only. */
    long nextSequence() {
        return cursor.nextSequence();
    }

    /** Whether nothing is left to look at, wanted or not. Whoever reads only. */
    boolean hasReadEverything() {
        return cursor.nextSequence() >= tail.endSequence();
    }

    /** Signals raised so far, as {@link Signal#sequence} counts them. Any thread. */
    public long raised() {
        return tail.endSequence();
    }

    /** Signals that this reader was given. Any thread. */
    public long received() {
        return counts.received();
    }

    /** Signals that this reader was told it missed. Any thread; a gap whose beginning is not known counts from the first signal. */
    public long missed() {
        return counts.missed();
    }

    /** How often the tail had gone past this reader and the journal had to help. The reading thread only. */
    public long fellBehind() {
        return cursor.fellBehind();
    }

    /** Whether {@link #close} was called. Any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Read no more; a thread that waits here returns null at once. Any thread; closing twice is harmless. */
    @Override
    public void close() {
        closed = true;
        counts.close();
        final Thread reader = inside.get();
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.wait.Spinning;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A cursor on the order of signals. It never holds up the kernel: a reader that falls too far behind is told which signals it
 * missed. One thread at a time.
 */
public final class Subscription {
    /** What {@link #poll} found. */
    public sealed interface Item {}

    /**
     * A signal.
     *
     * @param factId {@code position << 16 | index}.
     * @param timestampNs kernel time.
     * @param coordination handle of its coordination, 0 for the kernel-wide scope.
     * @param type of the signal.
     * @param sender name of the sender, empty for none.
     * @param subject name of the agent it is about.
     * @param recipient name of the recipient, empty for everybody.
     * @param payload as text.
     */
    public record Signal(
            long factId,
            long timestampNs,
            long coordination,
            String type,
            String sender,
            String subject,
            String recipient,
            String payload)
            implements Item {
        /** Position of the command that raised it. */
        public long position() {
            return factId >>> 16;
        }
    }

    /** Signals that this reader was too slow for, by their number since launch, both ends inclusive. */
    public record Gap(long from, long to) implements Item {}

    private static final int SPINS_BETWEEN_LOOKS = 1024;

    private final Kernel kernel;
    private final Driver driver;
    private final KernelMeter meter;
    private final SignalTail tail;
    private final SignalTail.Cursor cursor;

    Subscription(final Kernel kernel, final Driver driver, final SignalTail tail, final long fromSequence) {
        this.kernel = kernel;
        this.driver = driver;
        meter = driver.meter();
        this.tail = tail;
        this.cursor = tail.newCursor(fromSequence);
    }

    /** Advance to the next signal without making a record of it: 1 there is one, 0 there is none, -1 some were missed. */
    public int advance() {
        return measured(cursor.poll());
    }

    private int measured(final int found) {
        if (found == SignalTail.Cursor.READ) {
            meter.delivered(cursor.factId(), cursor.timestampNs());
        } else if (found == SignalTail.Cursor.LAPPED) {
            meter.missed(cursor.gapTo() - cursor.gapFrom() + 1);
        }
        return found;
    }

    /** Pass over everything but the newest signal and advance to it, as {@link #advance}. */
    public int advanceToNewest() {
        cursor.seek(Math.max(0, tail.endSequence() - 1));
        return measured(cursor.poll());
    }

    /**
     * Copy the payload of the signal that {@link #advance} found.
     *
     * @return its length in bytes.
     * @throws IndexOutOfBoundsException when the target is too short.
     */
    public int copyPayload(final byte[] target, final int offset) {
        return cursor.copyPayload(target, offset);
    }

    /** Name id of the sender of the signal that {@link #advance} found. */
    public int sender() {
        return cursor.sender();
    }

    /** Name id of the type of the signal that {@link #advance} found. */
    public int signalType() {
        return cursor.signalType();
    }

    /** Fact id of the signal that {@link #advance} found. */
    public long factId() {
        return cursor.factId();
    }

    /** Coordination of the signal that {@link #advance} found. */
    public long coordination() {
        return cursor.coordination();
    }

    /** The next item, or null when everything has been read. */
    public Item poll() {
        return switch (advance()) {
            case SignalTail.Cursor.READ -> signal();
            case SignalTail.Cursor.LAPPED -> new Gap(cursor.gapFrom(), cursor.gapTo());
            default -> null;
        };
    }

    /** The next item; null when the time is up, the thread is interrupted (its flag stays), or the kernel closes. */
    public Item take(final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        final Thread me = Thread.currentThread();
        Item item = poll();
        if (item == null && !driver.isInvoker()) {
            item = spin(me, deadlineNs);
        }
        while (item == null) {
            driver.turnIfInvoker();
            driver.subscribers().register(me);
            try {
                item = poll();
                final long leftNs = deadlineNs - System.nanoTime();
                if (item != null || leftNs <= 0 || me.isInterrupted() || !driver.isServed()) {
                    return item;
                }
                driver.park(leftNs);
            } finally {
                driver.subscribers().leave(me);
            }
            item = poll();
        }
        return item;
    }

    private Item spin(final Thread me, final long deadlineNs) {
        final Spinning spinning = driver.spinning();
        final int spins = spinning.acquire();
        Item item = null;
        try {
            for (int i = 0; i < spins && item == null && driver.isServed(); i++) {
                Thread.onSpinWait();
                item = poll();
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

    private Signal signal() {
        final byte[] payload = new byte[cursor.payloadLength()];
        cursor.copyPayload(payload, 0);
        return new Signal(
                cursor.factId(),
                cursor.timestampNs(),
                cursor.coordination(),
                kernel.name(cursor.signalType()),
                kernel.name(cursor.sender()),
                kernel.name(cursor.subject()),
                kernel.name(cursor.recipient()),
                new String(payload, StandardCharsets.UTF_8));
    }

    /** Signals raised since launch. Any thread. */
    public long raised() {
        return tail.endSequence();
    }
}

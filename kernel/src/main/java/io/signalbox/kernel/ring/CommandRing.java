package io.signalbox.kernel.ring;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.wait.Reply;

/**
 * The Disruptor's multi-producer ring: every command takes a sequence of it, in every mode. Claim, encode, publish; a claim whose
 * encoding fails is published as a {@code Void}, so the order has no gap.
 */
public final class CommandRing {
    /** {@link #claim}: every slot is taken. */
    public static final long FULL = -1;

    private final RingBuffer<CommandSlot> ring;

    CommandRing(final int capacity) {
        ring = RingBuffer.createMultiProducer(CommandSlot::new, capacity, new BusySpinWaitStrategy());
    }

    /** Claim the next sequence, or {@link #FULL}. Any thread. */
    public long claim() {
        try {
            return ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return FULL;
        }
    }

    /** An array for a command too long to stand in a slot, else null. Made before the claim, because this may throw. */
    public static byte[] largeArray(final int length) {
        return length <= CommandSlot.INLINE_LENGTH_MAX ? null : new byte[length];
    }

    /**
     * The buffer to encode the claimed command in. The claiming thread only.
     *
     * @param large of {@link #largeArray}.
     */
    public SlotBuffer prepare(final long sequence, final int length, final byte[] large, final Reply reply) {
        return ring.get(sequence).prepare(length, large, reply);
    }

    /** Encode a command that does nothing, and whose answer nobody waits for, in place of one whose encoding failed. */
    public void voidClaim(final long sequence) {
        Commands.encodeVoid(prepare(sequence, Commands.PLAIN_LENGTH, null, null));
    }

    /** Let the turn see the claimed command. Release store. */
    public void publish(final long sequence) {
        ring.publish(sequence);
    }

    EventPoller<CommandSlot> newPoller(final Sequence... after) {
        return ring.newPoller(after);
    }

    void addGatingSequence(final Sequence sequence) {
        ring.addGatingSequences(sequence);
    }

    boolean isPublished(final long sequence) {
        return ring.isAvailable(sequence);
    }

    /** Sequences taken so far, published or not. */
    public long claimed() {
        return ring.getCursor() + 1;
    }

    CommandSlot slot(final long sequence) {
        return ring.get(sequence);
    }
}

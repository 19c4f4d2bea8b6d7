package io.signalbox.bench.subject;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;

/**
 * The bare Disruptor: a single-producer ring each way and nothing else. Both sides busy-spin on the thread that asks or serves, so
 * there are exactly two spinners. It is measured in three styles, and the fastest of the run is the baseline.
 */
final class DisruptorPingPong implements HandoffSubject {
    /** Who looks at the ring, and how. */
    enum Style {
        /** {@code SequenceBarrier.waitFor}, with the wait strategy's {@code onSpinWait}. */
        BARRIER,
        /** {@code EventPoller.poll} in a bare loop, without {@code onSpinWait}. */
        POLLER,
        /** The serving side is a {@code BatchEventProcessor} that publishes from its handler. */
        BATCH
    }

    private static final int RING_CAPACITY = 1024;

    private final Lane ping;
    private final Lane pong;
    private final Style style;
    private final BatchEventProcessor<Slot> batchServer;
    private Echo echoing; // serving thread

    DisruptorPingPong(final Style style) {
        this.style = style;
        ping = new Lane(style);
        pong = new Lane(style);
        batchServer = style == Style.BATCH ? newBatchServer() : null;
    }

    @Override
    public long roundTrip(final long token) {
        ping.publish(token);
        return style == Style.POLLER ? pong.poll() : pong.await();
    }

    @Override
    public void serve(final Echo echo) {
        if (style == Style.BATCH) {
            echoing = echo;
            batchServer.run();
            return;
        }
        long token;
        do {
            token = style == Style.POLLER ? ping.poll() : ping.await();
            pong.publish(echo.onToken(token));
        } while (token >= 0);
    }

    /** Built before the first publish: adding a gating sequence moves it to the cursor, past what is already there. */
    private BatchEventProcessor<Slot> newBatchServer() {
        final BatchEventProcessor<Slot> processor = new BatchEventProcessorBuilder()
                .build(ping.ring, ping.barrier, (slot, sequence, endOfBatch) -> {
                    final long token = slot.value;
                    pong.publish(echoing.onToken(token));
                    if (token < 0) {
                        batchServer.halt();
                    }
                });
        ping.ring.removeGatingSequence(ping.consumed);
        ping.ring.addGatingSequences(processor.getSequence());
        return processor;
    }

    @Override
    public int extraSpinners() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing
    }

    private static final class Slot {
        private long value;
    }

    /** One direction: a ring, its one publisher and its one reader. */
    private static final class Lane implements EventPoller.Handler<Slot> {
        private final RingBuffer<Slot> ring =
                RingBuffer.createSingleProducer(Slot::new, RING_CAPACITY, new BusySpinWaitStrategy());
        private final SequenceBarrier barrier = ring.newBarrier();
        private final Sequence consumed = new Sequence();
        private final EventPoller<Slot> poller = ring.newPoller();
        private long next;
        private long polled;

        private Lane(final Style style) {
            ring.addGatingSequences(style == Style.POLLER ? poller.getSequence() : consumed);
        }

        private void publish(final long value) {
            final long sequence = ring.next();
            ring.get(sequence).value = value;
            ring.publish(sequence);
        }

        private long await() {
            try {
                barrier.waitFor(next);
            } catch (final AlertException | InterruptedException | TimeoutException e) {
                throw new IllegalStateException("the ring was disturbed at sequence " + next, e);
            }
            final long value = ring.get(next).value;
            consumed.set(next);
            next++;
            return value;
        }

        private long poll() {
            try {
                EventPoller.PollState state;
                do {
                    state = poller.poll(this);
                } while (state != EventPoller.PollState.PROCESSING);
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException("the poller's handler threw", e);
            }
            return polled;
        }

        @Override
        public boolean onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
            polled = slot.value;
            return false;
        }
    }
}

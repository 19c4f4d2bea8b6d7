package io.signalbox.bench.subject;

import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/** One queue of the JDK before each agent; the token is one object, so nothing is boxed on the way. */
final class QueueRing implements RingSubject {
    private final BlockingQueue<Token>[] stations;
    private final Token token = new Token();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues has no other form
    QueueRing(final int agents, final Supplier<BlockingQueue<Token>> queue) {
        stations = new BlockingQueue[agents];
        for (int i = 0; i < agents; i++) {
            stations[i] = queue.get();
        }
    }

    @Override
    public long take(final int agent) {
        try {
            return stations[agent].take().hops;
        } catch (final InterruptedException e) {
            throw new IllegalStateException("agent " + agent + " was interrupted while it waited for the token", e);
        }
    }

    @Override
    public void pass(final int agent, final long hops) {
        token.hops = hops;
        try {
            stations[agent + 1 == stations.length ? 0 : agent + 1].put(token);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("agent " + agent + " was interrupted while it passed the token", e);
        }
    }

    @Override
    public int extraSpinners() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** What is passed round. */
    static final class Token {
        private long hops;
    }
}

package io.signalbox.kernel.reader;

import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.store.SignalTail;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serves the readers of a journaled kernel that have fallen behind its tail. They share at most {@value #FOLLOWERS_MAX} followers, so
 * memory is bounded; a reader whose place none of them reaches starts one at the journal's first command, in place of the one
 * that was used longest ago. All work is done on the thread of the reader that needs it. Any thread.
 */
public final class Followers {
    /** Followers at once. */
    public static final int FOLLOWERS_MAX = 4;

    private final Journal journal;
    private final MachineLimits limits;
    private final SignalTail live;
    private final ReentrantLock choosing = new ReentrantLock();
    private final List<Follower> followers = new ArrayList<>(); // used longest ago first
    private final AtomicLong started = new AtomicLong();

    public Followers(final Journal journal, final MachineLimits limits, final SignalTail live) {
        this.journal = journal;
        this.limits = limits;
        this.live = live;
    }

    /**
     * A tail that holds the signal of this number now; it may be lapped there again before the caller reads, who then asks once more.
     *
     * @param sequence of a signal that the kernel has told of.
     * @throws io.signalbox.kernel.port.JournalException CORRUPT or IO.
     */
    SignalTail reach(final long sequence) {
        final Follower follower = choose(sequence);
        try {
            follower.advance(sequence, live.endSequence());
        } catch (final RuntimeException | Error e) {
            drop(follower);
            throw e;
        }
        return follower.tail();
    }

    private void drop(final Follower follower) {
        choosing.lock();
        try {
            followers.remove(follower);
        } finally {
            choosing.unlock();
        }
        follower.close();
    }

    private Follower choose(final long sequence) {
        choosing.lock();
        try {
            Follower best = null;
            for (final Follower follower : followers) {
                if (follower.canReach(sequence)
                        && (best == null
                                || follower.tail().endSequence() > best.tail().endSequence())) {
                    best = follower;
                }
            }
            if (best == null) {
                if (followers.size() == FOLLOWERS_MAX) {
                    followers.remove(0).close();
                }
                best = new Follower(journal, limits);
                started.incrementAndGet();
            } else {
                followers.remove(best);
            }
            followers.add(best);
            return best;
        } finally {
            choosing.unlock();
        }
    }

    /** The number of the first signal at or after a position. Replays the journal up to there. */
    long sequenceAt(final long position) {
        final Follower follower = new Follower(journal, limits);
        started.incrementAndGet();
        try {
            return follower.sequenceAt(position);
        } finally {
            follower.close();
        }
    }

    /** How often a follower had to start at the first command. */
    public long started() {
        return started.get();
    }

    /** Let go of the journal. Readers that are still behind start a follower anew if they go on. */
    public void close() {
        choosing.lock();
        try {
            followers.forEach(Follower::close);
            followers.clear();
        } finally {
            choosing.unlock();
        }
    }
}

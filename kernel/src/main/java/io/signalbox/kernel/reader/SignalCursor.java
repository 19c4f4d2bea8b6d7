package io.signalbox.kernel.reader;

import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.store.SignalTail.Cursor;

/**
 * A reader's place in the order of signals, from the first to the newest: in the tail as long as that holds them, behind it through
 * the followers of a journaled kernel, without gap or repetition at the change. One thread at a time.
 */
public final class SignalCursor {
    /** Number of a first missed signal that nobody knows any more. */
    public static final long UNKNOWN = -1;

    private final SignalTail tail;
    private final Followers followers; // null without a journal
    private final Cursor live;
    private Cursor cold; // null while the tail suffices
    private Cursor current;
    private boolean startUnknown;
    private long gapFrom;
    private long gapTo;
    private long fellBehind;

    /** @param followers null in a kernel without a journal. */
    public SignalCursor(final SignalTail tail, final Followers followers) {
        this.tail = tail;
        this.followers = followers;
        this.live = tail.newCursor(0);
        this.current = live;
    }

    /** Read on at the signal of this number. */
    public void seek(final long sequence) {
        live.seek(sequence);
        cold = null;
        startUnknown = false;
    }

    /** Read on at the oldest signal that is kept: the first of all with a journal, else the oldest in the tail. */
    public void seekOldest() {
        seek(followers == null ? Math.max(0, tail.endSequence() - tail.capacity()) : 0);
    }

    /**
     * Read on at the first signal at or after a position. Without a journal, when the tail no longer reaches back so far, the next
     * {@link #poll} answers {@link Cursor#LAPPED} with {@link #gapFrom()} {@link #UNKNOWN}.
     */
    public void seekPosition(final long position) {
        long low = Math.max(0, tail.endSequence() - tail.capacity());
        long high = tail.endSequence();
        boolean seenOlder = low == 0;
        while (low < high) {
            final long middle = (low + high) >>> 1;
            live.seek(middle);
            if (live.poll() != Cursor.READ) {
                low = Math.max(low, live.nextSequence()); // overwritten meanwhile
                seenOlder = false;
            } else if (live.factId() >>> 16 < position) {
                low = middle + 1;
                seenOlder = true;
            } else {
                high = middle;
            }
        }
        if (seenOlder || position <= 0 && followers != null) {
            seek(seenOlder ? low : 0);
        } else if (followers != null) {
            seek(followers.sequenceAt(position));
        } else {
            seek(low);
            startUnknown = true;
        }
    }

    /**
     * Read the next signal, if it is there.
     *
     * @return {@link Cursor#READ}, {@link Cursor#NOTHING}, or, without a journal, {@link Cursor#LAPPED}.
     * @throws io.signalbox.kernel.port.JournalException when the journal had to be read and could not be; the place stays as it is.
     */
    public int poll() {
        if (startUnknown) {
            return startWithGap();
        }
        if (cold != null) {
            return pollBehind(cold.nextSequence());
        }
        final int found = live.poll();
        if (found != Cursor.LAPPED) {
            return found;
        }
        if (followers != null) {
            fellBehind++;
            return pollBehind(live.gapFrom());
        }
        gapFrom = live.gapFrom();
        gapTo = live.gapTo();
        return found;
    }

    private int startWithGap() {
        startUnknown = false;
        final long oldest = Math.max(live.nextSequence(), tail.endSequence() - tail.capacity() + 1);
        live.seek(oldest);
        gapFrom = UNKNOWN;
        gapTo = oldest - 1;
        return Cursor.LAPPED;
    }

    /** The tail first, since it may suffice again; a follower as long as it does not. */
    private int pollBehind(final long next) {
        while (true) {
            live.seek(next);
            final int found = live.poll();
            if (found != Cursor.LAPPED) {
                cold = null;
                current = live;
                return found;
            }
            if (cold == null) {
                cold = followers.reach(next).newCursor(next);
            } else {
                cold.seek(next);
            }
            if (cold.poll() == Cursor.READ) {
                current = cold;
                return Cursor.READ;
            }
            cold = null;
            live.seek(next); // should the journal fail now, the place is kept
        }
    }

    /** The copy of the signal read last. */
    public Cursor signal() {
        return current;
    }

    /** Number of the signal that is read next. */
    public long nextSequence() {
        return cold == null ? live.nextSequence() : cold.nextSequence();
    }

    /** First signal missed at the last {@link Cursor#LAPPED}, or {@link #UNKNOWN}. */
    public long gapFrom() {
        return gapFrom;
    }

    /** Last signal missed at the last {@link Cursor#LAPPED}. */
    public long gapTo() {
        return gapTo;
    }

    /** How often the tail had gone past this reader and the journal had to help. */
    public long fellBehind() {
        return fellBehind;
    }
}

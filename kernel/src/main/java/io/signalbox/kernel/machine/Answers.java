package io.signalbox.kernel.machine;

import java.util.Arrays;

/** What the turn answers: for its own command, or for commands that had waited in the backlog. */
public final class Answers {
    private long[] words = new long[16];
    private int count;

    void clear() {
        count = 0;
    }

    void add(final long position, final long answer) {
        if (count * 2 == words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[count * 2] = position;
        words[count * 2 + 1] = answer;
        count++;
    }

    /** Answers of this turn; none when its command was deferred. */
    public int count() {
        return count;
    }

    /** Position of the command that is answered. */
    public long position(final int index) {
        return words[index * 2];
    }

    /** Not negative: a handle, an id, a version, or 0; negative: a {@link io.signalbox.kernel.event.Rejection}. */
    public long answer(final int index) {
        return words[index * 2 + 1];
    }
}

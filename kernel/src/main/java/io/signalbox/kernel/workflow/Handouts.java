package io.signalbox.kernel.workflow;

import java.util.Arrays;

/** What the workers have to be told after this turn: run, step, attempt, and what. Cleared at the start of each turn. */
public final class Handouts {
    /** An attempt is offered. */
    public static final int OFFER = 0;
    /** An attempt in flight is no longer wanted. */
    public static final int STOP = 1;
    /** The run has ended. */
    public static final int RUN_FINISHED = 2;

    private static final int WORDS = 3;

    private long[] words = new long[64 * WORDS];
    private int count;

    void add(final int what, final long run, final int step, final int attempt) {
        if ((count + 1) * WORDS > words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[count * WORDS] = run;
        words[count * WORDS + 1] = (long) step << 32 | attempt;
        words[count * WORDS + 2] = what;
        count++;
    }

    /** Forget the last turn's. */
    public void clear() {
        count = 0;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Handle of the run of number {@code index}. */
    public long run(final int index) {
        return words[index * WORDS];
    }

    /** Its step. */
    public int step(final int index) {
        return (int) (words[index * WORDS + 1] >>> 32);
    }

    /** Its attempt. */
    public int attempt(final int index) {
        return (int) words[index * WORDS + 1];
    }

    /** {@link #OFFER}, {@link #STOP} or {@link #RUN_FINISHED}. */
    public int what(final int index) {
        return (int) words[index * WORDS + 2];
    }
}

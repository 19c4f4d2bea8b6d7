package io.signalbox.kernel.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;

/**
 * How the writer tells other threads that a wait has ended: a fixed number of cells, each used by one wait after the
 * other. A wait is named by its cell and its generation, so whoever still holds an old name is told {@link #RETIRED}
 * and never waits for somebody else's end.
 *
 * <pre>
 *   0 (of 16 longs)            1                          2 ... 15
 *  | generation 8..39 | outcome 0..7 | position of the end | unused |
 * </pre>
 *
 * <p>A cell takes 16 longs (128 bytes), with as much before the first and behind the last: common processors fetch lines
 * of 64 bytes in pairs, or have lines of 128. So a waiter that spins on its cell slows down no other cell.
 *
 * <p><b>Memory order.</b> {@link #arm} stores the word with release. {@link #conclude} stores the position with release
 * (so that it cannot be seen before the generation it belongs to), then the word with release: the last write of a
 * command. {@link #outcome} loads the word with acquire: a thread that sees an outcome sees everything the writer did
 * before {@link #conclude}. {@link #position} loads word, position and word again, each with acquire: had a later
 * generation stored the position, the second word would show that generation.
 *
 * <p>One thread at a time may call {@link #arm}, {@link #conclude} and {@link #generation}; any thread may call the rest.
 * Nothing allocates.
 */
public final class OutcomeCells {
    /** The wait has not ended. */
    public static final int PENDING = 0;
    /** A later wait owns the cell: this one has ended, how can no longer be told. */
    public static final int RETIRED = -1;
    /** The cell has not come to that generation. */
    public static final int NOT_YET = -2;
    /** Answer of {@link #position} when there is none to tell. */
    public static final long NO_POSITION = -1;
    /** Most cells that one array can hold. */
    public static final int CAPACITY_MAX = (1 << 27) - 3;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIDE = 16;
    private static final int POSITION = 1;
    private static final int OUTCOME_BITS = 8;
    private static final int OUTCOME_MASK = (1 << OUTCOME_BITS) - 1;

    private final int capacity;
    private final long[] words;

    /**
     * Cells of generation 0, which no wait has.
     *
     * @param capacity number of cells, 1 to {@link #CAPACITY_MAX}; each takes 128 bytes at once.
     */
    public OutcomeCells(final int capacity) {
        if (capacity < 1 || capacity > CAPACITY_MAX) {
            throw new IllegalArgumentException("capacity must be 1 to " + CAPACITY_MAX + ": " + capacity);
        }
        this.capacity = capacity;
        this.words = new long[(capacity + 2) * STRIDE];
        Arrays.fill(words, NO_POSITION);
        for (int cell = 0; cell < capacity; cell++) {
            words[index(cell)] = word(0, PENDING);
        }
    }

    /** Number of cells. */
    public int capacity() {
        return capacity;
    }

    /**
     * Give a cell to a new wait. Writer only.
     *
     * @param generation larger than the cell's last one; at least 1.
     */
    public void arm(final int cell, final int generation) {
        final int index = index(cell);
        final int before = generationOf(words[index]);
        if (generation <= before) {
            throw new IllegalArgumentException("cell " + cell + " has come to generation " + before
                    + " and can only go on to a later one, found " + generation);
        }
        WORDS.setRelease(words, index, word(generation, PENDING));
    }

    /** As {@link #conclude(int, int, int, long)}, with no position to tell. */
    public void conclude(final int cell, final int generation, final int outcome) {
        conclude(cell, generation, outcome, NO_POSITION);
    }

    /**
     * End the wait that owns a cell: the last write of a command. Writer only, once per generation.
     *
     * @param outcome the caller's code, 1 to 255.
     * @param position of the command that ended the wait.
     * @throws IllegalStateException if another generation owns the cell, or this one has ended.
     */
    public void conclude(final int cell, final int generation, final int outcome, final long position) {
        final int index = index(cell);
        if (outcome <= PENDING || outcome > OUTCOME_MASK) {
            throw new IllegalArgumentException("outcome must be 1 to " + OUTCOME_MASK + ": " + outcome);
        }
        final long before = words[index];
        if (before != word(generation, PENDING)) {
            throw new IllegalStateException("cell " + cell + " should be pending in generation " + generation
                    + ", found generation " + generationOf(before) + " with outcome " + outcomeOf(before));
        }
        WORDS.setRelease(words, index + POSITION, position);
        WORDS.setRelease(words, index, word(generation, outcome));
    }

    /**
     * How a wait stands. Any thread; an acquire load.
     *
     * @return {@link #PENDING}, the outcome (1 to 255), {@link #RETIRED} or {@link #NOT_YET}.
     */
    public int outcome(final int cell, final int generation) {
        final long word = acquire(index(cell));
        final int owner = generationOf(word);
        if (owner == generation) {
            return outcomeOf(word);
        }
        return owner > generation ? RETIRED : NOT_YET;
    }

    /**
     * Position of the command that ended a wait. Any thread.
     *
     * @return {@link #NO_POSITION} while the wait is pending, when a later generation owns the cell, and when it was
     *     concluded without one.
     */
    public long position(final int cell, final int generation) {
        final int index = index(cell);
        final long word = acquire(index);
        if (generationOf(word) != generation || outcomeOf(word) == PENDING) {
            return NO_POSITION;
        }
        final long position = acquire(index + POSITION);
        return acquire(index) == word ? position : NO_POSITION;
    }

    /** Generation that owns a cell, 0 before the first. Writer only; a plain load. */
    public int generation(final int cell) {
        return generationOf(words[index(cell)]);
    }

    private long acquire(final int index) {
        return (long) WORDS.getAcquire(words, index);
    }

    private int index(final int cell) {
        return (Objects.checkIndex(cell, capacity) + 1) * STRIDE;
    }

    private static long word(final int generation, final int outcome) {
        return (long) generation << OUTCOME_BITS | outcome;
    }

    private static int generationOf(final long word) {
        return (int) (word >>> OUTCOME_BITS);
    }

    private static int outcomeOf(final long word) {
        return (int) word & OUTCOME_MASK;
    }
}

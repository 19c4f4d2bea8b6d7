package io.signalbox.bench.subject;

import java.util.Arrays;
import java.util.Random;

/**
 * A random graph, the same each time: step {@code i} needs none to three of the 2,000 steps before it. Each step marks that it ran, after it has
 * looked whether all that it needs did.
 */
final class GraphShape {
    static final int STEPS = 100_000;

    private static final int NEEDS_MAX = 3;
    private static final int REACH = 2_000;

    final int[][] needs = new int[STEPS][];
    private final byte[] ran = new byte[STEPS];

    GraphShape() {
        final Random random = new Random(20_261_121);
        for (int step = 0; step < STEPS; step++) {
            final int[] chosen = new int[Math.min(step, random.nextInt(NEEDS_MAX + 1))];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = step - 1 - random.nextInt(Math.min(step, REACH));
            }
            needs[step] = Arrays.stream(chosen).distinct().sorted().toArray();
        }
    }

    /** Before a graph. */
    void reset() {
        Arrays.fill(ran, (byte) 0);
    }

    /** What a step does. Plain on purpose: the subject has to order it behind what the step needs. */
    void step(final int step) {
        for (final int need : needs[step]) {
            if (ran[need] != 1) {
                throw new IllegalStateException("step " + step + " ran before step " + need + ", which it needs");
            }
        }
        ran[step]++;
    }

    /** How many steps ran, each once. */
    int ran() {
        int count = 0;
        for (final byte times : ran) {
            count += times == 1 ? 1 : 0;
        }
        return count;
    }
}

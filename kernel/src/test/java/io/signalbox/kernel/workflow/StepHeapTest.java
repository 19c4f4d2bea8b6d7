package io.signalbox.kernel.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StepHeapTest {
    private static final int STEPS = 200;

    /** Steps that come in order and out of order, and leave from the front and from the middle, against a sorted set. */
    @Test
    void shouldKnowTheFirstWhateverComesAndLeaves() {
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final int[] keys = new int[STEPS];
            final StepHeap heap = new StepHeap((step, other) -> keys[step] < keys[other], new int[STEPS]);
            final TreeSet<Integer> expected = new TreeSet<>(Comparator.comparingInt(step -> keys[step]));
            final int outOfOrder = 1 + random.nextInt(60);
            int last = 0;
            for (int i = 0; i < 2_000; i++) {
                final int step = random.nextInt(STEPS);
                if (expected.size() < STEPS && random.nextInt(5) < 3 && !expected.contains(step) && keys[step] == 0) {
                    last += STEPS * 10;
                    keys[step] = random.nextInt(outOfOrder) == 0 ? last - random.nextInt(last) / STEPS * STEPS : last;
                    keys[step] = keys[step] / STEPS * STEPS + step;
                    expected.add(step);
                    heap.add(step);
                } else if (!expected.isEmpty()) {
                    final int leaving = random.nextInt(10) > 0 || keys[step] == 0 ? expected.first() : step;
                    expected.remove(leaving);
                    heap.remove(leaving);
                    keys[leaving] = 0;
                }
                assertThat(heap.first())
                        .as("seed %d, %d", seed, i)
                        .isEqualTo(expected.isEmpty() ? -1 : expected.first());
                assertThat(heap.isEmpty()).isEqualTo(expected.isEmpty());
            }
        }
    }
}

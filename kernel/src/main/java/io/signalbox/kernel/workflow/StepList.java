package io.signalbox.kernel.workflow;

import io.signalbox.kernel.store.DigestSink;
import java.util.Arrays;

/**
 * Some steps of a run in the order in which they came. Taking one out leaves a hole, so that who walks the list may take out what it meets; holes are
 * closed when a step is added to a full list.
 */
final class StepList {
    private static final int HOLE = -1;
    private static final int PLACES_MIN = 8;

    private final int[] places;
    private int[] steps = new int[PLACES_MIN];
    private int end;
    private int size;

    /** @param stepCount of the run. */
    StepList(final int stepCount) {
        places = new int[stepCount];
        Arrays.fill(places, HOLE);
    }

    int size() {
        return size;
    }

    /** First place behind the last one. */
    int end() {
        return end;
    }

    /** The step in a place, below 0 where there is a hole. */
    int at(final int place) {
        return steps[place];
    }

    boolean holds(final int step) {
        return places[step] != HOLE;
    }

    void add(final int step) {
        if (end == steps.length) {
            closeHoles();
        }
        if (end > steps.length / 2) {
            steps = Arrays.copyOf(steps, steps.length * 2);
        }
        places[step] = end;
        steps[end++] = step;
        size++;
    }

    private void closeHoles() {
        int kept = 0;
        for (int place = 0; place < end; place++) {
            if (steps[place] != HOLE) {
                places[steps[place]] = kept;
                steps[kept++] = steps[place];
            }
        }
        end = kept;
    }

    void remove(final int step) {
        steps[places[step]] = HOLE;
        places[step] = HOLE;
        size--;
        if (size == 0) {
            end = 0;
        }
    }

    void digestInto(final DigestSink sink) {
        sink.add(size);
        for (int place = 0; place < end; place++) {
            if (steps[place] != HOLE) {
                sink.add(steps[place]);
            }
        }
    }
}

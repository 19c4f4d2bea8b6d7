package io.signalbox.kernel.workflow;

import java.util.Arrays;

/** Steps in the order in which they go: a binary heap that finds each of them again through an array shared with its neighbours. */
final class StepHeap {
    /** Which of two steps goes first. */
    interface Order {
        boolean precedes(int step, int other);
    }

    private final Order order;
    private final int[] places;
    private int[] steps = new int[8];
    private int size;

    /**
     * @param order total: of two steps one goes first.
     * @param places by step, written here: where it stands in the heap that holds it.
     */
    StepHeap(final Order order, final int[] places) {
        this.order = order;
        this.places = places;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The step that goes first, or -1. */
    int first() {
        return size == 0 ? -1 : steps[0];
    }

    void add(final int step) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, size * 2);
        }
        settle(size++, step);
    }

    void remove(final int step) {
        final int place = places[step];
        size--;
        if (place < size) {
            settle(place, steps[size]);
        }
    }

    /** Put a step into the hole at a place, after moving the hole up or down to where the step belongs. */
    private void settle(final int hole, final int step) {
        int at = hole;
        while (at > 0 && order.precedes(step, steps[(at - 1) >>> 1])) {
            put(at, steps[(at - 1) >>> 1]);
            at = (at - 1) >>> 1;
        }
        int child = firstChild(at);
        while (child < size && order.precedes(steps[child], step)) {
            put(at, steps[child]);
            at = child;
            child = firstChild(at);
        }
        put(at, step);
    }

    private int firstChild(final int at) {
        final int left = at * 2 + 1;
        return left + 1 < size && order.precedes(steps[left + 1], steps[left]) ? left + 1 : left;
    }

    private void put(final int at, final int step) {
        steps[at] = step;
        places[step] = at;
    }
}

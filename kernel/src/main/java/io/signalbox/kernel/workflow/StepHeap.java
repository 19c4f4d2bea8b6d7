package io.signalbox.kernel.workflow;

import java.util.Arrays;

/**
 * Steps in the order in which they go. As long as they come in that order it is a line, from which the first is taken at no cost; from the first step that comes
 * out of order, or leaves from the middle, until it is empty again, a binary heap. Each step is found again through an array shared with its neighbours.
 */
final class StepHeap {
    /** Which of two steps goes first. */
    interface Order {
        boolean precedes(int step, int other);
    }

    private final Order order;
    private final int[] places;
    private int[] steps = new int[8];
    private int head;
    private int end;
    private boolean isHeap;

    /**
     * @param order total: of two steps one goes first.
     * @param places by step, written here: where it stands in the heap that holds it.
     */
    StepHeap(final Order order, final int[] places) {
        this.order = order;
        this.places = places;
    }

    boolean isEmpty() {
        return head == end;
    }

    /** The step that goes first, or -1. */
    int first() {
        return head == end ? -1 : steps[head];
    }

    void add(final int step) {
        if (end == steps.length) {
            makeRoom();
        }
        if (!isHeap && head < end && order.precedes(step, steps[end - 1])) {
            toHeap();
        }
        end++;
        if (isHeap) {
            settle(end - 1, step);
        } else {
            put(end - 1, step);
        }
    }

    void remove(final int step) {
        if (!isHeap && places[step] == head) {
            head++;
        } else {
            toHeap();
            final int place = places[step];
            end--;
            if (place < end) {
                settle(place, steps[end]);
            }
        }
        if (head == end) {
            head = 0;
            end = 0;
            isHeap = false;
        }
    }

    private void makeRoom() {
        if (head > end / 2) {
            moveToStart();
        } else {
            steps = Arrays.copyOf(steps, steps.length * 2);
        }
    }

    /** A line that begins at the start is a heap already. */
    private void toHeap() {
        moveToStart();
        isHeap = true;
    }

    private void moveToStart() {
        for (int at = head; head > 0 && at < end; at++) {
            put(at - head, steps[at]);
        }
        end -= head;
        head = 0;
    }

    /** Put a step into the hole at a place, after moving the hole up or down to where the step belongs. */
    private void settle(final int hole, final int step) {
        int at = hole;
        while (at > 0 && order.precedes(step, steps[(at - 1) >>> 1])) {
            put(at, steps[(at - 1) >>> 1]);
            at = (at - 1) >>> 1;
        }
        int child = firstChild(at);
        while (child < end && order.precedes(steps[child], step)) {
            put(at, steps[child]);
            at = child;
            child = firstChild(at);
        }
        put(at, step);
    }

    private int firstChild(final int at) {
        final int left = at * 2 + 1;
        return left + 1 < end && order.precedes(steps[left + 1], steps[left]) ? left + 1 : left;
    }

    private void put(final int at, final int step) {
        steps[at] = step;
        places[step] = at;
    }
}

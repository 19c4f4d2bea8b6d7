package io.signalbox.kernel.workflow;

/** From each step to some others, all in one array: those of step {@code i} stand from {@code starts[i]} to {@code starts[i + 1]}. Immutable once made. */
final class StepEdges {
    private final int[] starts;
    private final int[] ends;

    StepEdges(final int[][] edges) {
        starts = new int[edges.length + 1];
        for (int i = 0; i < edges.length; i++) {
            starts[i + 1] = starts[i] + edges[i].length;
        }
        ends = new int[starts[edges.length]];
        for (int i = 0; i < edges.length; i++) {
            System.arraycopy(edges[i], 0, ends, starts[i], edges[i].length);
        }
    }

    int count(final int step) {
        return starts[step + 1] - starts[step];
    }

    int at(final int step, final int i) {
        return ends[starts[step] + i];
    }

    int steps() {
        return starts.length - 1;
    }
}

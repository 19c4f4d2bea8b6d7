package io.signalbox.bench;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Median and range of a figure over forks or pairs. */
record Spread(double median, double min, double max) {

    /** {@code values} must not be empty. */
    static <T> Spread of(final Collection<T> values, final ToDoubleFunction<T> figure) {
        final double[] sorted = values.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("a spread needs at least one value");
        }
        final int middle = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}

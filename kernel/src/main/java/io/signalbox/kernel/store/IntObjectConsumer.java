package io.signalbox.kernel.store;

/**
 * Takes an int key and its value, without boxing.
 *
 * @param <V> type of the values.
 */
@FunctionalInterface
public interface IntObjectConsumer<V> {
    /** Called once per entry, in the order that the caller names. */
    void accept(int key, V value);
}

package io.signalbox.kernel.store;

/** Takes what a store remembers, in an order that depends on nothing but what the store went through. */
public interface DigestSink {
    void add(long word);

    /** A text or payload; null counts as a value of its own. */
    void add(byte[] bytes);

    /** A table in its own order; null counts as nothing. */
    default void add(final OrderedLongMap map) {
        if (map == null) {
            return;
        }
        for (int i = 0; i < map.size(); i++) {
            add(map.keyAt(i));
            add(map.valueAt(i));
        }
    }
}

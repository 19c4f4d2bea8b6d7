package io.signalbox.kernel.facade;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps that keep their order and may hold nulls. */
final class Copies {
    private Copies() {}

    static <V> Map<String, V> of(final Map<String, ? extends V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}

package io.signalbox.kernel.routing.router;

import java.util.Map;

/**
 * The state that routers look at. A value is a text, a number, a truth value, a list, a map with text keys, or null; anything else
 * can be compared with nothing.
 */
public interface RoutingState {
    /** The value of a key of the top level; null when it is absent or null. */
    Object get(String key);

    /** Whether the key is there, be it with a null value. */
    boolean has(String key);

    /** How complex it is as a whole. */
    Complexity complexity();

    /** Version of the state, -1 when it has none. Recorded with the decision. */
    default long version() {
        return -1;
    }

    /** A state that is a map. Read while a decision is made and not kept; must not change meanwhile. */
    static RoutingState of(final Map<String, ?> values) {
        return new MapState(values);
    }
}

package io.signalbox.kernel.routing.router;

import java.util.Map;

/** A map of the caller as a state. */
record MapState(Map<String, ?> values) implements RoutingState {
    MapState {
        Checks.given("the state", values);
    }

    @Override
    public Object get(final String key) {
        return values.get(key);
    }

    @Override
    public boolean has(final String key) {
        return values.containsKey(key);
    }

    @Override
    public Complexity complexity() {
        return Complexity.of(values);
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.routing.router.Complexity;
import io.signalbox.kernel.routing.router.JsonText;
import io.signalbox.kernel.routing.router.RoutingState;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.state.StateValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The state of a coordination at one version, for routers. JSON documents are read when a router asks for them; one that is none fails the
 * router that asked.
 */
final class SnapshotState implements RoutingState {
    private final Kernel kernel;
    private final StateSnapshot snapshot;
    private final AtomicReference<Complexity> complexity = new AtomicReference<>();

    SnapshotState(final Kernel kernel, final StateSnapshot snapshot) {
        this.kernel = kernel;
        this.snapshot = snapshot;
    }

    @Override
    public long version() {
        return snapshot.version();
    }

    @Override
    public boolean has(final String key) {
        return value(key) != null;
    }

    @Override
    public Object get(final String key) {
        final StateValue value = value(key);
        if (value == null) {
            return null;
        }
        try {
            return decoded(value);
        } catch (final IllegalArgumentException e) {
            throw new IllegalStateException("the value of '" + key + "': " + e.getMessage(), e);
        }
    }

    private StateValue value(final String key) {
        return snapshot.get(kernel.nameId(key));
    }

    private static Object decoded(final StateValue value) {
        return switch (value.type()) {
            case NULL -> null;
            case BOOLEAN -> value.bytes()[0] != 0;
            case LONG -> value.asLong();
            case DOUBLE ->
                ByteBuffer.wrap(value.bytes()).order(ByteOrder.LITTLE_ENDIAN).getDouble();
            case TEXT -> value.text();
            case JSON -> JsonText.parse(value.text());
            case BYTES -> value.bytes();
        };
    }

    @Override
    public Complexity complexity() {
        final Complexity known = complexity.get();
        if (known != null) {
            return known;
        }
        final Map<String, Object> values = new HashMap<>();
        snapshot.values().forEach((key, value) -> values.put(kernel.name(key), measurable(value)));
        final Complexity measured = Complexity.of(values);
        complexity.set(measured);
        return measured;
    }

    /** What is no document counts by its size alone. */
    private static Object measurable(final StateValue value) {
        try {
            return decoded(value);
        } catch (final IllegalArgumentException e) {
            return value.bytes();
        }
    }
}

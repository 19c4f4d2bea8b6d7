package io.signalbox.kernel.metrics;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Recorders by name, a bounded number of them. Any thread. */
final class Registry {
    private final ConcurrentHashMap<String, Object> recorders = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final int capacity;

    Registry(final int capacity) {
        this.capacity = capacity;
    }

    /**
     * The recorder of this name, made when there is none.
     *
     * @throws MetricException when the name is not one, is the kernel's own, belongs to another kind, or there is no room.
     */
    <T> T find(final String name, final Class<T> kind, final Supplier<T> maker) {
        Object found = name == null ? null : recorders.get(name);
        if (found == null) {
            found = recorders.computeIfAbsent(checked(name), missing -> make(missing, maker));
        }
        if (!kind.isInstance(found)) {
            throw new MetricException(
                    MetricException.Reason.OTHER_DECLARATION,
                    name + " is a " + kind(found.getClass()) + ", not a " + kind(kind));
        }
        return kind.cast(found);
    }

    private static String checked(final String name) {
        Names.require("the name of a metric", name, Names.LENGTH_MAX);
        if (MetricNames.isReserved(name)) {
            throw new MetricException(
                    MetricException.Reason.RESERVED_NAME, "the kernel itself measures under the name " + name);
        }
        return name;
    }

    private Object make(final String name, final Supplier<?> maker) {
        if (taken.incrementAndGet() > capacity) {
            taken.decrementAndGet();
            throw new MetricException(
                    MetricException.Reason.REGISTRY_FULL,
                    "no room for " + name + ": there are " + capacity
                            + " recorders, as many as recordersMax in MetricsConfig allows");
        }
        return maker.get();
    }

    private static String kind(final Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    void forEach(final Consumer<Object> consumer) {
        recorders.values().forEach(consumer);
    }
}

package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.event.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes the known fields out of a map, so that what is left is what nobody knows. */
final class Fields {
    private final String where;
    private final Map<String, Object> left;

    Fields(final Map<String, ?> map, final String where) {
        this.where = where;
        this.left = new LinkedHashMap<>(map);
    }

    /** The value of the first of these names that is there, which are one field under several names; else {@code missing}. */
    <T> T take(final Class<T> type, final T missing, final String... names) {
        T found = missing;
        for (final String name : names) {
            final Object value = left.remove(name);
            if (value != null) {
                found = checked(type, name, value);
            }
        }
        return found;
    }

    List<?> list(final String name) {
        return take(List.class, List.of(), name);
    }

    List<String> texts(final String name) {
        return list(name).stream()
                .map(each -> checked(String.class, name, each))
                .toList();
    }

    @SuppressWarnings("unchecked") // keys are checked
    Map<String, Object> map(final String name) {
        final Map<?, ?> map = take(Map.class, Map.of(), name);
        map.keySet().forEach(key -> checked(String.class, name, key));
        return (Map<String, Object>) map;
    }

    private <T> T checked(final Class<T> type, final String name, final Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "field '" + name + "' of " + where + " must be a " + type.getSimpleName() + ", not " + value);
        }
        return type.cast(value);
    }

    /** Nothing else may stand there. */
    void end(final String known) {
        if (!left.isEmpty()) {
            throw new CommandRefusedException(
                    Rejection.INVALID_ASSIGNMENT,
                    where + " has no field " + left.keySet().stream().collect(Collectors.joining("', '", "'", "'"))
                            + "; known are " + known);
        }
    }
}

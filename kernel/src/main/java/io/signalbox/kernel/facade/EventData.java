package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.Payload;
import java.util.List;
import java.util.Map;

/** The data of an event, a map, as the payload of a signal. */
final class EventData {
    private EventData() {}

    /** The payload; a field without a value is left out. */
    static Payload payload(final Map<String, ?> data) {
        Payload payload = Payload.of();
        for (final Map.Entry<String, ?> each : data.entrySet()) {
            try {
                payload = with(payload, each.getKey(), each.getValue());
            } catch (final IllegalArgumentException e) {
                throw new CommandRefusedException(Rejection.INVALID_PAYLOAD, e.getMessage());
            }
        }
        return payload;
    }

    private static Payload with(final Payload payload, final String name, final Object value) {
        if (value == null) {
            return payload;
        }
        if (value instanceof Boolean flag) {
            return payload.flag(name, flag);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return payload.integer(name, ((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return payload.number(name, number.doubleValue());
        }
        if (value instanceof List<?> list) {
            return payload.texts(name, list.stream().map(String::valueOf).toList());
        }
        if (value instanceof Map<?, ?> map) {
            return payload.fields(name, fields(map));
        }
        return payload.text(name, value.toString());
    }

    private static Payload fields(final Map<?, ?> map) {
        Payload fields = Payload.of();
        for (final Map.Entry<?, ?> each : map.entrySet()) {
            fields = with(fields, String.valueOf(each.getKey()), each.getValue());
        }
        return fields;
    }
}

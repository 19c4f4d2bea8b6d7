package io.signalbox.kernel;

import io.signalbox.kernel.signal.Payload;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which signals of the history are wanted. Immutable; start from {@link #all}. A signal that lacks a field that is asked for is not
 * wanted.
 */
public final class HistoryFilter {
    private static final HistoryFilter ALL = new HistoryFilter("", "", "", 0, Integer.MAX_VALUE, Map.of());

    private final String type;
    private final String sender;
    private final String recipient;
    private final long fromPosition;
    private final int limit;
    private final Map<String, Object> fields;

    private HistoryFilter(
            final String type,
            final String sender,
            final String recipient,
            final long fromPosition,
            final int limit,
            final Map<String, Object> fields) {
        this.type = type;
        this.sender = sender;
        this.recipient = recipient;
        this.fromPosition = fromPosition;
        this.limit = limit;
        this.fields = fields;
    }

    /** Every signal. */
    public static HistoryFilter all() {
        return ALL;
    }

    /** Those sent under this name. */
    public HistoryFilter type(final String wanted) {
        return new HistoryFilter(wanted, sender, recipient, fromPosition, limit, fields);
    }

    /** Those of this sender. */
    public HistoryFilter sender(final String wanted) {
        return new HistoryFilter(type, wanted, recipient, fromPosition, limit, fields);
    }

    /** Those that this agent gets: addressed to it by name, or to everybody. */
    public HistoryFilter recipient(final String wanted) {
        return new HistoryFilter(type, sender, wanted, fromPosition, limit, fields);
    }

    /** None before this position. */
    public HistoryFilter from(final long position) {
        return new HistoryFilter(type, sender, recipient, position, limit, fields);
    }

    /** At most so many, counted after filtering; 0 or more. */
    public HistoryFilter limit(final int wanted) {
        if (wanted < 0) {
            throw new IllegalArgumentException("limit must be 0 or more: " + wanted);
        }
        return new HistoryFilter(type, sender, recipient, fromPosition, wanted, fields);
    }

    /** Those whose payload has this field, with this value: a String, Double, Long, Boolean, list of texts or {@link Payload}. */
    public HistoryFilter where(final String field, final Object value) {
        final Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new HistoryFilter(type, sender, recipient, fromPosition, limit, more);
    }

    String type() {
        return type;
    }

    String sender() {
        return sender;
    }

    String recipient() {
        return recipient;
    }

    long fromPosition() {
        return fromPosition;
    }

    int limit() {
        return limit;
    }

    boolean wants(final Payload payload) {
        return fields.entrySet().stream().allMatch(field -> payload.holds(field.getKey(), field.getValue()));
    }
}

package io.signalbox.kernel.scenario;

import java.util.HashMap;
import java.util.Map;

/** What a scenario calls the handles that it was answered: coordinations, waits, uploads and runs, each kind for itself. */
final class Labels {
    /** A kind of handle that no label names. */
    static final char NO_KIND = ' ';

    static final char COORDINATION = 'c';
    static final char DEPENDENCY = 'd';
    static final char UPLOAD = 'u';
    static final char RUN = 'r';
    static final char SUBSCRIPTION = 's';

    private final Map<String, Long> handles = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();

    void put(final char kind, final String label, final long handle) {
        handles.put(kind + label, handle);
        labels.put(kind + Long.toString(handle), label);
    }

    /** Handle of a label; {@code 3.1} is generation 3 of slot 1, whoever owns it. */
    long handle(final char kind, final String label) {
        final Long known = handles.get(kind + label);
        if (known != null) {
            return known;
        }
        final String[] parts = label.split("\\.");
        if (parts.length != 2) {
            throw new IllegalArgumentException("nothing is called '" + label + "' here");
        }
        return Long.parseLong(parts[0]) << 32 | Integer.parseInt(parts[1]);
    }

    /** Label of a handle, or its generation and slot. */
    String label(final char kind, final long handle) {
        final String known = labels.get(kind + Long.toString(handle));
        return known == null ? (handle >>> 32) + "." + (int) handle : known;
    }
}

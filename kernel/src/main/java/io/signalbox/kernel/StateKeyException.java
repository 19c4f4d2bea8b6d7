package io.signalbox.kernel;

import java.util.List;
import java.util.stream.Collectors;

/** A key that was required does not exist, or holds null. */
public final class StateKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 10;

    private final String key;
    private final transient List<String> availableKeys;

    StateKeyException(final String key, final List<String> availableKeys) {
        super("no value under key '" + key + "'; there are: "
                + availableKeys.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "))
                + (availableKeys.size() > SHOWN_MAX
                        ? " and " + (availableKeys.size() - SHOWN_MAX) + " more"
                        : availableKeys.isEmpty() ? "none" : ""));
        this.key = key;
        this.availableKeys = List.copyOf(availableKeys);
    }

    /** The key that was asked for. */
    public String key() {
        return key;
    }

    /** All keys that the scope had. */
    public List<String> availableKeys() {
        return availableKeys;
    }
}

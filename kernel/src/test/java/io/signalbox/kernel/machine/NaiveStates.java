package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.HashMap;
import java.util.Map;

final class NaiveStates implements NaiveKernel.NaiveRoom {
    /** The keys of one scope. */
    static final class Keys {
        final Map<Integer, Long> versions = new HashMap<>();
        final Map<Integer, String> values = new HashMap<>();
        long version;
    }

    private final NaiveKernel kernel;
    private final Map<Long, Keys> scopes = new HashMap<>();

    NaiveStates(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    Keys keys(final long coordination) {
        return scopes.computeIfAbsent(coordination, handle -> new Keys());
    }

    @Override
    public void onClosed(final long coordination) {
        scopes.remove(coordination);
    }

    long set(final long coordination, final int key, final long expected, final int by, final String value) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (value.length() > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (!NaiveKernel.isName(key) || !NaiveKernel.isNameOrNone(by)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final Keys keys = keys(coordination);
        if (expected != -1 && expected != keys.versions.getOrDefault(key, 0L)) {
            return NaiveKernel.refuse(Rejection.VERSION_MISMATCH);
        }
        keys.version++;
        keys.versions.put(key, keys.version);
        keys.values.put(key, value);
        return keys.version;
    }

    long delete(final long coordination, final int key, final long expected, final int by) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isNameOrNone(by)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final Keys keys = keys(coordination);
        if (!keys.values.containsKey(key)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_KEY);
        }
        if (expected != -1 && expected != keys.versions.get(key)) {
            return NaiveKernel.refuse(Rejection.VERSION_MISMATCH);
        }
        keys.versions.remove(key);
        keys.values.remove(key);
        return ++keys.version;
    }
}

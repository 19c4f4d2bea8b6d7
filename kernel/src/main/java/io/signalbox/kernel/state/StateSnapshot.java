package io.signalbox.kernel.state;

import io.signalbox.kernel.store.PersistentIntMap;

/**
 * Everything a scope holds at one version, and how that version came about. Immutable: taking one is taking a reference, whatever
 * the number of keys.
 *
 * @param coordination handle of the scope, 0 for the kernel-wide one.
 * @param version dense per scope, 0 before the first change.
 * @param factId of the fact that made this version; 0 for version 0.
 * @param timestampNs kernel time of that fact in nanoseconds; 0 for version 0.
 * @param operation that made this version.
 * @param changedBy name id of who asked for it, 0 for nobody.
 * @param bytes length of all values together.
 * @param writtenBytes length of the values that this version wrote.
 * @param values by name id of the key.
 */
public record StateSnapshot(
        long coordination,
        long version,
        long factId,
        long timestampNs,
        StateOperation operation,
        int changedBy,
        long bytes,
        int writtenBytes,
        PersistentIntMap<StateValue> values) {
    static final StateSnapshot EMPTY = empty(0);

    /** Version 0 of a scope: nothing. */
    static StateSnapshot empty(final long coordination) {
        return new StateSnapshot(coordination, 0, 0, 0, StateOperation.OPEN, 0, 0, 0, PersistentIntMap.empty());
    }

    /** The value of a key, or null. */
    public StateValue get(final int key) {
        return values.get(key);
    }

    /** Number of keys. */
    public int size() {
        return values.size();
    }
}

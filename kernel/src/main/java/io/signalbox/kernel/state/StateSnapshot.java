package io.signalbox.kernel.state;

import io.signalbox.kernel.store.PersistentIntMap;

/**
 * Everything a scope holds at one version. Immutable: taking one is taking a reference, whatever the number of keys.
 *
 * @param coordination handle of the scope, 0 for the kernel-wide one.
 * @param version dense per scope, 0 before the first change.
 * @param values by name id of the key.
 */
public record StateSnapshot(long coordination, long version, PersistentIntMap<StateValue> values) {
    static final StateSnapshot EMPTY = new StateSnapshot(0, 0, PersistentIntMap.empty());

    /** The value of a key, or null. */
    public StateValue get(final int key) {
        return values.get(key);
    }
}

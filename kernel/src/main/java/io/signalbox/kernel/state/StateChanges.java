package io.signalbox.kernel.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes of several keys that shall happen at once, and signals that tell of them: all of them in one version, or none. A key may stand in it once. One thread at
 * a time.
 */
public final class StateChanges {
    private record Change(int key, int kind, ValueType type, long expectedVersion, byte[] value) {}

    private static final byte[] NOTHING = new byte[0];

    private final List<Change> changes = new ArrayList<>();
    private int length;

    /**
     * Set a key.
     *
     * @param key name id.
     * @param expectedVersion version the key must have, 0 when it must be absent, {@link StateRules#ANY_VERSION} for any.
     */
    public StateChanges set(final int key, final ValueType type, final byte[] value, final long expectedVersion) {
        return add(new Change(key, StateBatch.SET, type, expectedVersion, value.clone()));
    }

    /** Delete a key, which must exist. */
    public StateChanges delete(final int key, final long expectedVersion) {
        return add(new Change(key, StateBatch.DELETE, ValueType.NULL, expectedVersion, NOTHING));
    }

    /**
     * Raise a signal in the turn that makes the changes.
     *
     * @param signalType name id of its type.
     * @param sender name id of who tells it, 0 for nobody.
     */
    public StateChanges tell(final int signalType, final int sender, final byte[] payload) {
        return add(new Change(signalType, StateBatch.TELL, ValueType.NULL, sender, payload.clone()));
    }

    private StateChanges add(final Change change) {
        changes.add(change);
        length = Math.addExact(length, StateBatch.length(change.value.length));
        return this;
    }

    /** How many there are. */
    public int size() {
        return changes.size();
    }

    /** As they stand in the command. */
    public byte[] encode() {
        final byte[] bytes = new byte[length];
        int at = 0;
        for (final Change change : changes) {
            at = StateBatch.write(
                    bytes, at, change.key, change.kind, change.type, change.expectedVersion, change.value);
        }
        return bytes;
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.state.StateChanges;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.state.ValueType;
import java.nio.charset.StandardCharsets;

/**
 * Changes of several keys that happen at once: in one version, or not at all. Made by {@link State#update}; one thread at a time. A
 * key may stand in it once.
 */
public final class StateUpdate {
    private static final byte[] NOTHING = new byte[0];

    private final Kernel kernel;
    private final State state;
    private final StateChanges changes = new StateChanges();
    private long expectedVersion = StateRules.ANY_VERSION;

    StateUpdate(final Kernel kernel, final State state) {
        this.kernel = kernel;
        this.state = state;
    }

    /** Set a key. */
    public <T> StateUpdate set(final StateKey<T> key, final T value) {
        return set(key, value, StateRules.ANY_VERSION);
    }

    /**
     * Set a key if nobody has changed it since.
     *
     * @param expected version of the value that was read, 0 when the key must be absent.
     */
    public <T> StateUpdate set(final StateKey<T> key, final T value, final long expected) {
        changes.set(state.keyId(key.name()), key.type(), key.encode(value), expected);
        return this;
    }

    /** Set a key to nothing; it exists then, with a null value. */
    public StateUpdate setNull(final String key) {
        changes.set(state.keyId(key), ValueType.NULL, NOTHING, StateRules.ANY_VERSION);
        return this;
    }

    /** Delete a key, which must exist. */
    public StateUpdate delete(final String key) {
        changes.delete(kernel.nameId(key), StateRules.ANY_VERSION);
        return this;
    }

    /**
     * Raise a signal in the turn in which the keys change: whoever hears it finds the change, and no crash can leave one without the other.
     * At most {@link StateRules#TELLS_MAX} in one update.
     *
     * @param type of the signal.
     * @param sender who tells it, empty for nobody.
     */
    public StateUpdate tell(final String type, final String sender, final String payload) {
        final int senderId = sender.isEmpty() ? 0 : kernel.nameId(sender);
        changes.tell(kernel.nameId(type), senderId, payload.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Only if the whole scope still has this version: what was read together and computed is written together. */
    public StateUpdate ifVersion(final long version) {
        expectedVersion = version;
        return this;
    }

    /** Do it. The receipt's value is the scope's new version; an update of nothing makes one too. */
    public Receipt apply() {
        return state.apply(changes, expectedVersion);
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.command.StateCommands;

/** The fast path of the state room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class StateIngress {
    private final Submitter submitter;
    private final StateCommands.Set set = new StateCommands.Set();
    private final StateCommands.Delete delete = new StateCommands.Delete();

    StateIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Set a key; answers the new version of the scope. See {@code StateRules} for {@code expectedVersion}. */
    public long set(
            final long coordination,
            final int key,
            final int valueType,
            final long expectedVersion,
            final int changedBy,
            final byte[] value) {
        return submitter.submit(set.with(coordination, key, valueType, value)
                .expectedVersion(expectedVersion)
                .changedBy(changedBy));
    }

    /** Delete a key; answers the new version of the scope. */
    public long delete(final long coordination, final int key, final long expectedVersion, final int changedBy) {
        return submitter.submit(
                delete.with(coordination, key).expectedVersion(expectedVersion).changedBy(changedBy));
    }
}

package io.signalbox.kernel.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The versions of a scope that are still retained, as references; taking it is cheap and reading it holds up nobody. Immutable, any
 * thread.
 */
public final class StateHistory {
    private final StateSnapshot[] versions;

    /**
     * @param versions from the oldest to the present one, at least one, without a gap; kept, not copied.
     */
    StateHistory(final StateSnapshot[] versions) {
        this.versions = versions;
    }

    /** The oldest version that can be returned to. */
    public long oldestVersion() {
        return versions[0].version();
    }

    /** The present version, when this was taken. */
    public long version() {
        return versions[versions.length - 1].version();
    }

    /** Everything the scope held at a version, or null when that is no longer, or not yet, there. */
    public StateSnapshot at(final long version) {
        final long index = version - oldestVersion();
        return index < 0 || index >= versions.length ? null : versions[(int) index];
    }

    /**
     * The changes that led to the present, the newest version first; inside one version, where all happened at once, by key.
     *
     * @param limit most to be returned, 0 or more.
     */
    public List<StateChange> changes(final int limit) {
        final List<StateChange> changes = new ArrayList<>();
        for (int i = versions.length - 1; i > 0 && changes.size() < limit; i--) {
            for (final StateDifference difference : StateDifference.between(versions[i - 1], versions[i])) {
                if (changes.size() < limit) {
                    changes.add(change(versions[i], difference));
                }
            }
        }
        return changes;
    }

    /**
     * The changes of one key, the newest first.
     *
     * @param key name id.
     * @param limit most to be returned, 0 or more.
     */
    @SuppressWarnings(
            "ReferenceEquality") // a write makes a new value, also of the same bytes; what is not written is shared
    public List<StateChange> changesOf(final int key, final int limit) {
        final List<StateChange> changes = new ArrayList<>();
        for (int i = versions.length - 1; i > 0 && changes.size() < limit; i--) {
            final StateValue before = versions[i - 1].get(key);
            final StateValue after = versions[i].get(key);
            if (before != after) {
                changes.add(change(versions[i], new StateDifference(key, before, after)));
            }
        }
        return changes;
    }

    private static StateChange change(final StateSnapshot version, final StateDifference difference) {
        return new StateChange(
                version.timestampNs(),
                version.version(),
                version.factId(),
                version.operation(),
                difference.key(),
                difference.before(),
                difference.after(),
                version.changedBy());
    }
}

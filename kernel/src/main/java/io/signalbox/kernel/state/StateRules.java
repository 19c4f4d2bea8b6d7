package io.signalbox.kernel.state;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/** Setting, deleting and comparing before either: check, then record. Answers the new version of the scope. */
public final class StateRules {
    /** Expected version that any key meets. */
    public static final long ANY_VERSION = -1;

    private final States states;
    private final NameTable names;
    private final Recorder recorder;

    public StateRules(final States states, final NameTable names, final Recorder recorder) {
        this.states = states;
        this.names = names;
        this.recorder = recorder;
    }

    public long set(
            final long coordination,
            final int key,
            final int valueType,
            final long expectedVersion,
            final int changedBy,
            final int length,
            final long payload) {
        if (!isName(key) || changedBy != 0 && !isName(changedBy)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final ValueType type = ValueType.of(valueType);
        if (type == null || !lengthFits(type, length)) {
            return Rejection.INVALID_VALUE.answer();
        }
        final StateSnapshot snapshot = states.snapshot(coordination);
        if (!meets(snapshot.get(key), expectedVersion)) {
            return Rejection.VERSION_MISMATCH.answer();
        }
        final long version = snapshot.version() + 1;
        recorder.record(FactType.STATE_SET, valueType, coordination, key, version, changedBy, 0, 0, payload);
        return version;
    }

    public long delete(final long coordination, final int key, final long expectedVersion, final int changedBy) {
        if (changedBy != 0 && !isName(changedBy)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final StateSnapshot snapshot = states.snapshot(coordination);
        final StateValue value = snapshot.get(key);
        if (value == null) {
            return Rejection.UNKNOWN_KEY.answer();
        }
        if (!meets(value, expectedVersion)) {
            return Rejection.VERSION_MISMATCH.answer();
        }
        final long version = snapshot.version() + 1;
        recorder.record(FactType.STATE_DELETED, 0, coordination, key, version, changedBy, 0);
        return version;
    }

    private boolean isName(final int id) {
        return id > 0 && id <= names.size();
    }

    private static boolean meets(final StateValue value, final long expectedVersion) {
        return expectedVersion == ANY_VERSION || expectedVersion == (value == null ? 0 : value.version());
    }

    private static boolean lengthFits(final ValueType type, final int length) {
        return switch (type) {
            case NULL -> length == 0;
            case BOOLEAN -> length == 1;
            case LONG, DOUBLE -> length == Long.BYTES;
            case TEXT, JSON, BYTES -> true;
        };
    }
}

package io.signalbox.kernel.state;

import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import org.agrona.collections.IntHashSet;

/**
 * Changing the state of a scope: check, then record. Every change makes one new version of the scope, whatever the number of keys it
 * concerns, and answers its number.
 */
public final class StateRules {
    /** Expected version that any key meets. */
    public static final long ANY_VERSION = -1;
    /** Signals that one update may raise. */
    public static final int TELLS_MAX = 8;

    private final States states;
    private final NameTable names;
    private final Recorder recorder;
    private final StateLimits limits;
    private final int valueLengthMax;
    private final Telling telling;
    private final StateBatch batch = new StateBatch();
    private final IntHashSet keysOfBatch = new IntHashSet();

    public StateRules(
            final States states,
            final NameTable names,
            final Recorder recorder,
            final StateLimits limits,
            final int valueLengthMax,
            final Telling telling) {
        this.states = states;
        this.names = names;
        this.recorder = recorder;
        this.limits = limits;
        this.valueLengthMax = valueLengthMax;
        this.telling = telling;
    }

    /** Set one key. {@code payload} is the range of the value in {@code source}, which starts there at {@code index}. */
    public long set(
            final long coordination,
            final int key,
            final int valueType,
            final long expectedVersion,
            final int changedBy,
            final byte[] source,
            final int index,
            final long payload) {
        final int length = (int) payload;
        final ValueType type = ValueType.of(valueType);
        final long unfit = unfit(key, changedBy, type, source, index, length);
        if (unfit != 0) {
            return unfit;
        }
        final StateSnapshot snapshot = states.snapshot(coordination);
        final StateValue before = snapshot.get(key);
        if (!meets(before, expectedVersion)) {
            return Rejection.VERSION_MISMATCH.answer();
        }
        final long full = full(snapshot, before == null ? 1 : 0, length - States.length(before));
        if (full != 0) {
            return full;
        }
        final long version = snapshot.version() + 1;
        recorder.record(FactType.STATE_SET, valueType, coordination, key, version, changedBy, 0, 0, payload);
        return version;
    }

    /** Delete one key, which must exist. */
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

    /**
     * Change several keys at once and raise the signals that tell of it, all or none; no change at all is a new version too.
     *
     * @param expectedVersion version the scope must have, {@link #ANY_VERSION} for any.
     */
    public long update(
            final long coordination,
            final long expectedVersion,
            final int changedBy,
            final byte[] source,
            final int index,
            final long payload) {
        if (changedBy != 0 && !isName(changedBy)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final StateSnapshot snapshot = states.snapshot(coordination);
        if (expectedVersion != ANY_VERSION && expectedVersion != snapshot.version()) {
            return Rejection.VERSION_MISMATCH.answer();
        }
        batch.wrap(source, index, (int) payload);
        keysOfBatch.clear();
        long keys = 0;
        long bytes = 0;
        int tells = 0;
        while (batch.next()) {
            if (batch.kind() == StateBatch.TELL) {
                final long unfit = unfitToTell(coordination, ++tells);
                if (unfit != 0) {
                    return unfit;
                }
                continue;
            }
            final StateValue before = snapshot.get(batch.key());
            final long unfit = unfitInBatch(before, source);
            if (unfit != 0) {
                return unfit;
            }
            final boolean isDelete = batch.kind() == StateBatch.DELETE;
            keys += isDelete ? -1 : before == null ? 1 : 0;
            bytes += (isDelete ? 0 : batch.length()) - States.length(before);
        }
        if (batch.isDamaged()) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long full = full(snapshot, keys, bytes);
        if (full != 0) {
            return full;
        }
        if (tells > 0) {
            recordTells(coordination, source, index, payload);
        }
        final long version = snapshot.version() + 1;
        recorder.record(FactType.STATE_UPDATED, 0, coordination, keysOfBatch.size(), version, changedBy, 0, 0, payload);
        return version;
    }

    private long unfitToTell(final long coordination, final int number) {
        final long sender = batch.expectedVersion();
        if (number > TELLS_MAX) {
            return Rejection.TOO_LONG.answer();
        }
        return sender != (int) sender
                ? Rejection.UNKNOWN_NAME.answer()
                : telling.refusal(coordination, batch.key(), (int) sender);
    }

    /** They stand before the change, so that they are raised in its turn, however many waits it ends. */
    private void recordTells(final long coordination, final byte[] source, final int index, final long payload) {
        batch.wrap(source, index, (int) payload);
        while (batch.next()) {
            if (batch.kind() == StateBatch.TELL) {
                final long range = FactLog.range((int) (payload >>> 32) + batch.valueIndex() - index, batch.length());
                recorder.record(
                        FactType.STATE_TOLD, 0, coordination, batch.key(), batch.expectedVersion(), 0, 0, 0, range);
            }
        }
    }

    private long unfitInBatch(final StateValue before, final byte[] source) {
        final boolean isDelete = batch.kind() == StateBatch.DELETE;
        if (!isDelete && batch.kind() != StateBatch.SET) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long unfit = unfit(batch.key(), 0, batch.type(), source, batch.valueIndex(), batch.length());
        if (unfit != 0) {
            return unfit;
        }
        if (!keysOfBatch.add(batch.key())) {
            return Rejection.DUPLICATE_KEY.answer();
        }
        if (isDelete && before == null) {
            return Rejection.UNKNOWN_KEY.answer();
        }
        return meets(before, batch.expectedVersion()) ? 0 : Rejection.VERSION_MISMATCH.answer();
    }

    /** Delete every key; an empty scope gets a new version too. */
    public long clear(final long coordination, final int changedBy) {
        if (changedBy != 0 && !isName(changedBy)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final long version = states.snapshot(coordination).version() + 1;
        recorder.record(FactType.STATE_CLEARED, 0, coordination, 0, version, changedBy, 0);
        return version;
    }

    /** Declare how values merge into a key, 0 for no longer; answers 0. It goes with its coordination, not with a rollback. */
    public long declareMerge(final long coordination, final int key, final int ruleCode) {
        if (!isName(key)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (ruleCode != 0 && MergeRule.of(ruleCode) == null) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (ruleCode != 0
                && states.rule(coordination, key) == null
                && states.rules((int) coordination).size() >= limits.keysMax()) {
            return Rejection.TOO_MANY_KEYS.answer();
        }
        recorder.record(FactType.MERGE_RULE_DECLARED, 0, coordination, key, ruleCode, 0, 0);
        return 0;
    }

    /** Merge a value into a key by the rule that was declared for it. */
    public long merge(
            final long coordination,
            final int key,
            final int valueType,
            final int changedBy,
            final byte[] source,
            final int index,
            final long payload) {
        final ValueType type = ValueType.of(valueType);
        final long unfit = unfit(key, changedBy, type, source, index, (int) payload);
        if (unfit != 0) {
            return unfit;
        }
        final MergeRule rule = states.rule(coordination, key);
        if (rule == null) {
            return Rejection.NO_MERGE_RULE.answer();
        }
        final StateSnapshot snapshot = states.snapshot(coordination);
        final StateValue before = snapshot.get(key);
        final byte[] merged = rule.merge(before, type, ValueBytes.copy(source, index, (int) payload));
        if (merged == null) {
            return Rejection.NOT_MERGEABLE.answer();
        }
        if (merged.length > valueLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        final WellKnownKey known = WellKnownKey.of(names.bytes(key));
        if (known != null && !known.takes(type, merged, 0)) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long full = full(snapshot, before == null ? 1 : 0, merged.length - States.length(before));
        if (full != 0) {
            return full;
        }
        final long version = snapshot.version() + 1;
        recorder.record(FactType.STATE_MERGED, valueType, coordination, key, version, changedBy, 0, 0, payload);
        return version;
    }

    /** Bring back exactly what an earlier version held, as a new version. */
    public long rollback(final long coordination, final long targetVersion, final int changedBy) {
        if (changedBy != 0 && !isName(changedBy)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final StateSnapshot snapshot = states.snapshot(coordination);
        if (targetVersion < 0 || targetVersion >= snapshot.version()) {
            return Rejection.UNKNOWN_VERSION.answer();
        }
        if (states.retained(coordination, targetVersion) == null) {
            return Rejection.VERSION_NOT_RETAINED.answer();
        }
        final long version = snapshot.version() + 1;
        recorder.record(FactType.STATE_ROLLED_BACK, 0, coordination, targetVersion, version, changedBy, 0);
        return version;
    }

    /** Drop the past versions; the values and the version stay. Answers 0. */
    public long forgetHistory(final long coordination) {
        recorder.record(FactType.STATE_HISTORY_FORGOTTEN, 0, coordination, 0, 0, 0, 0);
        return 0;
    }

    /** Why a value cannot be written, whatever the key holds now; 0 when it can. */
    private long unfit(
            final int key,
            final int changedBy,
            final ValueType type,
            final byte[] source,
            final int index,
            final int length) {
        if (!isName(key) || changedBy != 0 && !isName(changedBy)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (type == null || !type.fits(length)) {
            return Rejection.INVALID_VALUE.answer();
        }
        final WellKnownKey known = WellKnownKey.of(names.bytes(key));
        return known == null || known.takes(type, source, index) ? 0 : Rejection.INVALID_VALUE.answer();
    }

    /** Why a scope cannot grow so; 0 when it can. One that shrinks always can. */
    private long full(final StateSnapshot snapshot, final long keys, final long bytes) {
        if (keys > 0 && snapshot.size() + keys > limits.keysMax()) {
            return Rejection.TOO_MANY_KEYS.answer();
        }
        return bytes > 0 && snapshot.bytes() + bytes > limits.bytesMax() ? Rejection.TOO_MANY_BYTES.answer() : 0;
    }

    private boolean isName(final int id) {
        return id > 0 && id <= names.size();
    }

    private static boolean meets(final StateValue value, final long expectedVersion) {
        return expectedVersion == ANY_VERSION || expectedVersion == (value == null ? 0 : value.version());
    }
}

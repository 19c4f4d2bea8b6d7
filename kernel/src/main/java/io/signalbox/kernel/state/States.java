package io.signalbox.kernel.state;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.PersistentIntMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The state of all scopes, by slot: the present snapshot, the retained past ones, and the keys' merge rules. Writer: the turn.
 * Readers of snapshots: any thread, through {@link StateView}; all else belongs to the turn.
 */
public final class States implements StateView {
    private static final VarHandle SNAPSHOT = MethodHandles.arrayElementVarHandle(StateSnapshot[].class);

    /** What only the turn knows of a scope. */
    private static final class Past {
        final RetainedVersions versions;
        PersistentIntMap<MergeRule> rules = PersistentIntMap.empty();

        Past(final int versionsMax, final long bytesMax) {
            versions = new RetainedVersions(versionsMax, bytesMax);
        }
    }

    private final StateSnapshot[] snapshots;
    private final Past[] pasts;
    private final int versionsMax;
    private final long versionBytesMax;
    private final StateBatch batch = new StateBatch();
    private int[] changed = new int[16];
    private int changedCount;

    /**
     * @param versionsMax past versions retained of each scope, 1 or more.
     * @param versionBytesMax bytes that those of one scope may have written together.
     */
    public States(final int slotsMax, final int versionsMax, final long versionBytesMax) {
        this.versionsMax = versionsMax;
        this.versionBytesMax = versionBytesMax;
        snapshots = new StateSnapshot[slotsMax];
        pasts = new Past[slotsMax];
        snapshots[0] = StateSnapshot.empty(0);
    }

    /** Scopes there can be, the kernel-wide one included. */
    public int slotsMax() {
        return snapshots.length;
    }

    @Override
    public StateSnapshot snapshot(final long coordination) {
        final StateSnapshot snapshot = (StateSnapshot) SNAPSHOT.getAcquire(snapshots, (int) coordination);
        return snapshot == null || snapshot.coordination() != coordination ? StateSnapshot.EMPTY : snapshot;
    }

    @Override
    public boolean isOpen(final long coordination) {
        return snapshot(coordination).coordination() == coordination;
    }

    @Override
    public int nextChangedKey(final long coordination, final int fromKey) {
        final StateSnapshot present = snapshot(coordination);
        final StateSnapshot before = retained(coordination, present.version() - 1);
        return before == null ? -1 : before.values().nextDifference(present.values(), fromKey);
    }

    /** A past version that is still retained, or null. Turn only. */
    public StateSnapshot retained(final long coordination, final long version) {
        final Past past = pasts[(int) coordination];
        return past == null ? null : past.versions.at(version);
    }

    /** All retained versions up to the present one. Turn only; what it gives may go to any thread. */
    public StateHistory history(final long coordination) {
        final StateSnapshot present = snapshot(coordination);
        final Past past = pasts[(int) coordination];
        return new StateHistory(
                past == null || !isOpen(coordination) ? new StateSnapshot[] {present} : past.versions.with(present));
    }

    /** The rule declared for a key, or null. Turn only. */
    public MergeRule rule(final long coordination, final int key) {
        final Past past = pasts[(int) coordination];
        return past == null ? null : past.rules.get(key);
    }

    /** The rules declared in a scope, by key. Turn only. */
    public PersistentIntMap<MergeRule> rules(final int slot) {
        return pasts[slot] == null ? PersistentIntMap.empty() : pasts[slot].rules;
    }

    /** COORDINATION_OPENED. */
    public void onCoordinationOpened(final Fact fact) {
        publish(StateSnapshot.empty(fact.coordination()));
    }

    /** STATE_SET: extra value type; a key; b version; c changed by; payload: the value. */
    public void onSet(final Fact fact, final FactLog log) {
        final StateValue value = value(fact, ValueType.of(fact.extra()), log.copyOf(fact.payload()));
        put(fact, StateOperation.SET, value);
    }

    /** STATE_MERGED: extra value type; a key; b version; c changed by; payload: what is merged in. */
    public void onMerged(final Fact fact, final FactLog log) {
        final ValueType type = ValueType.of(fact.extra());
        final byte[] merged = rule(fact.coordination(), fact.key())
                .merge(snapshot(fact.coordination()).get(fact.key()), type, log.copyOf(fact.payload()));
        put(fact, StateOperation.MERGE, value(fact, type, merged));
    }

    /** STATE_DELETED: a key; b version; c changed by. */
    public void onDeleted(final Fact fact) {
        final StateSnapshot before = snapshot(fact.coordination());
        final long bytes = before.bytes() - length(before.get(fact.key()));
        advance(fact, StateOperation.DELETE, bytes, 0, before.values().without(fact.key()));
    }

    /** STATE_UPDATED: b version; c changed by; payload: the changes. */
    public void onUpdated(final Fact fact, final FactLog log) {
        final StateSnapshot before = snapshot(fact.coordination());
        PersistentIntMap<StateValue> values = before.values();
        long bytes = before.bytes();
        int written = 0;
        batch.wrap(log.source(), log.sourceIndex(fact.payload()), (int) fact.payload());
        while (batch.next()) {
            if (batch.kind() == StateBatch.TELL) {
                continue;
            }
            bytes -= length(values.get(batch.key()));
            if (batch.kind() == StateBatch.DELETE) {
                values = values.without(batch.key());
            } else {
                values = values.with(batch.key(), value(fact, batch.type(), batch.value()));
                bytes += batch.length();
                written += batch.length();
            }
        }
        advance(fact, StateOperation.UPDATE, bytes, written, values);
    }

    /** STATE_CLEARED: b version; c changed by. */
    public void onCleared(final Fact fact) {
        advance(fact, StateOperation.CLEAR, 0, 0, PersistentIntMap.empty());
    }

    /** STATE_ROLLED_BACK: a the version whose values are there again; b version; c changed by. */
    public void onRolledBack(final Fact fact) {
        final StateSnapshot target = retained(fact.coordination(), fact.a());
        advance(fact, StateOperation.ROLLBACK, target.bytes(), 0, target.values());
    }

    /** STATE_HISTORY_FORGOTTEN. */
    public void onHistoryForgotten(final Fact fact) {
        past(fact).versions.clear();
    }

    /** MERGE_RULE_DECLARED: a key; b code of the rule, 0 for none any more. */
    public void onMergeRuleDeclared(final Fact fact) {
        final Past past = past(fact);
        final MergeRule rule = MergeRule.of((int) fact.b());
        past.rules = rule == null ? past.rules.without(fact.key()) : past.rules.with(fact.key(), rule);
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        final int slot = (int) fact.coordination();
        SNAPSHOT.setRelease(snapshots, slot, null);
        pasts[slot] = null;
        noteChanged(slot);
    }

    /** What one scope remembers: its oldest retained version whole, what each later one has changed, and the merge rules. */
    public void digestInto(final DigestSink sink, final long coordination) {
        final StateHistory history = history(coordination);
        StateSnapshot before = history.at(history.oldestVersion());
        digestInto(sink, before);
        before.values().forEach((key, value) -> digestInto(sink, key, value));
        while (before.version() < history.version()) {
            final StateSnapshot after = history.at(before.version() + 1);
            digestInto(sink, after);
            StateDifference.between(before, after).forEach(changed -> digestInto(sink, changed.key(), changed.after()));
            before = after;
        }
        rules((int) coordination).forEach((key, rule) -> sink.add(Fact.pair(key, rule.code())));
    }

    private static void digestInto(final DigestSink sink, final StateSnapshot snapshot) {
        sink.add(snapshot.version());
        sink.add(snapshot.factId());
        sink.add(snapshot.timestampNs());
        sink.add(Fact.pair(snapshot.operation().ordinal(), snapshot.changedBy()));
        sink.add(snapshot.bytes());
        sink.add(snapshot.writtenBytes());
    }

    private static void digestInto(final DigestSink sink, final int key, final StateValue value) {
        sink.add(key);
        if (value != null) {
            sink.add(value.type().ordinal());
            sink.add(value.version());
            sink.add(value.factId());
            sink.add(value.changedBy());
            sink.add(value.bytes());
        }
    }

    private static StateValue value(final Fact fact, final ValueType type, final byte[] bytes) {
        return new StateValue(type, fact.b(), fact.factId(), (int) fact.c(), bytes);
    }

    private void put(final Fact fact, final StateOperation operation, final StateValue value) {
        final StateSnapshot before = snapshot(fact.coordination());
        final int written = value.bytes().length;
        final long bytes = before.bytes() - length(before.get(fact.key())) + written;
        advance(fact, operation, bytes, written, before.values().with(fact.key(), value));
    }

    /** Length of a value in bytes, 0 for none. */
    static int length(final StateValue value) {
        return value == null ? 0 : value.bytes().length;
    }

    private void advance(
            final Fact fact,
            final StateOperation operation,
            final long bytes,
            final int writtenBytes,
            final PersistentIntMap<StateValue> values) {
        final long coordination = fact.coordination();
        past(fact).versions.add(snapshot(coordination));
        publish(new StateSnapshot(
                coordination,
                fact.b(),
                fact.factId(),
                fact.timestampNs(),
                operation,
                (int) fact.c(),
                bytes,
                writtenBytes,
                values));
        noteChanged((int) coordination);
    }

    private Past past(final Fact fact) {
        final int slot = (int) fact.coordination();
        Past past = pasts[slot];
        if (past == null) {
            past = new Past(versionsMax, versionBytesMax);
            pasts[slot] = past;
        }
        return past;
    }

    private void publish(final StateSnapshot snapshot) {
        SNAPSHOT.setRelease(snapshots, (int) snapshot.coordination(), snapshot);
    }

    private void noteChanged(final int slot) {
        if (changedCount > 0 && changed[changedCount - 1] == slot) {
            return;
        }
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, changedCount * 2);
        }
        changed[changedCount++] = slot;
    }

    /** Forget which scopes the last turn changed. */
    public void beginTurn() {
        changedCount = 0;
    }

    /** How many slots {@link #changedSlot} names; one may be named more than once. */
    public int changedCount() {
        return changedCount;
    }

    /** Slot of a scope that this turn changed or closed. */
    public int changedSlot(final int index) {
        return changed[index];
    }
}

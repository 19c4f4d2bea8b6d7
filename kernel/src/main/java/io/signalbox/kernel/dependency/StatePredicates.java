package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.store.DigestSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the declared waits for a state ask, by the slot of the wait, and the version at which it held. Writer: the turn. An entry is
 * immutable and is published by release, before the outcome of its wait: who has seen the outcome sees the version. The entry of a
 * slot with a new owner names the old handle until that owner is a wait for a state too.
 */
public final class StatePredicates {
    /** {@link #heldVersion}: not yet, or no longer known. */
    public static final long UNKNOWN = -1;

    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Entry[].class);

    /**
     * One wait.
     *
     * @param dependency handle of the wait.
     * @param predicate what it asks of its key.
     * @param heldVersion version of the scope at which it held, {@link #UNKNOWN} before.
     */
    public record Entry(long dependency, StatePredicate predicate, long heldVersion) {}

    private final Entry[] entries;

    public StatePredicates(final int dependenciesMax) {
        entries = new Entry[dependenciesMax];
    }

    /** What a wait asks, or null when it is not known or no longer. Any thread: acquire load. */
    public StatePredicate predicate(final long dependency) {
        final Entry entry = entry(dependency);
        return entry == null ? null : entry.predicate();
    }

    /** Version at which it held, or {@link #UNKNOWN}. Any thread: acquire load. */
    public long heldVersion(final long dependency) {
        final Entry entry = entry(dependency);
        return entry == null ? UNKNOWN : entry.heldVersion();
    }

    private Entry entry(final long dependency) {
        final int slot = (int) dependency;
        if (slot < 0 || slot >= entries.length) {
            return null;
        }
        final Entry entry = (Entry) ENTRY.getAcquire(entries, slot);
        return entry == null || entry.dependency() != dependency ? null : entry;
    }

    /** STATE_WAIT_DECLARED: extra operator and type of the operand; a handle; payload: the operand. */
    public void onDeclared(final Fact fact, final FactLog log) {
        final StatePredicate predicate = new StatePredicate(
                StateOperator.of(fact.extra() >>> 8), ValueType.of(fact.extra() & 0xFF), log.copyOf(fact.payload()));
        publish(new Entry(fact.dependency(), predicate, UNKNOWN));
    }

    /** DEPENDENCY_RESOLVED: a handle; b version of the scope, when it is a wait for a state. */
    public void onResolved(final Fact fact) {
        final Entry entry = entry(fact.dependency());
        if (entry != null) {
            publish(new Entry(entry.dependency(), entry.predicate(), fact.b()));
        }
    }

    /**
     * What is asked, by the slot of the wait.
     *
     * @param used slots that ever held a wait.
     */
    public void digestInto(final DigestSink sink, final int used) {
        for (int slot = 0; slot < used; slot++) {
            if (entries[slot] != null) {
                sink.add(entries[slot].dependency());
                sink.add(Fact.pair(
                        entries[slot].predicate().operator().code(),
                        entries[slot].predicate().type().ordinal()));
                sink.add(entries[slot].predicate().operand());
                sink.add(entries[slot].heldVersion());
            }
        }
    }

    private void publish(final Entry entry) {
        ENTRY.setRelease(entries, (int) entry.dependency(), entry);
    }
}

package io.signalbox.kernel.state;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The snapshots of all scopes, by slot. Writer: the turn. Readers: any thread, through {@link StateView}. */
public final class States implements StateView {
    private static final VarHandle SNAPSHOT = MethodHandles.arrayElementVarHandle(StateSnapshot[].class);

    private final StateSnapshot[] snapshots;

    public States(final int slotsMax) {
        snapshots = new StateSnapshot[slotsMax];
    }

    @Override
    public StateSnapshot snapshot(final long coordination) {
        final StateSnapshot snapshot = (StateSnapshot) SNAPSHOT.getAcquire(snapshots, (int) coordination);
        return snapshot == null || snapshot.coordination() != coordination ? StateSnapshot.EMPTY : snapshot;
    }

    /** STATE_SET. */
    public void onSet(final Fact fact, final FactLog log) {
        final StateSnapshot before = snapshot(fact.coordination());
        final StateValue value = new StateValue(
                ValueType.of(fact.extra()), fact.b(), fact.factId(), (int) fact.c(), log.copyOf(fact.payload()));
        publish(new StateSnapshot(fact.coordination(), fact.b(), before.values().with(fact.key(), value)));
    }

    /** STATE_DELETED. */
    public void onDeleted(final Fact fact) {
        final StateSnapshot before = snapshot(fact.coordination());
        publish(new StateSnapshot(fact.coordination(), fact.b(), before.values().without(fact.key())));
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        SNAPSHOT.setRelease(snapshots, (int) fact.coordination(), null);
    }

    /** The keys and values of one scope. */
    public void digestInto(final DigestSink sink, final long coordination) {
        final StateSnapshot snapshot = snapshot(coordination);
        sink.add(snapshot.version());
        snapshot.values().forEach((key, value) -> {
            sink.add(key);
            sink.add(value.type().ordinal());
            sink.add(value.version());
            sink.add(value.factId());
            sink.add(value.changedBy());
            sink.add(value.bytes());
        });
    }

    private void publish(final StateSnapshot snapshot) {
        SNAPSHOT.setRelease(snapshots, (int) snapshot.coordination(), snapshot);
    }
}

package io.signalbox.kernel.signal;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;
import io.signalbox.kernel.store.SignalTail;

/** Counts and completions per scope, and the broadcast tail that subscribers read. */
public final class Signals implements SignalView {
    private final OrderedLongMap[] completions;
    private final long[] raised;
    private final SignalTail tail;

    public Signals(final int slotsMax, final SignalTail tail) {
        completions = new OrderedLongMap[slotsMax];
        raised = new long[slotsMax];
        this.tail = tail;
    }

    @Override
    public long completionPosition(final int slot, final int agent) {
        final OrderedLongMap ofScope = completions[slot];
        final long packed = ofScope == null ? -1 : ofScope.get(agent, -1);
        return packed < 0 ? -1 : packed >>> 2;
    }

    @Override
    public int completion(final int slot, final int agent) {
        final OrderedLongMap ofScope = completions[slot];
        return ofScope == null ? NONE : (int) ofScope.get(agent, 0) & 3;
    }

    @Override
    public long raised(final int slot) {
        return raised[slot];
    }

    /** Counts and completions of one scope. */
    public void digestInto(final DigestSink sink, final int slot) {
        sink.add(raised[slot]);
        sink.add(completions[slot]);
    }

    /** SIGNAL_RAISED. */
    public void onRaised(final Fact fact, final FactLog log) {
        final int slot = (int) fact.coordination();
        raised[slot]++;
        if (fact.completion() != NONE) {
            OrderedLongMap ofScope = completions[slot];
            if (ofScope == null) {
                ofScope = new OrderedLongMap();
                completions[slot] = ofScope;
            }
            ofScope.put(fact.subject(), fact.position() << 2 | fact.completion());
        }
        tail.append(
                fact.factId(),
                fact.timestampNs(),
                fact.coordination(),
                fact.signalType(),
                fact.sender(),
                fact.subject(),
                fact.recipient(),
                fact.completion(),
                Double.longBitsToDouble(fact.d()),
                log.source(fact.payload()),
                log.sourceIndex(fact.payload()),
                (int) fact.payload());
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        final int slot = (int) fact.coordination();
        completions[slot] = null;
        raised[slot] = 0;
    }
}

package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What people have decided: the last decision on each subject of each scope. */
public final class Approvals {
    /**
     * One decision.
     *
     * @param subject name id of what it is about.
     * @param approved whether it was approved; else it was denied.
     * @param by name id of who decided.
     * @param reason why, in UTF-8.
     * @param position of the command.
     * @param timestampNs kernel time of it.
     */
    public record Decision(int subject, boolean approved, int by, byte[] reason, long position, long timestampNs) {
        /** Why, as text. */
        public String reasonText() {
            return new String(reason, StandardCharsets.UTF_8);
        }
    }

    private static final class OfScope {
        final OrderedLongMap indexBySubject = new OrderedLongMap();
        final List<Decision> decisions = new ArrayList<>();
    }

    private final OfScope[] scopes;

    Approvals(final int slotsMax) {
        scopes = new OfScope[slotsMax];
    }

    /** The last decision on a subject, or null. */
    public Decision last(final int scope, final int subject) {
        final OfScope ofScope = scopes[scope];
        final int index = ofScope == null ? -1 : (int) ofScope.indexBySubject.get(subject, -1);
        return index < 0 ? null : ofScope.decisions.get(index);
    }

    /** The last decisions of a scope, in the order in which their subjects were first decided. */
    public List<Decision> of(final int scope) {
        return scopes[scope] == null ? List.of() : scopes[scope].decisions;
    }

    void digestInto(final DigestSink sink, final int scope) {
        for (final Decision decision : of(scope)) {
            sink.add(Fact.pair(decision.subject(), decision.by()));
            sink.add(decision.approved() ? 1 : 0);
            sink.add(decision.reason());
            sink.add(decision.position());
            sink.add(decision.timestampNs());
        }
    }

    /** APPROVAL_DECIDED: extra who; a subject; b 1 when approved; payload: why. */
    public void onDecided(final Fact fact, final FactLog log) {
        final int scope = (int) fact.coordination();
        if (scopes[scope] == null) {
            scopes[scope] = new OfScope();
        }
        final OfScope ofScope = scopes[scope];
        final Decision decision = new Decision(
                fact.key(),
                fact.b() == 1,
                fact.extra(),
                log.copyOf(fact.payload()),
                fact.position(),
                fact.timestampNs());
        final int known = (int) ofScope.indexBySubject.get(fact.key(), -1);
        if (known >= 0) {
            ofScope.decisions.set(known, decision);
        } else {
            ofScope.indexBySubject.put(fact.key(), ofScope.decisions.size());
            ofScope.decisions.add(decision);
        }
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        scopes[(int) fact.coordination()] = null;
    }
}

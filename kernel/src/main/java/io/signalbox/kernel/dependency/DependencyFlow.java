package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.signal.SignalView;

/** What facts mean for those who wait: each walks the ring of the waits it concerns, as far as the turn has room. */
public final class DependencyFlow {
    private final Dependencies dependencies;
    private final DependencyRules rules;
    private final Recorder recorder;

    public DependencyFlow(final Dependencies dependencies, final DependencyRules rules, final Recorder recorder) {
        this.dependencies = dependencies;
        this.rules = rules;
        this.recorder = recorder;
    }

    /** A signal was raised: conclude who waits for such a one. Whether everybody was reached; else call again in a later turn. */
    public boolean onSignal(final Fact fact) {
        return (fact.completion() == SignalView.NONE || onCompletion(fact))
                && (dependencies.pendingCounts().signals() == 0 || onSignalType(fact));
    }

    private boolean onSignalType(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        int slot = dependencies.firstOnTarget(scope, DependencyKind.SIGNAL, fact.signalType());
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            final int from = dependencies.from(slot);
            if (fact.position() > dependencies.afterPosition(slot) && (from == 0 || from == fact.sender())) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                rules.conclude(slot, DependencyState.RESOLVED);
            }
            slot = next;
        }
        return true;
    }

    private boolean onCompletion(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        int slot = dependencies.firstOnTarget(scope, DependencyKind.AGENT_COMPLETION, fact.subject());
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            final int event = dependencies.from(slot);
            if (fact.position() > dependencies.afterPosition(slot) && (event == 0 || event == fact.signalType())) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                rules.conclude(slot, DependencyRules.afterCompletion(fact.completion(), dependencies.flags(slot)));
            }
            slot = next;
        }
        return true;
    }

    /** A resource was marked: conclude who waits for it; a kernel-wide mark reaches every scope without one of its own. */
    public boolean onResource(final Fact fact) {
        return fact.b() == DependencyRules.UNAVAILABLE || onMark(fact, DependencyKind.RESOURCE);
    }

    /** A gate was scored: conclude who waits for it; a kernel-wide score reaches every scope without one of its own. */
    public boolean onGate(final Fact fact) {
        return onMark(fact, DependencyKind.QUALITY_GATE);
    }

    private boolean onMark(final Fact fact, final DependencyKind kind) {
        int slot = dependencies.firstOnTarget(0, kind, fact.key());
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            final long coordination = dependencies.coordination(slot);
            if (fact.coordination() == 0 || fact.coordination() == coordination) {
                final DependencyState state = rules.already(slot);
                if (state != DependencyState.PENDING) {
                    if (!recorder.hasRoom()) {
                        return false;
                    }
                    rules.conclude(slot, state);
                }
            }
            slot = next;
        }
        return true;
    }

    /** The coordination closed: its waits are cancelled. */
    public boolean onCoordinationClosed(final Fact fact) {
        return onCleared(fact);
    }

    /** The waits of an owner, extra, or all were cleared: they are cancelled. Whether all are. */
    public boolean onCleared(final Fact fact) {
        int slot = rules.firstOf(fact.coordination(), fact.extra());
        while (slot >= 0) {
            if (!recorder.hasRoom()) {
                return false;
            }
            final int next = rules.nextOf(slot, fact.extra());
            rules.conclude(slot, DependencyState.CANCELLED);
            slot = next;
        }
        return true;
    }
}

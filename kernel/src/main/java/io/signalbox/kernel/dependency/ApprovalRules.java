package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/** A person approves or denies what somebody waits for. Nobody can decide what nobody has asked for. */
public final class ApprovalRules {
    private final Dependencies dependencies;
    private final DependencyRules rules;
    private final NameTable names;
    private final Recorder recorder;

    public ApprovalRules(
            final Dependencies dependencies,
            final DependencyRules rules,
            final NameTable names,
            final Recorder recorder) {
        this.dependencies = dependencies;
        this.rules = rules;
        this.names = names;
        this.recorder = recorder;
    }

    /** Answers 0. */
    public long decide(
            final long coordination, final int subject, final int decision, final int by, final long reason) {
        if (subject <= 0 || subject > names.size() || by <= 0 || by > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (decision < 0 || decision > 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        final int scope = CoordinationView.slotOf(coordination);
        final int first = dependencies.firstOnTarget(scope, DependencyKind.APPROVAL, subject);
        if (first < 0) {
            return Rejection.NOTHING_TO_DECIDE.answer();
        }
        int slot = first;
        while (slot >= 0 && !mayDecide(slot, by)) {
            slot = dependencies.nextOnTarget(slot);
        }
        if (slot < 0) {
            return Rejection.NOT_THE_APPROVER.answer();
        }
        recorder.record(FactType.APPROVAL_DECIDED, by, coordination, subject, decision, 0, 0, 0, reason);
        return 0;
    }

    private boolean mayDecide(final int slot, final int by) {
        return dependencies.from(slot) == 0 || dependencies.from(slot) == by;
    }

    /** Somebody decided: conclude who waits for it. Whether everybody was reached. */
    public boolean onDecided(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        int slot = dependencies.firstOnTarget(scope, DependencyKind.APPROVAL, fact.key());
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            if (mayDecide(slot, fact.extra())) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                rules.conclude(slot, fact.b() == 1 ? DependencyState.RESOLVED : DependencyState.FAILED);
            }
            slot = next;
        }
        return true;
    }
}

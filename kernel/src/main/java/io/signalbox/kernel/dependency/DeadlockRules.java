package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;

/** Names a deadlock in the turn in which it forms. It ends nothing: a limit of time, a person or a cancelled wait does. */
public final class DeadlockRules {
    /** Type of the signal that tells of a deadlock: its sender closed the ring, its subject is whom that one awaits. */
    public static final String SIGNAL_TYPE = "deadlock_detected";

    private final Dependencies dependencies;
    private final Composites composites;
    private final DeadlockSearch search;
    private final Recorder recorder;
    private int looksLeft;

    public DeadlockRules(final Dependencies dependencies, final Recorder recorder) {
        this.dependencies = dependencies;
        this.composites = dependencies.composites();
        this.search = new DeadlockSearch(dependencies, composites);
        this.recorder = recorder;
    }

    /** A wait was declared. Whether it was looked at; else call again in a later turn. */
    public boolean onDeclared(final Fact fact) {
        return fact.extra() == 0 || !search.mayClose((int) fact.dependency(), fact.extra()) || look(fact.dependency());
    }

    /** A composite has lost a member: those which are left may all depend on its owner now. */
    public boolean onAdvanced(final Fact fact) {
        final int state = fact.extra();
        final boolean isLost =
                state != DependencyState.PENDING.ordinal() && state != DependencyState.RESOLVED.ordinal();
        looksLeft = Composites.PARENTS_MAX;
        return !isLost || lookAbove(fact.dependency());
    }

    /** Look at a composite, and at those above it, until a deadlock was found. */
    private boolean lookAbove(final long handle) {
        if (!look(handle)) {
            return false;
        }
        if (dependencies.state(handle) == DependencyState.PENDING) {
            for (final long parent : composites.parents((int) handle)) {
                if (search.size() > 0 || --looksLeft < 0) {
                    return true;
                }
                if (!lookAbove(parent)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean look(final long handle) {
        if (dependencies.state(handle) != DependencyState.PENDING || !search.find((int) handle)) {
            return true;
        }
        if (recorder.room() <= search.size()) {
            return false;
        }
        final long coordination = dependencies.coordination((int) handle);
        recorder.record(FactType.DEADLOCK_DETECTED, 0, coordination, handle, search.size(), search.pair(0), 0);
        for (int i = 0; i < search.size(); i++) {
            recorder.record(FactType.DEADLOCK_LINKED, 0, coordination, search.wait(i), search.pair(i), handle, 0);
        }
        return true;
    }
}

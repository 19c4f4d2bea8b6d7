package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;

/** Waits for the response to a signal: they are declared together with it, and the first response ends them. */
public final class RequestRules {
    private final Dependencies dependencies;
    private final DependencyRules rules;
    private final Recorder recorder;

    public RequestRules(final Dependencies dependencies, final DependencyRules rules, final Recorder recorder) {
        this.dependencies = dependencies;
        this.rules = rules;
        this.recorder = recorder;
    }

    /** Whether the wait of a request can be declared: 0, or why not. Nothing is recorded. */
    public long check(final long timeoutNs) {
        if (timeoutNs < 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        return dependencies.nextHandle() < 0 ? Rejection.CAPACITY_EXHAUSTED.answer() : 0;
    }

    /** Wait for a response to the signal of this command, which has been checked. Answers the handle of the wait. */
    public long declare(final long coordination, final int owner, final long timeoutNs) {
        final long handle = dependencies.nextHandle();
        final long position = recorder.position();
        rules.recordDeclared(
                coordination, handle, DependencyKind.RESPONSE, 0, owner, key(position), 0, timeoutNs, position, 0);
        return handle;
    }

    /** Whether somebody waits for a response to the signal of a position, in the same coordination. */
    public boolean isAwaited(final long coordination, final long position) {
        return slotOf(coordination, position) >= 0;
    }

    /** A signal answers another: the wait of its request is over. */
    public void onResponse(final Fact fact) {
        final int slot = slotOf(fact.coordination(), fact.respondsTo());
        if (slot >= 0) {
            rules.conclude(slot, DependencyState.RESOLVED);
        }
    }

    private int slotOf(final long coordination, final long position) {
        int slot = dependencies.firstOnTarget(
                CoordinationView.slotOf(coordination), DependencyKind.RESPONSE, key(position));
        while (slot >= 0 && dependencies.afterPosition(slot) != position) {
            slot = dependencies.nextOnTarget(slot);
        }
        return slot;
    }

    /** Requests are told apart by their positions; the ring of those with the same low bits is walked. */
    private static int key(final long position) {
        return (int) position & Integer.MAX_VALUE;
    }
}

package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;

/**
 * Waits whose end another room decides. That room has checked what is asked; here the wait is declared, found again in declared order
 * and ended. It can be awaited, cancelled and expires like any other.
 */
public final class DeclaredWaits {
    private final Dependencies dependencies;
    private final DependencyRules rules;
    private final Recorder recorder;

    public DeclaredWaits(final Dependencies dependencies, final DependencyRules rules, final Recorder recorder) {
        this.dependencies = dependencies;
        this.rules = rules;
        this.recorder = recorder;
    }

    /** Whether no further wait can be declared. */
    public boolean isFull() {
        return dependencies.nextHandle() < 0;
    }

    /**
     * Declare a wait; not when {@link #isFull}.
     *
     * @param owner name id of who waits, 0 for nobody.
     * @param target name id of what is waited for.
     * @param generation of the target, by which {@link #conclude(DependencyKind, long, int, long, DependencyState)} finds it.
     * @param timeoutNs above 0, {@link Long#MAX_VALUE} for no limit.
     * @return its handle.
     */
    public long declare(
            final DependencyKind kind,
            final long coordination,
            final int owner,
            final int target,
            final long generation,
            final long timeoutNs) {
        final long handle = dependencies.nextHandle();
        recorder.record(
                FactType.DEPENDENCY_DECLARED,
                owner,
                coordination,
                handle,
                Fact.pair(kind.code(), target),
                0,
                DeadlineQueue.due(recorder.timestampNs(), timeoutNs),
                generation,
                0);
        return handle;
    }

    /** Whether the wait of this handle has not ended. */
    public boolean isPending(final long handle) {
        return dependencies.state(handle) == DependencyState.PENDING;
    }

    /** End one wait. */
    public void conclude(final long handle, final DependencyState state) {
        rules.conclude((int) handle, state);
    }

    /** The first pending wait on a target in declared order, or -1. */
    public long first(final DependencyKind kind, final long coordination, final int target) {
        final int slot = dependencies.firstOnTarget(CoordinationView.slotOf(coordination), kind, target);
        return slot < 0 ? -1 : dependencies.handle(slot);
    }

    /**
     * End the waits on a target in declared order, those that were declared for a generation up to this one.
     *
     * @return whether all were reached; else call again in a later turn.
     */
    public boolean conclude(
            final DependencyKind kind,
            final long coordination,
            final int target,
            final long generation,
            final DependencyState state) {
        int slot = dependencies.firstOnTarget(CoordinationView.slotOf(coordination), kind, target);
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            if (dependencies.afterPosition(slot) <= generation) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                rules.conclude(slot, state);
            }
            slot = next;
        }
        return true;
    }
}

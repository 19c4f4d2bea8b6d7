package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;

/** The {@link DeclaredWaits} over the store of this room. */
public final class DependencyWaits implements DeclaredWaits {
    private final Dependencies dependencies;
    private final DependencyRules rules;
    private final Recorder recorder;

    public DependencyWaits(final Dependencies dependencies, final DependencyRules rules, final Recorder recorder) {
        this.dependencies = dependencies;
        this.rules = rules;
        this.recorder = recorder;
    }

    @Override
    public boolean isFull() {
        return dependencies.nextHandle() < 0;
    }

    @Override
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

    @Override
    public boolean isPending(final long handle) {
        return dependencies.state(handle) == DependencyState.PENDING;
    }

    @Override
    public void conclude(final long handle, final DependencyState state) {
        rules.conclude((int) handle, state);
    }

    @Override
    public long first(final DependencyKind kind, final long coordination, final int target) {
        final int slot = dependencies.firstOnTarget(CoordinationView.slotOf(coordination), kind, target);
        return slot < 0 ? -1 : dependencies.handle(slot);
    }

    @Override
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

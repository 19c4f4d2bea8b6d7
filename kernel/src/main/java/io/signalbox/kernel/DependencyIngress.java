package io.signalbox.kernel;

import io.signalbox.kernel.command.DependencyCommands;
import io.signalbox.kernel.dependency.DependencyKind;

/** The fast path of the dependency room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class DependencyIngress {
    private final Submitter submitter;
    private final DependencyCommands.Declare declare = new DependencyCommands.Declare();
    private final DependencyCommands.Cancel cancel = new DependencyCommands.Cancel();
    private final DependencyCommands.MarkResource mark = new DependencyCommands.MarkResource();
    private final DependencyCommands.ScoreGate score = new DependencyCommands.ScoreGate();

    DependencyIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Declare a wait; answers its handle. It may have ended already. */
    public long declare(
            final long coordination,
            final DependencyKind kind,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold) {
        return submitter.submit(declare.with(coordination, kind.code(), target)
                .flags(flags)
                .owner(owner)
                .afterPosition(afterPosition)
                .timeoutNs(timeoutNs)
                .threshold(threshold));
    }

    /** Give a wait up; answers 0. */
    public long cancel(final long coordination, final long dependency) {
        return submitter.submit(cancel.with(coordination, dependency));
    }

    /** Mark a resource available or not; answers 0. */
    public long markResource(final long coordination, final int resource, final boolean available) {
        return submitter.submit(mark.with(coordination, resource, available));
    }

    /** Score a gate, or fail it for good; answers 0. */
    public long scoreGate(final long coordination, final int gate, final boolean failed, final double value) {
        return submitter.submit(score.with(coordination, gate, failed, value));
    }
}

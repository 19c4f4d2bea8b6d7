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

    private final DependencyCommands.Decide decide = new DependencyCommands.Decide();
    private final DependencyCommands.DeclareComposite composite = new DependencyCommands.DeclareComposite();
    private final DependencyCommands.Clear clear = new DependencyCommands.Clear();

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

    /** The request of a wait, to be filled and handed to {@link #declare(DependencyCommands.Declare)}; one for all calls. */
    public DependencyCommands.Declare request() {
        return declare;
    }

    /** Declare a wait; answers its handle. It may have ended already. */
    public long declare(final DependencyCommands.Declare request) {
        return submitter.submit(request);
    }

    /** The request of a wait over other waits, to be filled and handed to {@link #declare(DependencyCommands.DeclareComposite)}. */
    public DependencyCommands.DeclareComposite compositeRequest() {
        return composite;
    }

    /** Declare a wait over other waits; answers its handle. It may have ended already. */
    public long declare(final DependencyCommands.DeclareComposite request) {
        return submitter.submit(request);
    }

    /**
     * Mark a resource; answers 0.
     *
     * @param state 0 unavailable, 1 available, 2 withdrawn.
     * @param level how far an available one is, 0 to 1; NaN for wholly.
     */
    public long markResource(final long coordination, final int resource, final int state, final double level) {
        return submitter.submit(mark.with(coordination, resource, state).level(level));
    }

    /** Approve or deny what waits for a decision on a subject; answers 0. */
    public long decide(
            final long coordination, final int subject, final boolean approved, final int by, final byte[] reason) {
        return submitter.submit(decide.with(coordination, subject, approved ? 1 : 0, by, reason));
    }

    /** Give up the waits of an owner, 0 for everybody's; answers how many. */
    public long clear(final long coordination, final int owner) {
        return submitter.submit(clear.with(coordination, owner));
    }
}

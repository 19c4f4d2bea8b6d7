package io.signalbox.kernel;

import io.signalbox.kernel.command.RoutingCommands;
import io.signalbox.kernel.routing.OpinionWriter;

/** The fast path of the routing room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class RoutingIngress {
    private final Submitter submitter;
    private final RoutingCommands.RecordDecision record = new RoutingCommands.RecordDecision();
    private final RoutingCommands.GiveOpinion give = new RoutingCommands.GiveOpinion();
    private final RoutingCommands.ResetRetries reset = new RoutingCommands.ResetRetries();
    private final RoutingCommands.Clear clear = new RoutingCommands.Clear();
    private final OpinionWriter writer = new OpinionWriter();

    RoutingIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Where opinions are written before they are submitted. */
    public OpinionWriter writer() {
        return writer;
    }

    /**
     * A decision about a task from the opinions in {@link #writer}, to be filled and given to {@link #submit}; by severity and without
     * retries unless it is told otherwise.
     */
    public RoutingCommands.RecordDecision decision(final long coordination, final int task) {
        return record.with(coordination, task, writer.bytes(), writer.length());
    }

    /** Record a decision; answers a {@link io.signalbox.kernel.routing.Verdict}. */
    public long submit(final RoutingCommands.RecordDecision decision) {
        return submitter.submit(decision);
    }

    /** Leave the one opinion in {@link #writer} for the next decision about a task; answers how many wait then. */
    public long give(final long coordination, final int task) {
        return submitter.submit(give.with(coordination, task, writer.bytes(), writer.length()));
    }

    /** End a task's row of retries; answers how many there were. */
    public long resetRetries(final long coordination, final int task) {
        return submitter.submit(reset.with(coordination, task));
    }

    /** Forget the decisions of a coordination; answers 0. */
    public long clear(final long coordination) {
        return submitter.submit(clear.with(coordination));
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.agent.AgentMatch;
import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.AgentTask;
import io.signalbox.kernel.workflow.Placement;
import io.signalbox.kernel.workflow.StepSnapshot;

/** Says in words why a step stands where it stands. */
final class StepExplainer {
    private StepExplainer() {}

    static String explain(final Kernel kernel, final long run, final int index) {
        final StepSnapshot step =
                kernel.query(() -> kernel.machine().inspector().step(run, index));
        if (step == null) {
            return "there is no such step, or its run's place has a new owner";
        }
        final String start = "step '" + step.id() + "' is " + step.state() + ": ";
        return start
                + switch (step.state()) {
                    case PENDING -> "it waits for " + step.openNeeds();
                    case READY -> ready(kernel, run, step);
                    case ASSIGNED ->
                        "attempt " + step.attempts() + " is offered" + to(kernel, run, index)
                                + ", and no worker has said that it starts";
                    case STARTED -> "attempt " + step.attempts() + " is under way" + to(kernel, run, index);
                    case BACKING_OFF ->
                        "after " + step.failures() + " failures the next attempt begins in "
                                + Math.max(0, step.untilNs() - kernel.nowNs()) + " ns";
                    case WAITING -> waiting(kernel, run, index);
                    case DORMANT -> "it would undo another step, which nobody has asked for";
                    case SUCCEEDED, SKIPPED, FAILED, CANCELLED ->
                        "it has ended, after " + step.attempts() + " attempts";
                };
    }

    private static String ready(final Kernel kernel, final long run, final StepSnapshot step) {
        if (!step.blockedBy().isEmpty()) {
            return "limit '" + step.blockedBy() + "' has not enough units for it";
        }
        final boolean isUnplaced =
                kernel.query(() -> kernel.machine().inspector().isUnplaced(run, step.index()));
        if (!isUnplaced) {
            return "it waits for a free place";
        }
        final Placement placement = kernel.query(() -> kernel.machine()
                .inspector()
                .plan(run)
                .step(step.index())
                .scheduling()
                .placement());
        return "nobody qualifies: " + whyNobody(kernel, placement);
    }

    private static String whyNobody(final Kernel kernel, final Placement placement) {
        if (!placement.agent().isEmpty()) {
            final AgentSnapshot agent = kernel.agents().find(placement.agent());
            return agent == null
                    ? "no agent is called '" + placement.agent() + "'"
                    : "agent '" + placement.agent() + "' is " + agent.status() + ", is of type '"
                            + agent.profile().type() + "' and has "
                            + agent.profile().capabilities() + "; wanted is one of type '"
                            + placement.role() + "' with " + placement.capabilities();
        }
        final AgentMatch match = kernel.agents()
                .match(AgentTask.needing(placement.capabilities().toArray(new String[0]))
                        .ofType(placement.role())
                        .bestEffort());
        return match.isFound() ? "until now; somebody has just become free" : match.message();
    }

    private static String to(final Kernel kernel, final long run, final int index) {
        final int agent = kernel.query(() -> kernel.machine().inspector().agent(run, index));
        return agent == 0 ? "" : " to agent '" + kernel.name(agent) + "'";
    }

    private static String waiting(final Kernel kernel, final long run, final int index) {
        final long child = kernel.query(() -> kernel.machine().inspector().child(run, index));
        return child == 0
                ? "it waits for an answer from outside"
                : "it goes on as run " + child + ", which is "
                        + kernel.tasks().run(child).state();
    }
}

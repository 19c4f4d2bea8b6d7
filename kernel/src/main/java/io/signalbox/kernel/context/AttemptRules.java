package io.signalbox.kernel.context;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import java.util.List;

/**
 * The attempts at an assignment, and their ends: a completion is judged, a limit ends what it limits. A completion ends the attempt whose
 * time is up first; attempts of an agent have no names.
 */
public final class AttemptRules {
    private static final long NS_PER_MS = 1_000_000;
    private static final String EXECUTION_TIME = "resource_allocation.max_execution_time_ms";
    private static final String NOTIFICATION = "coordination_protocols.completion_notification_required";

    private final AgentContexts contexts;
    private final Judge judge;
    private final Recorder recorder;

    public AttemptRules(
            final AgentContexts contexts, final GateScores gates, final NameTable names, final Recorder recorder) {
        this.contexts = contexts;
        this.judge = new Judge(gates, names);
        this.recorder = recorder;
    }

    /** Why an agent may not begin an attempt now, as an answer; 0 when it may, or has no context to keep to. */
    public long refusal(final long coordination, final int agent) {
        final ContextEntry entry = contexts.entry(coordination, agent);
        if (entry == null) {
            return 0;
        }
        if (entry.active.size() >= entry.part.allocation().concurrencyLimit()) {
            return Rejection.CONCURRENCY_LIMIT_REACHED.answer();
        }
        return entry.failures > entry.part.allocation().maxRetryAttempts() ? Rejection.RETRIES_EXHAUSTED.answer() : 0;
    }

    /** An attempt begins; answers its number, from 1. */
    public long begin(final long coordination, final int agent) {
        final ContextEntry entry = contexts.entry(coordination, agent);
        if (entry == null) {
            return Rejection.UNKNOWN_CONTEXT.answer();
        }
        final long refused = refusal(coordination, agent);
        if (refused != 0) {
            return refused;
        }
        final long number = entry.attempts + 1;
        final long deadlineNs = DeadlineQueue.due(
                recorder.timestampNs(), entry.part.allocation().maxExecutionTimeMs() * NS_PER_MS);
        recorder.record(FactType.ATTEMPT_BEGUN, 0, coordination, agent, number, deadlineNs, 0);
        return number;
    }

    /** An attempt is given back without a completion; answers how many the agent has left. */
    public long release(final long coordination, final int agent) {
        final ContextEntry entry = contexts.entry(coordination, agent);
        if (entry == null) {
            return Rejection.UNKNOWN_CONTEXT.answer();
        }
        final ContextEntry.Attempt first = entry.first();
        if (first == null) {
            return Rejection.NO_ATTEMPT.answer();
        }
        final long left = entry.active.size() - 1L;
        if (entry.part.protocols().completionNotificationRequired()) {
            failByLimit(coordination, agent, Judge.limit(NOTIFICATION, "equals", DocumentValue.of((Object) true)));
        } else {
            end(coordination, agent, first.number(), AttemptEnd.RELEASED);
        }
        return left;
    }

    /** The registry has given the agent a task of the coordination: where it has a context, an attempt begins by that. */
    public void onAssigned(final long coordination, final int agent) {
        if (contexts.entry(coordination, agent) != null && refusal(coordination, agent) == 0) {
            begin(coordination, agent);
        }
    }

    /** The registry has taken a task of the coordination back: an attempt under way is given back by that. */
    public void onReleased(final long coordination, final int agent) {
        final ContextEntry entry = contexts.entry(coordination, agent);
        if (entry != null && entry.first() != null) {
            release(coordination, agent);
        }
    }

    /**
     * The registry no longer knows the agent: every attempt under way is given back, in all coordinations, by their slots.
     *
     * @return whether all have been; else call again in a later turn.
     */
    public boolean onUnregistered(final int agent) {
        ContextScope scope = contexts.busy(agent, 0);
        while (scope != null) {
            if (!recorder.hasRoom()) {
                return false;
            }
            release(scope.coordination, agent);
            scope = contexts.busy(agent, CoordinationView.slotOf(scope.coordination));
        }
        return true;
    }

    /** The time of an attempt is up. */
    public void expire(final long timer) {
        final long coordination = contexts.coordination(timer);
        final int agent = AgentContexts.agent(timer);
        final long limitMs =
                contexts.entry(coordination, agent).part.allocation().maxExecutionTimeMs();
        failByLimit(coordination, agent, Judge.limit(EXECUTION_TIME, "at_most", DocumentValue.of(limitMs)));
    }

    /** What follows from it raises the failed completion, and that ends the attempt. */
    private void failByLimit(final long coordination, final int agent, final DocumentValue limit) {
        record(coordination, agent, DocumentValue.list(List.of(limit)), true);
    }

    /** Whether an agent has a context to be judged by. */
    public boolean hasContext(final long coordination, final int agent) {
        return contexts.entry(coordination, agent) != null;
    }

    /**
     * What a completion that says it has succeeded leaves unmet, a list; null when nothing. Records nothing.
     *
     * @param quality of the completion, NaN when it states none.
     * @param result what it says of the work, a map.
     */
    public DocumentValue unmet(
            final long coordination, final int agent, final double quality, final DocumentValue result) {
        final List<DocumentValue> unmet =
                judge.unmet(coordination, contexts.entry(coordination, agent).part, quality, result);
        return unmet.isEmpty() ? null : DocumentValue.list(unmet);
    }

    /** A failed completion was raised because of what is unmet. */
    public void judged(final long coordination, final int agent, final DocumentValue unmet) {
        record(coordination, agent, unmet, false);
    }

    private void record(
            final long coordination, final int agent, final DocumentValue unmet, final boolean isRaisedByUs) {
        recorder.record(
                FactType.COMPLETION_JUDGED,
                isRaisedByUs ? 1 : 0,
                coordination,
                agent,
                unmet.size(),
                0,
                0,
                0,
                recorder.keep(DocumentJson.bytes(unmet)));
    }

    /** An agent has completed: an attempt of it ends, its assignment stands otherwise. */
    public void onCompletion(final long coordination, final int agent, final boolean hasSucceeded) {
        final ContextEntry entry = contexts.entry(coordination, agent);
        if (entry == null) {
            return;
        }
        final ContextEntry.Attempt first = entry.first();
        end(
                coordination,
                agent,
                first == null ? 0 : first.number(),
                hasSucceeded ? AttemptEnd.SUCCEEDED : AttemptEnd.FAILED);
    }

    private void end(final long coordination, final int agent, final long number, final AttemptEnd end) {
        recorder.record(FactType.ATTEMPT_ENDED, 0, coordination, agent, number, end.ordinal(), 0);
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.agent.Agents;
import io.signalbox.kernel.context.AttemptRules;
import io.signalbox.kernel.context.ContextNews;
import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.ApprovalRules;
import io.signalbox.kernel.dependency.CompositeRules;
import io.signalbox.kernel.dependency.DeadlockRules;
import io.signalbox.kernel.dependency.DependencyFlow;
import io.signalbox.kernel.dependency.RequestRules;
import io.signalbox.kernel.dependency.StateWaitRules;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.ProgressRules;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.signal.SignalView;
import io.signalbox.kernel.sync.LeaseEnd;
import io.signalbox.kernel.sync.LeaseRules;
import io.signalbox.kernel.sync.SyncFlow;
import io.signalbox.kernel.workflow.TaskFlow;
import io.signalbox.kernel.workflow.WorkflowFlow;
import io.signalbox.kernel.workflow.WorkflowRules;

/** What a fact leads to. The one place where one room's fact reaches another room. */
final class Consequences {
    /** Nothing is left to follow. */
    static final long DONE = WorkflowFlow.DONE;

    /** What follows once has been done; what may take many turns goes on. */
    private static final long BEGUN = 1;

    private final ProgressRules progress;
    private final RequestRules requests;
    private final Agents agents;
    private final AgentRules agentRules;
    private final SignalRules signals;
    private final NameTable names;
    private final StateWaitRules stateWaits;
    private final DependencyFlow waits;
    private final CompositeRules composites;
    private final ApprovalRules approvals;
    private final DeadlockRules deadlocks;
    private final AttemptRules attempts;
    private final ContextNews contextNews;
    private final SyncFlow syncs;
    private final LeaseRules leases;
    private final WorkflowFlow workflows;
    private final TaskFlow taskFlow;

    Consequences(final Rules rules, final Stores stores) {
        progress = rules.progress;
        requests = rules.requests;
        agents = stores.agents;
        agentRules = rules.agents;
        signals = rules.signals;
        names = rules.names;
        stateWaits = rules.stateWaits;
        waits = rules.dependencyFlow;
        composites = rules.composites;
        approvals = rules.approvals;
        deadlocks = rules.deadlocks;
        attempts = rules.attempts;
        contextNews = rules.contextNews;
        syncs = rules.syncFlow;
        leases = rules.leases;
        workflows = rules.flow;
        taskFlow = rules.taskFlow;
    }

    /** Record what follows; {@link #DONE}, or the cursor to go on with in a later turn. */
    long follow(final Fact fact, final long cursor) {
        return switch (fact.type()) {
            // machine
            case COMMAND_REJECTED, COMMAND_DEFERRED, PULSED, RULES_UPGRADED, CLIENT_ANSWERED, NAME_INTERNED -> DONE;

            // coordination
            case COORDINATION_OPENED, COORDINATION_BEGUN, COORDINATION_KEPT, COORDINATION_HEARD -> DONE;
            case COORDINATION_CLOSED -> closed(fact, cursor);

            // signal
            case SIGNAL_RAISED -> onSignal(fact, cursor);
            case AGENT_STALLED -> {
                progress.onStalled(fact);
                yield DONE;
            }
            case SIGNALS_CONFIGURED, SIGNAL_KIND_DECLARED, PROGRESS_EXPECTED, SENDER_DOUBTED -> DONE;

            case SUBSCRIPTION_DECLARED,
                    DELIVERY_GIVEN,
                    DELIVERY_ACKNOWLEDGED,
                    DELIVERY_LAPSED,
                    DELIVERY_ABANDONED,
                    SUBSCRIPTION_CLOSED -> DONE;

            // state
            case STATE_SET, STATE_DELETED, STATE_MERGED -> keyChanged(fact, stateWaits.onKeyChanged(fact, cursor));
            case STATE_KEY_CHANGED -> keyChanged(fact, DONE);
            case STATE_TOLD -> {
                signals.raise(
                        fact.coordination(),
                        (int) fact.a(),
                        (int) fact.b(),
                        0,
                        0,
                        SignalView.NONE,
                        Double.NaN,
                        fact.payload());
                yield DONE;
            }
            case STATE_UPDATED, STATE_CLEARED, STATE_ROLLED_BACK -> stateWaits.onKeysChanged(fact, cursor);
            case MERGE_RULE_DECLARED, STATE_HISTORY_FORGOTTEN, STATE_WAIT_DECLARED -> DONE;

            // dependency
            case RESOURCE_MARKED -> rest(waits.onResource(fact));
            case GATE_SCORED -> rest(waits.onGate(fact));
            case DEPENDENCY_DECLARED -> {
                syncs.onWaitDeclared(fact);
                yield rest(deadlocks.onDeclared(fact));
            }
            case DEPENDENCY_RESOLVED, DEPENDENCY_FAILED -> rest(composites.onConcluded());
            case DEPENDENCY_EXPIRED, DEPENDENCY_CANCELLED -> {
                leases.onWaitEnded(fact);
                yield rest(composites.onConcluded());
            }
            case COMPOSITE_ADVANCED -> rest(deadlocks.onAdvanced(fact));
            case DEPENDENCIES_CLEARED -> rest(waits.onCleared(fact));
            case APPROVAL_DECIDED -> rest(approvals.onDecided(fact));
            case DEADLOCK_DETECTED -> tellOfDeadlock(fact);
            case DEPENDENCY_LABELLED, DEPENDENCY_RETRIED, COMPOSITE_DECLARED, DEADLOCK_LINKED -> DONE;

            // agent
            case AGENT_NAMES_RESERVED -> DONE;
            case AGENT_REGISTERED, AGENT_UPDATED, AGENT_DUTY_SET, AGENT_HEARD, AGENT_COMPLETED ->
                agentNews(fact, cursor);
            case AGENT_ASSIGNED -> {
                attempts.onAssigned(fact.coordination(), AgentRules.agent(fact));
                yield announced(fact, AgentRules.agent(fact));
            }
            case AGENT_RELEASED -> {
                if (cursor < BEGUN) {
                    attempts.onReleased(fact.coordination(), AgentRules.agent(fact));
                }
                yield agentNews(fact, cursor);
            }
            case AGENT_SILENCED -> silenced(fact, cursor);
            case AGENT_UNREGISTERED -> unregistered(fact, cursor);

            // context
            case CONTEXTS_DISTRIBUTED -> {
                contextNews.onDistributed(fact);
                yield DONE;
            }
            case INTELLIGENCE_UPDATED -> {
                contextNews.onUpdated(fact);
                yield DONE;
            }
            case CONTEXTS_CLEARED -> {
                contextNews.onCleared(fact);
                yield DONE;
            }
            case COMPLETION_JUDGED -> {
                contextNews.onJudged(fact);
                yield DONE;
            }
            case CONTEXT_NAMES_RESERVED, ATTEMPT_BEGUN, ATTEMPT_ENDED -> DONE;

            // sync
            case SYNC_DECLARED -> syncs.onDeclared(fact, cursor);
            case BARRIER_RELEASED -> syncs.onReleased(fact, cursor);
            case BARRIER_BROKEN -> syncs.onBroken(fact, cursor);
            case SYNC_POINT_READY -> syncs.onPointReady(fact, cursor);
            case SYNC_POINT_BROKEN -> syncs.onPointBroken(fact, cursor);
            case LATCH_SET -> syncs.onLatchSet(fact);
            case CONDITION_NOTIFIED -> syncs.onNotified(fact);
            case SYNC_RESET, SYNC_DROPPED -> syncs.onReset(fact);
            case LEASE_ENDED, LEASE_WITHDRAWN -> rest(leases.onPlaceFree(fact));
            case LEASES_RELEASED -> rest(leases.onReleasedAll(fact));
            case SYNC_NAMES_RESERVED, BARRIER_ARRIVED, SYNC_PARTY_ENDED, LEASE_ASKED, LEASE_GRANTED, LEASE_RENEWED ->
                DONE;

            // routing
            case DECISION_RECORDED, OPINION_GIVEN, RETRIES_RESET, ROUTING_CLEARED -> DONE;

            // workflow
            case RUN_STARTED, RUN_REOPENED -> workflows.onRunOpened(fact, cursor);
            case RUN_CANCELLING -> workflows.onRunCancelling(fact, cursor);
            case RUN_COMPENSATING -> workflows.onRunCompensating(fact);
            case STEP_READY, LIMIT_REFILLED, STEP_PLACEABLE -> workflows.onPlaceOrStep(fact);
            case STEP_RETRIED, STEP_RELEASED, STEP_SUCCEEDED, STEP_SKIPPED, STEP_FAILED, STEP_CANCELLED ->
                stepLeft(fact, cursor);
            case CHILD_STARTED -> {
                if (cursor < BEGUN && fact.extra() != 0) {
                    agentRules.release(fact.coordination(), fact.extra());
                }
                yield behind(BEGUN, workflows.onPlaceOrStep(fact));
            }
            case RUN_FINISHED -> {
                taskFlow.onRunFinished(fact);
                yield DONE;
            }
            case UPLOAD_BEGUN, CHUNK_APPENDED, UPLOAD_DROPPED, WORKFLOW_DEPLOYED -> DONE;
            case TASK_ASSIGNED -> fact.c() == 0 ? DONE : stepGiven(fact, (int) fact.c());
            case STEP_STARTED, STEP_WAITING, STEP_BLOCKED -> DONE;
            case STEP_HEARD, STEP_UNPLACED, DEFINITION_RELEASED -> DONE;
        };
    }

    /** A response ends the wait of its request; then a completion is followed. */
    private long onSignal(final Fact fact, final long cursor) {
        if (fact.respondsTo() >= 0) {
            requests.onResponse(fact);
        }
        return fact.completion() == SignalView.NONE ? rest(waits.onSignal(fact)) : completed(fact, cursor);
    }

    private long closed(final Fact fact, final long cursor) {
        if (cursor < 0 && fact.a() == CoordinationRules.FORGOTTEN) {
            tellOfForgotten(fact);
        }
        return waits.onCoordinationClosed(fact)
                        && leases.onCoordinationClosed(fact)
                        && agentRules.onCoordinationClosed(fact.coordination())
                ? workflows.onCoordinationClosed(fact, cursor)
                : 0;
    }

    /** A coordination that is forgotten is a kernel-wide signal, where anybody has ever named that type. */
    private void tellOfForgotten(final Fact fact) {
        final int type = names.find(CoordinationRules.SIGNAL_TYPE);
        if (type != NameTable.NONE) {
            signals.raise(0, type, 0, 0, 0, SignalView.NONE, Double.NaN, fact.payload());
        }
    }

    /** A deadlock is a signal too, where anybody has ever named that type: without its id nobody can listen for it. */
    private long tellOfDeadlock(final Fact fact) {
        final int type = names.find(DeadlockRules.SIGNAL_TYPE);
        if (type != NameTable.NONE) {
            final long first = fact.c();
            signals.raise(
                    fact.coordination(), type, (int) (first >>> 32), (int) first, 0, SignalView.NONE, Double.NaN, 0);
        }
        return DONE;
    }

    /** When all who wait for a state of the key have been reached, the condition that watches it comes. */
    private long keyChanged(final Fact fact, final long rest) {
        if (rest == DONE) {
            syncs.onKeyChanged(fact.coordination(), fact.key());
        }
        return rest;
    }

    /** The registry counts a completion once, and the agent's assignment stands otherwise; then whoever waits for it is told. */
    private long completed(final Fact fact, final long cursor) {
        if (cursor != BEGUN) {
            final boolean hasSucceeded = fact.completion() == SignalView.SUCCEEDED;
            if (agents.registered() > 0) {
                agentRules.onCompletion(
                        fact.coordination(), fact.subject(), hasSucceeded, Double.longBitsToDouble(fact.d()));
            }
            attempts.onCompletion(fact.coordination(), fact.subject(), hasSucceeded);
        }
        return waits.onSignal(fact) && syncs.onCompletion(fact) ? DONE : BEGUN;
    }

    /** An agent that stands otherwise than before is news for everybody. */
    private long announced(final Fact fact, final int agent) {
        final AgentStatus now = AgentRules.to(fact);
        if (now != AgentRules.from(fact)) {
            signals.raise(0, agents.signalType(now), agents.systemSender(), agent, 0, SignalView.NONE, Double.NaN, 0);
        }
        return DONE;
    }

    /** An agent that is free since may have steps to do that waited for one. */
    private long agentNews(final Fact fact, final long cursor) {
        if (cursor < BEGUN) {
            announced(fact, AgentRules.agent(fact));
        }
        final boolean isNews = fact.type() != FactType.AGENT_HEARD || AgentRules.from(fact) != AgentStatus.AVAILABLE;
        return isNews && AgentRules.to(fact) == AgentStatus.AVAILABLE
                ? behind(BEGUN, taskFlow.onAgentFree(AgentRules.agent(fact), Math.max(0, cursor - BEGUN)))
                : DONE;
    }

    /** Whoever falls silent holds no lease any more, and its steps are for others. */
    private long silenced(final Fact fact, final long cursor) {
        if (cursor < BEGUN) {
            announced(fact, AgentRules.agent(fact));
        }
        final long behindLeases = BEGUN + 1;
        if (cursor < behindLeases && !leases.onOwnerGone(AgentRules.agent(fact), LeaseEnd.OWNER_SILENT)) {
            return BEGUN;
        }
        return behind(behindLeases, taskFlow.onAgentGone(AgentRules.agent(fact), Math.max(0, cursor - behindLeases)));
    }

    /** Whoever is unregistered holds no lease any more, gives back what it was at, and its steps are for others. */
    private long unregistered(final Fact fact, final long cursor) {
        if (cursor < BEGUN) {
            announced(fact, AgentRules.agent(fact));
        }
        final int agent = AgentRules.agent(fact);
        final long behindLeases = BEGUN + 1;
        if (cursor < behindLeases
                && !(leases.onOwnerGone(agent, LeaseEnd.OWNER_UNREGISTERED) && attempts.onUnregistered(agent))) {
            return BEGUN;
        }
        return behind(behindLeases, taskFlow.onAgentGone(agent, Math.max(0, cursor - behindLeases)));
    }

    /** Whoever had the step is free of it; then what it means for the run. */
    private long stepLeft(final Fact fact, final long cursor) {
        if (cursor < BEGUN) {
            agentLeft(fact, (int) (fact.c() >>> 32));
            taskFlow.onStepLeft(fact);
        }
        return behind(
                BEGUN,
                switch (fact.type()) {
                    case STEP_RETRIED -> workflows.onPlaceOrStep(fact);
                    case STEP_RELEASED -> workflows.onStepReleased(fact);
                    default -> workflows.onStepEnded(fact, cursor < BEGUN ? -1 : cursor - BEGUN);
                });
    }

    /** Whoever was given a step has one more task. */
    private long stepGiven(final Fact fact, final int agent) {
        attempts.onAssigned(fact.coordination(), agent);
        return announced(fact, agent);
    }

    /** How a step ended is one of its agent's outcomes; one that has not ended goes back without. */
    private void agentLeft(final Fact fact, final int agent) {
        if (agent > 0) {
            switch (fact.type()) {
                case STEP_SUCCEEDED ->
                    agentRules.onCompletion(fact.coordination(), agent, true, WorkflowRules.quality(fact));
                case STEP_FAILED, STEP_RETRIED ->
                    agentRules.onCompletion(fact.coordination(), agent, false, Double.NaN);
                default -> agentRules.release(fact.coordination(), agent);
            }
        }
    }

    /** The cursor of a part that comes behind others, which took those below {@code first}. */
    private static long behind(final long first, final long rest) {
        return rest == DONE ? DONE : first + rest;
    }

    private static long rest(final boolean everybodyReached) {
        return everybodyReached ? DONE : 0;
    }
}

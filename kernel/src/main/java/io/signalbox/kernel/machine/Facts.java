package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.Agents;
import io.signalbox.kernel.context.AgentContexts;
import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.dependency.StatePredicates;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.routing.Routings;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.state.States;
import io.signalbox.kernel.subscription.Subscriptions;
import io.signalbox.kernel.sync.Leases;
import io.signalbox.kernel.sync.Syncs;
import io.signalbox.kernel.workflow.Uploads;
import io.signalbox.kernel.workflow.Workflows;

/** What a fact changes. Recording a fact and changing the stores is one act, and there is no other way to change them. */
final class Facts implements Recorder {
    private final FactLog log;
    private final NameTable names;
    private final Coordinations coordinations;
    private final States states;
    private final StatePredicates predicates;
    private final Signals signals;
    private final Subscriptions subscriptions;
    private final Dependencies dependencies;
    private final AgentContexts contexts;
    private final Syncs syncs;
    private final Leases leases;
    private final Agents agents;
    private final Routings routings;
    private final Workflows workflows;
    private final Uploads uploads;
    private final RepeatWindow repeats;
    private final RulesVersion rulesVersion;
    private final Fact fact = new Fact();
    private FactType switchedOff;

    Facts(final FactLog log, final Stores stores) {
        this.log = log;
        this.names = stores.names;
        this.coordinations = stores.coordinations;
        this.states = stores.states;
        this.predicates = stores.predicates;
        this.signals = stores.signals;
        this.subscriptions = stores.subscriptions;
        this.dependencies = stores.dependencies;
        this.contexts = stores.contexts;
        this.syncs = stores.syncs;
        this.leases = stores.leases;
        this.agents = stores.agents;
        this.routings = stores.routings;
        this.workflows = stores.workflows;
        this.uploads = stores.uploads;
        this.repeats = stores.repeats;
        this.rulesVersion = stores.rulesVersion;
    }

    @Override
    public int record(
            final FactType type,
            final int extra,
            final long coordination,
            final long a,
            final long b,
            final long c,
            final long d,
            final long secondPayload,
            final long payload) {
        final int index = log.append(type, extra, coordination, a, b, c, d, secondPayload, payload);
        if (type != switchedOff) {
            change(type, fact.wrap(log, index));
        }
        return index;
    }

    private void change(final FactType type, final Fact fact) {
        switch (type) {
            // machine
            case COMMAND_REJECTED, COMMAND_DEFERRED, PULSED -> {
                // these tell what happened and change nothing
            }
            case RULES_UPGRADED -> rulesVersion.onUpgraded(fact);
            case CLIENT_ANSWERED -> repeats.onAnswered(fact);
            case NAME_INTERNED -> names.intern(log.source(), log.sourceIndex(fact.payload()), (int) fact.payload());

            // coordination
            case COORDINATION_OPENED -> {
                coordinations.onOpened(fact, log);
                states.onCoordinationOpened(fact);
            }
            case COORDINATION_CLOSED -> {
                coordinations.onClosed(fact);
                states.onCoordinationClosed(fact);
                signals.onCoordinationClosed(fact);
                subscriptions.onCoordinationClosed(fact);
                dependencies.onCoordinationClosed(fact);
                syncs.onCoordinationClosed(fact);
                contexts.onCoordinationClosed(fact);
                routings.onCoordinationClosed(fact);
            }
            case COORDINATION_BEGUN -> coordinations.onBegun(fact, log);
            case COORDINATION_KEPT -> coordinations.onKept(fact);
            case COORDINATION_HEARD -> coordinations.onHeard(fact);

            // signal
            case SIGNAL_RAISED -> {
                signals.onRaised(fact, log);
                subscriptions.onRaised(fact, log);
            }
            case SUBSCRIPTION_DECLARED -> subscriptions.onDeclared(fact, log);
            case DELIVERY_GIVEN -> subscriptions.onGiven(fact);
            case DELIVERY_ACKNOWLEDGED -> subscriptions.onAcknowledged(fact);
            case DELIVERY_LAPSED -> subscriptions.onLapsed(fact);
            case DELIVERY_ABANDONED -> subscriptions.onAbandoned(fact);
            case SUBSCRIPTION_CLOSED -> subscriptions.onClosed(fact);
            case SIGNALS_CONFIGURED -> signals.onConfigured(fact);
            case SIGNAL_KIND_DECLARED -> signals.kinds().onDeclared(fact, log);
            case PROGRESS_EXPECTED -> signals.onProgressExpected(fact);
            case AGENT_STALLED -> signals.progress().onStalled(fact);
            case SENDER_DOUBTED -> signals.onDoubted(fact);

            // state
            case STATE_SET -> states.onSet(fact, log);
            case STATE_DELETED -> states.onDeleted(fact);
            case STATE_UPDATED -> states.onUpdated(fact, log);
            case STATE_CLEARED -> states.onCleared(fact);
            case STATE_MERGED -> states.onMerged(fact, log);
            case STATE_ROLLED_BACK -> states.onRolledBack(fact);
            case STATE_KEY_CHANGED, STATE_TOLD -> {
                // the first tells what the fact before it has changed, the other what is to be told of the fact behind
                // it
            }
            case MERGE_RULE_DECLARED -> states.onMergeRuleDeclared(fact);
            case STATE_HISTORY_FORGOTTEN -> states.onHistoryForgotten(fact);
            case STATE_WAIT_DECLARED -> predicates.onDeclared(fact, log);

            // dependency
            case RESOURCE_MARKED -> dependencies.boards().onResourceMarked(fact);
            case GATE_SCORED -> dependencies.boards().onGateScored(fact);
            case DEPENDENCY_DECLARED -> dependencies.onDeclared(fact);
            case DEPENDENCY_RESOLVED -> {
                dependencies.onConcluded(fact, DependencyState.RESOLVED);
                predicates.onResolved(fact);
            }
            case DEPENDENCY_FAILED -> dependencies.onConcluded(fact, DependencyState.FAILED);
            case DEPENDENCY_EXPIRED -> dependencies.onConcluded(fact, DependencyState.EXPIRED);
            case DEPENDENCY_CANCELLED -> dependencies.onConcluded(fact, DependencyState.CANCELLED);
            case DEPENDENCY_LABELLED -> dependencies.onLabelled(fact);
            case DEPENDENCY_RETRIED -> dependencies.onRetried(fact);
            case DEPENDENCIES_CLEARED -> dependencies.onCleared(fact);
            case APPROVAL_DECIDED -> dependencies.approvals().onDecided(fact, log);
            case COMPOSITE_DECLARED -> dependencies.composites().onDeclared(fact, log);
            case COMPOSITE_ADVANCED -> dependencies.composites().onAdvanced();
            case DEADLOCK_DETECTED -> dependencies.deadlocks().onDetected(fact);
            case DEADLOCK_LINKED -> dependencies.deadlocks().onLinked(fact);

            // agent
            case AGENT_NAMES_RESERVED -> agents.onNamesReserved();
            case AGENT_REGISTERED -> agents.onRegistered(fact, log);
            case AGENT_UPDATED -> agents.onUpdated(fact, log);
            case AGENT_UNREGISTERED -> agents.onUnregistered(fact);
            case AGENT_DUTY_SET -> agents.onDutySet(fact);
            case AGENT_HEARD -> agents.onHeard(fact);
            case AGENT_SILENCED -> agents.onSilenced(fact);
            case AGENT_ASSIGNED -> agents.onAssigned(fact);
            case AGENT_RELEASED -> agents.onReleased(fact);
            case AGENT_COMPLETED -> agents.onCompleted(fact);

            // context
            case CONTEXT_NAMES_RESERVED -> contexts.onNamesReserved();
            case CONTEXTS_DISTRIBUTED -> contexts.onDistributed(fact, log);
            case INTELLIGENCE_UPDATED -> contexts.onUpdated(fact, log);
            case CONTEXTS_CLEARED -> contexts.onCleared(fact);
            case ATTEMPT_BEGUN -> contexts.onBegun(fact);
            case ATTEMPT_ENDED -> contexts.onEnded(fact);
            case COMPLETION_JUDGED -> contexts.onJudged(fact, log);

            // sync
            case SYNC_NAMES_RESERVED -> syncs.onNamesReserved();
            case SYNC_DECLARED -> syncs.onDeclared(fact, log);
            case BARRIER_ARRIVED -> syncs.onArrived(fact, log);
            case BARRIER_RELEASED -> syncs.onReleased(fact);
            case BARRIER_BROKEN -> syncs.onBroken(fact);
            case SYNC_RESET -> syncs.onReset(fact);
            case LATCH_SET -> syncs.onLatchSet(fact);
            case CONDITION_NOTIFIED -> syncs.onNotified(fact);
            case SYNC_PARTY_ENDED -> syncs.onPartyEnded(fact);
            case SYNC_POINT_READY, SYNC_POINT_BROKEN -> syncs.onPointEnded(fact);
            case SYNC_DROPPED -> syncs.onDropped(fact);
            case LEASE_ASKED -> leases.onAsked(fact);
            case LEASE_GRANTED -> leases.onGranted(fact);
            case LEASE_RENEWED -> leases.onRenewed(fact);
            case LEASE_ENDED, LEASE_WITHDRAWN -> leases.onEnded(fact);
            case LEASES_RELEASED -> {
                // tells what was asked; each lease ends for itself
            }

            // routing
            case DECISION_RECORDED -> routings.onDecided(fact, log);
            case OPINION_GIVEN -> routings.onGiven(fact, log);
            case RETRIES_RESET -> routings.onRetriesReset(fact);
            case ROUTING_CLEARED -> routings.onCleared(fact);

            // workflow
            case UPLOAD_BEGUN -> uploads.onBegun(fact);
            case CHUNK_APPENDED -> uploads.onAppended(fact, log);
            case WORKFLOW_DEPLOYED -> workflows.onDeployed(fact);
            case RUN_STARTED -> workflows.onRunStarted(fact, log);
            case RUN_REOPENED -> workflows.onRunReopened(fact);
            case RUN_CANCELLING -> workflows.onRunCancelling(fact);
            case RUN_FINISHED -> workflows.onRunFinished(fact);
            case STEP_READY -> workflows.onStepReady(fact);
            case TASK_ASSIGNED -> {
                workflows.onTaskAssigned(fact);
                if (fact.c() != 0) {
                    agents.onStepGiven(fact);
                }
            }
            case STEP_STARTED -> workflows.onStepStarted(fact, log);
            case STEP_SUCCEEDED -> workflows.onStepSucceeded(fact, log);
            case STEP_SKIPPED -> workflows.onStepSkipped(fact, log);
            case STEP_RETRIED -> workflows.onStepRetried(fact, log);
            case STEP_RELEASED -> workflows.onStepReleased(fact);
            case STEP_FAILED -> workflows.onStepFailed(fact, log);
            case STEP_CANCELLED -> workflows.onStepCancelled(fact);
            case UPLOAD_DROPPED -> uploads.release(fact.a());
            case STEP_WAITING -> workflows.onStepWaiting(fact);
            case STEP_BLOCKED -> workflows.onStepBlocked(fact);
            case LIMIT_REFILLED -> workflows.onLimitRefilled(fact);
            case RUN_COMPENSATING -> workflows.onRunCompensating(fact);
            case CHILD_STARTED -> workflows.onChildStarted(fact);
            case DEFINITION_RELEASED -> workflows.onDefinitionReleased(fact);
            case STEP_HEARD -> workflows.onStepHeard(fact);
            case STEP_UNPLACED -> workflows.onStepUnplaced(fact);
            case STEP_PLACEABLE -> workflows.onStepPlaceable(fact);
        }
    }

    /** The facts of the turn, with their payloads. */
    FactLog log() {
        return log;
    }

    /** For the test that every case here matters: facts of this type are recorded and change nothing. */
    void switchOff(final FactType type) {
        switchedOff = type;
    }

    @Override
    public long keep(final byte[] bytes) {
        return log.keep(bytes);
    }

    @Override
    public long position() {
        return log.position();
    }

    @Override
    public long timestampNs() {
        return log.timestampNs();
    }

    @Override
    public boolean hasRoom() {
        return log.hasRoom();
    }

    @Override
    public int room() {
        return log.room();
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.state.States;
import io.signalbox.kernel.subscription.Subscriptions;
import io.signalbox.kernel.workflow.Uploads;
import io.signalbox.kernel.workflow.Workflows;

/** What a fact changes. Recording a fact and changing the stores is one act, and there is no other way to change them. */
final class Facts implements Recorder {
    private final FactLog log;
    private final NameTable names;
    private final Coordinations coordinations;
    private final States states;
    private final Signals signals;
    private final Subscriptions subscriptions;
    private final Dependencies dependencies;
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
        this.signals = stores.signals;
        this.subscriptions = stores.subscriptions;
        this.dependencies = stores.dependencies;
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
            case COORDINATION_OPENED -> coordinations.onOpened(fact, log);
            case COORDINATION_CLOSED -> {
                coordinations.onClosed(fact);
                states.onCoordinationClosed(fact);
                signals.onCoordinationClosed(fact);
                subscriptions.onCoordinationClosed(fact);
                dependencies.onCoordinationClosed(fact);
            }

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

            // state
            case STATE_SET -> states.onSet(fact, log);
            case STATE_DELETED -> states.onDeleted(fact);

            // dependency
            case RESOURCE_MARKED -> dependencies.onResourceMarked(fact);
            case GATE_SCORED -> dependencies.onGateScored(fact);
            case DEPENDENCY_DECLARED -> dependencies.onDeclared(fact);
            case DEPENDENCY_RESOLVED -> dependencies.onConcluded(fact, DependencyState.RESOLVED);
            case DEPENDENCY_FAILED -> dependencies.onConcluded(fact, DependencyState.FAILED);
            case DEPENDENCY_EXPIRED -> dependencies.onConcluded(fact, DependencyState.EXPIRED);
            case DEPENDENCY_CANCELLED -> dependencies.onConcluded(fact, DependencyState.CANCELLED);

            // agent

            // context

            // sync

            // routing

            // workflow
            case UPLOAD_BEGUN -> uploads.onBegun(fact);
            case CHUNK_APPENDED -> uploads.onAppended(fact, log);
            case WORKFLOW_DEPLOYED -> workflows.onDeployed(fact);
            case RUN_STARTED -> workflows.onRunStarted(fact, log);
            case RUN_REOPENED -> workflows.onRunReopened(fact);
            case RUN_CANCELLING -> workflows.onRunCancelling(fact);
            case RUN_FINISHED -> workflows.onRunFinished(fact);
            case STEP_READY -> workflows.onStepReady(fact);
            case TASK_ASSIGNED -> workflows.onTaskAssigned(fact);
            case STEP_STARTED -> workflows.onStepStarted(fact, log);
            case STEP_SUCCEEDED -> workflows.onStepSucceeded(fact, log);
            case STEP_SKIPPED -> workflows.onStepSkipped(fact, log);
            case STEP_RETRIED -> workflows.onStepRetried(fact, log);
            case STEP_RELEASED -> workflows.onStepReleased(fact);
            case STEP_FAILED -> workflows.onStepFailed(fact, log);
            case STEP_CANCELLED -> workflows.onStepCancelled(fact);
            case UPLOAD_DROPPED -> uploads.release(fact.a());
        }
    }

    /** For the test that every case here matters: facts of this type are recorded and change nothing. */
    void switchOff(final FactType type) {
        switchedOff = type;
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
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.dependency.ApprovalRules;
import io.signalbox.kernel.dependency.CompositeRules;
import io.signalbox.kernel.dependency.DeadlockRules;
import io.signalbox.kernel.dependency.DependencyFlow;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.workflow.WorkflowFlow;

/** What a fact leads to. The one place where one room's fact reaches another room. */
final class Consequences {
    /** Nothing is left to follow. */
    static final long DONE = WorkflowFlow.DONE;

    private final DependencyFlow dependencies;
    private final CompositeRules composites;
    private final ApprovalRules approvals;
    private final DeadlockRules deadlocks;
    private final WorkflowFlow workflows;

    Consequences(
            final DependencyFlow dependencies,
            final CompositeRules composites,
            final ApprovalRules approvals,
            final DeadlockRules deadlocks,
            final WorkflowFlow workflows) {
        this.dependencies = dependencies;
        this.composites = composites;
        this.approvals = approvals;
        this.deadlocks = deadlocks;
        this.workflows = workflows;
    }

    /** Record what follows; {@link #DONE}, or the cursor to go on with in a later turn. */
    long follow(final Fact fact, final long cursor) {
        return switch (fact.type()) {
            case SIGNAL_RAISED -> rest(dependencies.onSignal(fact));
            case RESOURCE_MARKED -> rest(dependencies.onResource(fact));
            case GATE_SCORED -> rest(dependencies.onGate(fact));
            case COORDINATION_CLOSED ->
                dependencies.onCoordinationClosed(fact) ? workflows.onCoordinationClosed(fact, cursor) : 0;
            case RUN_STARTED, RUN_REOPENED -> workflows.onRunOpened(fact, cursor);
            case RUN_CANCELLING -> workflows.onRunCancelling(fact, cursor);
            case STEP_READY, STEP_RETRIED -> workflows.onPlaceOrStep(fact);
            case STEP_RELEASED -> workflows.onStepReleased(fact);
            case STEP_SUCCEEDED, STEP_SKIPPED, STEP_FAILED, STEP_CANCELLED -> workflows.onStepEnded(fact, cursor);
            case DEPENDENCY_DECLARED -> rest(deadlocks.onDeclared(fact));
            case DEPENDENCY_RESOLVED, DEPENDENCY_FAILED, DEPENDENCY_EXPIRED, DEPENDENCY_CANCELLED ->
                rest(composites.onConcluded());
            case COMPOSITE_ADVANCED -> rest(deadlocks.onAdvanced(fact));
            case DEPENDENCIES_CLEARED -> rest(dependencies.onCleared(fact));
            case APPROVAL_DECIDED -> rest(approvals.onDecided(fact));
            case DEADLOCK_DETECTED -> DONE;
            case COMMAND_REJECTED,
                    COMMAND_DEFERRED,
                    PULSED,
                    RULES_UPGRADED,
                    CLIENT_ANSWERED,
                    NAME_INTERNED,
                    COORDINATION_OPENED,
                    STATE_SET,
                    STATE_DELETED,
                    DEPENDENCY_LABELLED,
                    DEPENDENCY_RETRIED,
                    COMPOSITE_DECLARED,
                    DEADLOCK_LINKED,
                    UPLOAD_BEGUN,
                    CHUNK_APPENDED,
                    UPLOAD_DROPPED,
                    WORKFLOW_DEPLOYED,
                    TASK_ASSIGNED,
                    STEP_STARTED,
                    RUN_FINISHED -> DONE;
        };
    }

    private static long rest(final boolean everybodyReached) {
        return everybodyReached ? DONE : 0;
    }
}

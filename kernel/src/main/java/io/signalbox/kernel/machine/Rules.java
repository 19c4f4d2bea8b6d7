package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.context.AttemptRules;
import io.signalbox.kernel.context.ContextNews;
import io.signalbox.kernel.context.ContextRules;
import io.signalbox.kernel.context.GateScores;
import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.ApprovalRules;
import io.signalbox.kernel.dependency.Boards;
import io.signalbox.kernel.dependency.CompositeRules;
import io.signalbox.kernel.dependency.DeadlockRules;
import io.signalbox.kernel.dependency.DeclaredWaits;
import io.signalbox.kernel.dependency.DependencyFlow;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.DependencyWaits;
import io.signalbox.kernel.dependency.RequestRules;
import io.signalbox.kernel.dependency.StateWaitRules;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.routing.RoutingRules;
import io.signalbox.kernel.signal.ProgressRules;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.signal.SignalView;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.subscription.SubscriptionRules;
import io.signalbox.kernel.sync.LeaseRules;
import io.signalbox.kernel.sync.SyncEvents;
import io.signalbox.kernel.sync.SyncFlow;
import io.signalbox.kernel.sync.SyncRules;
import io.signalbox.kernel.sync.SyncView;
import io.signalbox.kernel.workflow.TaskFlow;
import io.signalbox.kernel.workflow.TaskRules;
import io.signalbox.kernel.workflow.WorkflowFlow;
import io.signalbox.kernel.workflow.WorkflowRules;

/** The rules of every room. */
final class Rules {
    // machine
    final NameTable names;

    // coordination
    final CoordinationRules coordinations;

    // state
    final StateRules states;
    final StateWaitRules stateWaits;

    // signal
    final SignalRules signals;
    final SubscriptionRules subscriptions;
    final ProgressRules progress;

    // dependency
    final DependencyRules dependencies;
    final RequestRules requests;
    final CompositeRules composites;
    final ApprovalRules approvals;
    final DeadlockRules deadlocks;
    final DependencyFlow dependencyFlow;

    // context
    final ContextRules contexts;
    final AttemptRules attempts;
    final ContextNews contextNews;

    // sync
    final SyncRules syncs;
    final SyncFlow syncFlow;
    final LeaseRules leases;

    // agent
    final AgentRules agents;

    // routing
    final RoutingRules routings;

    // workflow
    final WorkflowRules workflows;
    final WorkflowFlow flow;
    final TaskRules tasks;
    final TaskFlow taskFlow;

    Rules(final Stores stores, final Facts facts, final MachineLimits limits) {
        // machine
        names = stores.names;

        // coordination
        coordinations = new CoordinationRules(stores.coordinations, facts, limits.nameLengthMax());

        // state
        states = new StateRules(
                stores.states,
                stores.names,
                facts,
                limits.states(),
                limits.payloadLengthMax(),
                (coordination, signalType, sender) ->
                        stores.subscriptions.admits(coordination, signalType, sender, 0, null)
                                ? refusalToRaise(coordination, signalType, sender)
                                : Rejection.OUTSTANDING_FULL.answer());

        // signal
        signals = new SignalRules(
                stores.signals,
                agent -> stores.agents.status(agent) != AgentStatus.UNREGISTERED
                        || agent == stores.agents.systemSender(),
                stores.names,
                limits.signals().recipientsMax(),
                facts);
        progress = new ProgressRules(stores.signals.progress(), stores.names, facts);
        subscriptions = new SubscriptionRules(stores.subscriptions, stores.names, facts);

        // dependency
        dependencies = new DependencyRules(stores.dependencies, stores.signals, stores.names, facts);
        composites = new CompositeRules(stores.dependencies, dependencies, facts);
        approvals = new ApprovalRules(stores.dependencies, dependencies, stores.names, facts);
        deadlocks = new DeadlockRules(stores.dependencies, facts);
        requests = new RequestRules(stores.dependencies, dependencies, facts);
        dependencyFlow = new DependencyFlow(stores.dependencies, dependencies, facts);
        stateWaits = new StateWaitRules(
                stores.dependencies,
                stores.predicates,
                dependencies,
                stores.states,
                stores.names,
                facts,
                limits.nameLengthMax());

        // routing
        routings = new RoutingRules(stores.routings, stores.names, facts);

        // context
        contexts = new ContextRules(stores.contexts, stores.names, limits.contexts(), facts);
        attempts = new AttemptRules(
                stores.contexts,
                (coordination, gate) -> gateScore(stores.dependencies.boards(), (int) coordination, gate),
                stores.names,
                facts);
        contextNews = new ContextNews(
                stores.contexts,
                stores.names,
                limits.payloadLengthMax(),
                (coordination, type, subject, recipient, hasFailed, payload) -> signals.raise(
                        coordination,
                        type,
                        0,
                        subject,
                        recipient,
                        hasFailed ? SignalView.FAILED : SignalView.NONE,
                        Double.NaN,
                        payload),
                facts,
                facts.log());

        // sync
        final DeclaredWaits waits = new DependencyWaits(stores.dependencies, dependencies, facts);
        syncs = new SyncRules(
                stores.syncs, waits, stores.names, facts, limits.sync().partiesMax());
        syncFlow = new SyncFlow(
                stores.syncs,
                syncs,
                waits,
                stores.signals,
                (coordination, type, subject, payload) -> signals.raise(
                        coordination, type, 0, subject, 0, SignalView.NONE, Double.NaN, facts.keep(payload)),
                new SyncEvents(stores.names, limits.payloadLengthMax()),
                facts);
        leases = new LeaseRules(stores.leases, waits, stores.names, facts);

        // agent
        agents = new AgentRules(stores.agents, stores.names, facts, limits.nameLengthMax());

        // workflow
        workflows = new WorkflowRules(
                stores.workflows, stores.uploads, stores.coordinations, facts, limits.definitionLengthMax());
        final AgentCrew crew = new AgentCrew(stores.agents);
        flow = new WorkflowFlow(stores.workflows, crew, facts);
        tasks = new TaskRules(stores.workflows, facts, limits.runDepthMax());
        taskFlow = new TaskFlow(stores.workflows, workflows, crew, facts);
    }

    /** The score of a gate in its own scope, else the kernel-wide one. */
    private static double gateScore(final Boards boards, final int scope, final int gate) {
        final Boards.Board own = boards.board(scope);
        final Boards.Board board = own != null && own.gates.indexOf(gate) >= 0 ? own : boards.board(0);
        return board == null || board.gates.indexOf(gate) < 0
                ? GateScores.NEVER
                : Double.longBitsToDouble(board.gates.get(gate, 0));
    }

    private long refusalToRaise(final long coordination, final int signalType, final int sender) {
        return signals.refusal(coordination, signalType, sender);
    }

    /** The time of a barrier, sync point or lease is up. */
    void onSyncTimer(final long id) {
        if ((id & SyncView.LEASE_TAG) != 0) {
            leases.expire((int) id);
        } else {
            syncs.expire((int) id);
        }
    }
}

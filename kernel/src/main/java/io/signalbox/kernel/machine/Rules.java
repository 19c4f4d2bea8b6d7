package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.ApprovalRules;
import io.signalbox.kernel.dependency.CompositeRules;
import io.signalbox.kernel.dependency.DeadlockRules;
import io.signalbox.kernel.dependency.DeclaredWaits;
import io.signalbox.kernel.dependency.DependencyFlow;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.DependencyWaits;
import io.signalbox.kernel.dependency.RequestRules;
import io.signalbox.kernel.dependency.StateWaitRules;
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

    Rules(final Stores stores, final Facts facts, final MachineLimits limits) {
        // machine
        names = stores.names;

        // coordination
        coordinations = new CoordinationRules(stores.coordinations, facts, limits.nameLengthMax());

        // state
        states = new StateRules(stores.states, stores.names, facts, limits.states(), limits.payloadLengthMax());

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
        flow = new WorkflowFlow(stores.workflows, facts);
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

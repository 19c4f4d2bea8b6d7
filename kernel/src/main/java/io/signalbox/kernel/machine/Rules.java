package io.signalbox.kernel.machine;

import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.StateWaitRules;
import io.signalbox.kernel.routing.RoutingRules;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.subscription.SubscriptionRules;
import io.signalbox.kernel.workflow.WorkflowFlow;
import io.signalbox.kernel.workflow.WorkflowRules;

/** The rules of every room. */
final class Rules {
    // coordination
    final CoordinationRules coordinations;

    // state
    final StateRules states;
    final StateWaitRules stateWaits;

    // signal
    final SignalRules signals;
    final SubscriptionRules subscriptions;

    // dependency
    final DependencyRules dependencies;

    // routing
    final RoutingRules routings;

    // workflow
    final WorkflowRules workflows;
    final WorkflowFlow flow;

    Rules(final Stores stores, final Facts facts, final MachineLimits limits) {
        // coordination
        coordinations = new CoordinationRules(stores.coordinations, facts, limits.nameLengthMax());

        // state
        states = new StateRules(stores.states, stores.names, facts, limits.states(), limits.payloadLengthMax());

        // signal
        signals = new SignalRules(stores.names, facts);
        subscriptions = new SubscriptionRules(stores.subscriptions, stores.names, facts);

        // dependency
        dependencies = new DependencyRules(stores.dependencies, stores.signals, stores.names, facts);
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

        // workflow
        workflows = new WorkflowRules(
                stores.workflows, stores.uploads, stores.coordinations, facts, limits.definitionLengthMax());
        flow = new WorkflowFlow(stores.workflows, facts);
    }
}

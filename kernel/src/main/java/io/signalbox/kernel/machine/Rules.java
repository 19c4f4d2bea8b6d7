package io.signalbox.kernel.machine;

import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.DependencyRules;
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

    // signal
    final SignalRules signals;
    final SubscriptionRules subscriptions;

    // dependency
    final DependencyRules dependencies;

    // workflow
    final WorkflowRules workflows;
    final WorkflowFlow flow;

    Rules(final Stores stores, final Facts facts, final MachineLimits limits) {
        // coordination
        coordinations = new CoordinationRules(stores.coordinations, facts, limits.nameLengthMax());

        // state
        states = new StateRules(stores.states, stores.names, facts);

        // signal
        signals = new SignalRules(stores.names, facts);
        subscriptions = new SubscriptionRules(stores.subscriptions, stores.names, facts);

        // dependency
        dependencies = new DependencyRules(stores.dependencies, stores.signals, stores.names, facts);

        // workflow
        workflows = new WorkflowRules(
                stores.workflows, stores.uploads, stores.coordinations, facts, limits.definitionLengthMax());
        flow = new WorkflowFlow(stores.workflows, facts);
    }
}

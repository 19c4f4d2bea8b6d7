package io.signalbox.kernel.machine;

import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.ApprovalRules;
import io.signalbox.kernel.dependency.CompositeRules;
import io.signalbox.kernel.dependency.DeadlockRules;
import io.signalbox.kernel.dependency.DependencyFlow;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.state.StateRules;
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

    // signal
    final SignalRules signals;

    // dependency
    final DependencyRules dependencies;
    final CompositeRules composites;
    final ApprovalRules approvals;
    final DeadlockRules deadlocks;
    final DependencyFlow waits;

    // workflow
    final WorkflowRules workflows;
    final WorkflowFlow flow;

    Rules(final Stores stores, final Facts facts, final MachineLimits limits) {
        // machine
        names = stores.names;

        // coordination
        coordinations = new CoordinationRules(stores.coordinations, facts, limits.nameLengthMax());

        // state
        states = new StateRules(stores.states, stores.names, facts);

        // signal
        signals = new SignalRules(stores.names, facts);

        // dependency
        dependencies = new DependencyRules(stores.dependencies, stores.signals, stores.names, facts);
        composites = new CompositeRules(stores.dependencies, dependencies, facts);
        approvals = new ApprovalRules(stores.dependencies, dependencies, stores.names, facts);
        deadlocks = new DeadlockRules(stores.dependencies, facts);
        waits = new DependencyFlow(stores.dependencies, dependencies, facts);

        // workflow
        workflows = new WorkflowRules(
                stores.workflows, stores.uploads, stores.coordinations, facts, limits.definitionLengthMax());
        flow = new WorkflowFlow(stores.workflows, facts);
    }
}

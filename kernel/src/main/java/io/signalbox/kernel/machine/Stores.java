package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.Agents;
import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.StatePredicates;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.routing.Routings;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.state.States;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.subscription.Subscriptions;
import io.signalbox.kernel.sync.Leases;
import io.signalbox.kernel.sync.Syncs;
import io.signalbox.kernel.workflow.Uploads;
import io.signalbox.kernel.workflow.Workflows;

/** Everything the machine remembers. */
final class Stores {
    // machine
    final NameTable names;
    final DeadlineQueue deadlines = new DeadlineQueue();
    final RepeatWindow repeats;
    final RulesVersion rulesVersion;
    final Backlog backlog;

    // coordination
    final Coordinations coordinations;

    // signal
    final SignalTail tail;
    final Signals signals;
    final Subscriptions subscriptions;

    // state
    final States states;
    final StatePredicates predicates;

    // dependency
    final OutcomeCells cells;
    final Dependencies dependencies;

    // agent
    final Agents agents;

    // context

    // sync
    final Syncs syncs;
    final Leases leases;

    // routing
    final Routings routings;

    // workflow
    final Uploads uploads;
    final Workflows workflows;

    Stores(final MachineLimits limits, final int rulesAtStart) {
        // coordination
        coordinations = new Coordinations(limits.coordinationsMax());
        final int slotsMax = coordinations.slotsMax();

        // machine
        names = new NameTable(limits.namesMax(), limits.nameLengthMax());
        repeats = new RepeatWindow(limits.clientsMax());
        rulesVersion = new RulesVersion(rulesAtStart);
        backlog = new Backlog(slotsMax, limits.deferredMax());

        // signal
        tail = new SignalTail(limits.tailCapacity());
        signals = new Signals(slotsMax, limits.signals(), deadlines, tail);
        subscriptions = new Subscriptions(limits.subscriptions(), deadlines);

        // state
        states = new States(
                slotsMax, limits.states().versionsMax(), limits.states().versionBytesMax());
        predicates = new StatePredicates(limits.dependenciesMax());

        // dependency
        cells = new OutcomeCells(limits.dependenciesMax());
        dependencies = new Dependencies(limits.dependenciesMax(), slotsMax, cells, deadlines);

        // agent
        agents = new Agents(limits.agentsMax(), slotsMax, names, deadlines);

        // context

        // sync
        syncs = new Syncs(limits.sync().objectsMax(), slotsMax, deadlines, names);
        leases = new Leases(limits.sync().leasesMax(), deadlines);

        // routing
        routings = new Routings(slotsMax, limits.decisionsMax(), limits.routedTasksMax());

        // workflow
        uploads = new Uploads(limits.uploadsMax());
        workflows = new Workflows(limits.definitionsMax(), limits.runsMax(), uploads, deadlines);
    }
}

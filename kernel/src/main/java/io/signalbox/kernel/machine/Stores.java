package io.signalbox.kernel.machine;

import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.state.States;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.workflow.Uploads;
import io.signalbox.kernel.workflow.Workflows;

/** Everything the machine remembers. */
final class Stores {
    final NameTable names;
    final Coordinations coordinations;
    final DeadlineQueue deadlines = new DeadlineQueue();
    final OutcomeCells cells;
    final SignalTail tail;
    final States states;
    final Signals signals;
    final Dependencies dependencies;
    final Uploads uploads;
    final Workflows workflows;
    final RepeatWindow repeats;
    final RulesVersion rulesVersion;
    final Backlog backlog;

    Stores(final MachineLimits limits, final int rulesAtStart) {
        rulesVersion = new RulesVersion(rulesAtStart);
        names = new NameTable(limits.namesMax(), limits.nameLengthMax());
        coordinations = new Coordinations(limits.coordinationsMax());
        final int slotsMax = coordinations.slotsMax();
        cells = new OutcomeCells(limits.dependenciesMax());
        tail = new SignalTail(limits.tailCapacity());
        states = new States(slotsMax);
        signals = new Signals(slotsMax, limits.signals(), deadlines, tail);
        dependencies = new Dependencies(limits.dependenciesMax(), slotsMax, cells, deadlines);
        uploads = new Uploads(limits.uploadsMax());
        workflows = new Workflows(limits.definitionsMax(), limits.runsMax(), uploads, deadlines);
        repeats = new RepeatWindow(limits.clientsMax());
        backlog = new Backlog(slotsMax, limits.deferredMax());
    }
}

package io.signalbox.journal.chronicle;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;
import java.nio.file.Path;

/** The facts of a journal, over all lives of its kernel, one after the other; its marks are met while it is read. */
final class FactReading implements JournalVisitor {
    /** Looks at one fact right behind the turn that recorded it. */
    @FunctionalInterface
    interface Look {
        void at(CoordinationMachine machine, FactLog facts, Fact fact);
    }

    private final CoordinationMachine machine;
    private final ReplayDriver driver;
    private final Look look;
    private final Fact fact = new Fact();

    private FactReading(final String journalName, final MachineLimits limits, final Look look) {
        machine = new CoordinationMachine(limits);
        driver = new ReplayDriver(machine, journalName);
        this.look = look;
    }

    static void read(final Path folder, final MachineLimits limits, final Look look) {
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            journal.replay(new FactReading(journal.name(), limits, look));
        }
    }

    @Override
    public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
        driver.onCommand(position, bytes, offset, length);
        final FactLog facts = machine.facts();
        for (int i = 0; i < facts.count(); i++) {
            look.at(machine, facts, fact.wrap(facts, i));
        }
    }

    @Override
    public void onMark(final long position, final long[] digests, final int count) {
        driver.onMark(position, digests, count);
    }
}

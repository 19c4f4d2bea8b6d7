package io.signalbox.journal.chronicle;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How often each signal was raised in a journal, over all lives of its kernel, by type, who it is about and payload. */
final class SignalsTold implements JournalVisitor {
    private final CoordinationMachine machine = new CoordinationMachine(MachineLimits.small());
    private final ReplayDriver driver;
    private final Fact fact = new Fact();
    private final Map<String, Integer> times = new TreeMap<>();

    private SignalsTold(final String journalName) {
        driver = new ReplayDriver(machine, journalName);
    }

    static Map<String, Integer> of(final Path folder) {
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            final SignalsTold told = new SignalsTold(journal.name());
            journal.replay(told);
            return told.times;
        }
    }

    @Override
    public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
        driver.onCommand(position, bytes, offset, length);
        final FactLog facts = machine.facts();
        for (int i = 0; i < facts.count(); i++) {
            fact.wrap(facts, i);
            if (fact.type() == FactType.SIGNAL_RAISED) {
                final String type = machine.names().text(fact.signalType());
                final String payload = new String(facts.copyOf(fact.payload()), StandardCharsets.UTF_8);
                times.merge(type + " " + machine.names().text(fact.subject()) + " " + payload, 1, Integer::sum);
            }
        }
    }

    @Override
    public void onMark(final long position, final long[] digests, final int count) {
        driver.onMark(position, digests, count);
    }
}

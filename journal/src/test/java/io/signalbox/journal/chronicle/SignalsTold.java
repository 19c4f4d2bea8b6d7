package io.signalbox.journal.chronicle;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.machine.MachineLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How often each signal was raised in a journal, over all lives of its kernel, by type, who it is about and payload. */
final class SignalsTold {
    private SignalsTold() {}

    static Map<String, Integer> of(final Path folder) {
        final Map<String, Integer> times = new TreeMap<>();
        FactReading.read(folder, MachineLimits.small(), (machine, facts, fact) -> {
            if (fact.type() == FactType.SIGNAL_RAISED) {
                final String type = machine.names().text(fact.signalType());
                final String payload = new String(facts.copyOf(fact.payload()), StandardCharsets.UTF_8);
                times.merge(type + " " + machine.names().text(fact.subject()) + " " + payload, 1, Integer::sum);
            }
        });
        return times;
    }
}

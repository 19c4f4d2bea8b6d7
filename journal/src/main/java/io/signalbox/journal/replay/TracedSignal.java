package io.signalbox.journal.replay;

import io.signalbox.kernel.SignalExplanation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A signal that is asked about, and what the agent's declared subscriptions did with it. */
final class TracedSignal {
    private static final List<Verdict> BEST_FIRST =
            List.of(Verdict.DELIVERED, Verdict.NOT_READ_YET, Verdict.MISSED, Verdict.FILTERED);

    final RaisedSignal signal;
    private final String agent;
    private final Map<Long, DeclaredReading> readings = new LinkedHashMap<>();

    TracedSignal(final RaisedSignal signal, final String agent) {
        this.signal = signal;
        this.agent = agent;
    }

    boolean isAddressed() {
        return signal.recipients().isEmpty() || signal.recipients().contains(agent);
    }

    void add(final long subscription, final DeclaredReading reading) {
        readings.put(subscription, reading);
    }

    /** What this subscription did with it, or null when it was not there. */
    DeclaredReading reading(final long subscription) {
        return readings.get(subscription);
    }

    SignalAccount account() {
        if (!isAddressed()) {
            return account(
                    Verdict.NOT_ADDRESSED,
                    -1,
                    List.of("it is addressed to " + String.join(", ", signal.recipients()) + ", not to " + agent));
        }
        if (readings.isEmpty()) {
            return account(
                    Verdict.NO_READER,
                    -1,
                    List.of(
                            "it is addressed to " + (signal.recipients().isEmpty() ? "everybody" : agent) + ", but "
                                    + agent + " had no declared subscription open then",
                            "what a reader gets without a declared subscription is not journaled"));
        }
        final List<String> reasons = new ArrayList<>();
        readings.values().forEach(reading -> reasons.addAll(reading.reasons()));
        final long deliveredNs = readings.values().stream()
                .mapToLong(DeclaredReading::deliveredNs)
                .filter(timeNs -> timeNs >= 0)
                .min()
                .orElse(-1);
        return account(verdict(), deliveredNs, reasons);
    }

    private Verdict verdict() {
        return BEST_FIRST.stream()
                .filter(verdict -> readings.values().stream().anyMatch(reading -> reading.verdict() == verdict))
                .findFirst()
                .orElse(Verdict.NO_READER);
    }

    private SignalAccount account(final Verdict verdict, final long deliveredNs, final List<String> reasons) {
        return new SignalAccount(
                signal.factId() >>> 16,
                (int) (signal.factId() & 0xFFFF),
                signal.type(),
                signal.sender(),
                signal.recipients(),
                signal.coordination(),
                signal.timestampNs(),
                verdict,
                deliveredNs,
                reasons);
    }
}

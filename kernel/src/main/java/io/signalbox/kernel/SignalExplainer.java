package io.signalbox.kernel;

import io.signalbox.kernel.SignalExplanation.Verdict;
import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.signal.StoredSignal;
import io.signalbox.kernel.subscription.GivenSignal;
import java.util.List;

/** Finds out what has become of a signal for an agent. */
final class SignalExplainer {
    private static final int SCOPES_AT_ONCE = 1024;

    private record Found(long coordination, StoredSignal signal) {}

    private final Kernel kernel;
    private final List<SignalReader> readers;

    SignalExplainer(final Kernel kernel, final List<SignalReader> readers) {
        this.kernel = kernel;
        this.readers = readers;
    }

    SignalExplanation explain(final long position, final String agent) {
        final Found found = find(position);
        if (found == null) {
            return not(
                    Verdict.UNKNOWN,
                    "no signal of position " + position + " is remembered: none was raised there, its coordination is "
                            + "closed, or the history has let go of it");
        }
        final PastSignal signal = PastSignal.of(kernel, found.signal);
        if (!signal.recipients().isEmpty() && !signal.recipients().contains(agent)) {
            return not(Verdict.NOT_ADDRESSED, "it is addressed to " + signal.recipients() + ", not to " + agent);
        }
        SignalExplanation last = not(Verdict.NO_READER, "it is addressed to " + agent + ", which has no reader");
        for (final SignalReader reader : readers) {
            if (reader.agent().equals(agent)) {
                last = reader.reading(found.coordination, signal);
                if (last.verdict() == Verdict.DELIVERED) {
                    return last;
                }
            }
        }
        return durable(agent, signal, last);
    }

    /** A declared subscription may have it outstanding; what is acknowledged there nobody remembers. */
    private SignalExplanation durable(final String agent, final PastSignal signal, final SignalExplanation otherwise) {
        final int id = kernel.knownNameId(agent);
        final GivenSignal given = id == 0
                ? null
                : kernel.query(() -> kernel.machine().subscriptions().outstandingFor(id, signal.factId()));
        if (given == null) {
            return otherwise;
        }
        return given.attempt() == 0
                ? not(Verdict.NOT_READ_YET, "it is outstanding for " + agent + ", which has not taken it yet")
                : new SignalExplanation(
                        Verdict.DELIVERED,
                        -1,
                        "it was given to " + agent + ", attempt " + given.attempt() + ", and is not acknowledged");
    }

    private static SignalExplanation not(final Verdict verdict, final String text) {
        return new SignalExplanation(verdict, -1, text);
    }

    /** Some scopes at a time, each time between two turns. */
    private Found find(final long position) {
        final int slotsMax = kernel.query(() -> kernel.machine().coordinations().slotsMax());
        for (int from = 0; from < slotsMax; from += SCOPES_AT_ONCE) {
            final int first = from;
            final int end = Math.min(slotsMax, from + SCOPES_AT_ONCE);
            final Found found = kernel.query(() -> find(position, first, end));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Found find(final long position, final int first, final int end) {
        final Coordinations coordinations = kernel.machine().coordinations();
        for (int slot = first; slot < end; slot++) {
            final StoredSignal signal = kernel.machine().signals().history().at(slot, position);
            if (signal != null) {
                final String name = coordinations.name(slot);
                return new Found(slot == 0 ? 0 : coordinations.find(name), signal);
            }
        }
        return null;
    }
}

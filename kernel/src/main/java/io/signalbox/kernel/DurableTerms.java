package io.signalbox.kernel;

import java.time.Duration;
import java.util.List;

/**
 * What a durable subscription is declared with. Immutable; start from {@link #standard} and change what differs.
 *
 * @param types of signals wanted, at most 64; none: all.
 * @param senders wanted, at most 64; none: all.
 * @param recipient only what is addressed to this agent or to nobody; empty: everything.
 * @param redelivery after it, what was given and not acknowledged is given again; more than zero.
 * @param deliveriesMax how often a signal is given at most, 1 or more; then it is abandoned, and counted.
 * @param outstandingMax signals that are not acknowledged, 1 or more.
 * @param refusesWhenFull whether a signal that finds the subscription full is refused to its sender
 *     ({@link io.signalbox.kernel.event.Rejection#OUTSTANDING_FULL}); else the subscription misses it, and counts it.
 */
public record DurableTerms(
        List<String> types,
        List<String> senders,
        String recipient,
        Duration redelivery,
        int deliveriesMax,
        int outstandingMax,
        boolean refusesWhenFull) {
    public DurableTerms {
        types = List.copyOf(types);
        senders = List.copyOf(senders);
    }

    /** Everything; again after 30 seconds, five times; at most 1,024 outstanding, and no sender is held up. */
    public static DurableTerms standard() {
        return new DurableTerms(List.of(), List.of(), "", Duration.ofSeconds(30), 5, 1024, false);
    }

    public DurableTerms withTypes(final String... types) {
        return new DurableTerms(
                List.of(types), senders, recipient, redelivery, deliveriesMax, outstandingMax, refusesWhenFull);
    }

    public DurableTerms withSenders(final String... senders) {
        return new DurableTerms(
                types, List.of(senders), recipient, redelivery, deliveriesMax, outstandingMax, refusesWhenFull);
    }

    public DurableTerms withRecipient(final String recipient) {
        return new DurableTerms(types, senders, recipient, redelivery, deliveriesMax, outstandingMax, refusesWhenFull);
    }

    public DurableTerms withRedelivery(final Duration redelivery, final int deliveriesMax) {
        return new DurableTerms(types, senders, recipient, redelivery, deliveriesMax, outstandingMax, refusesWhenFull);
    }

    public DurableTerms withOutstandingMax(final int outstandingMax, final boolean refusesWhenFull) {
        return new DurableTerms(types, senders, recipient, redelivery, deliveriesMax, outstandingMax, refusesWhenFull);
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.subscription.GivenSignal;
import io.signalbox.kernel.subscription.OutstandingSignal;
import java.nio.charset.StandardCharsets;

/**
 * A signal given to a durable subscription, to be acknowledged.
 *
 * @param factId of the signal, by which it is acknowledged.
 * @param timestampNs kernel time at which it was raised.
 * @param type of the signal.
 * @param sender name of the sender, empty for none.
 * @param subject name of the agent it is about.
 * @param recipient name of the recipient, empty for everybody.
 * @param payload as text.
 * @param attempt how often it has been given, from 1.
 * @param deadlineNs kernel time at which it is given again unless it is acknowledged before.
 */
public record Delivery(
        long factId,
        long timestampNs,
        String type,
        String sender,
        String subject,
        String recipient,
        String payload,
        int attempt,
        long deadlineNs) {
    static Delivery of(final Kernel kernel, final GivenSignal given) {
        final OutstandingSignal signal = given.signal();
        return new Delivery(
                signal.factId(),
                signal.timestampNs(),
                kernel.name(signal.type()),
                kernel.name(signal.sender()),
                kernel.name(signal.subject()),
                kernel.name(signal.recipient()),
                new String(signal.payload(), StandardCharsets.UTF_8),
                given.attempt(),
                given.deadlineNs());
    }
}

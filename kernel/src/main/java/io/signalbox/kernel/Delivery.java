package io.signalbox.kernel;

import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.subscription.GivenSignal;
import io.signalbox.kernel.subscription.OutstandingSignal;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A signal given to a durable subscription, to be acknowledged.
 *
 * @param factId of the signal, by which it is acknowledged.
 * @param timestampNs kernel time at which it was raised.
 * @param coordination handle of its coordination, 0 for the kernel-wide scope.
 * @param type of the signal.
 * @param sender name of the sender, empty for none.
 * @param subject name of the agent it is about.
 * @param recipient name of the recipient, empty for everybody; several with commas between.
 * @param priority 0 to 9, the higher the more urgent.
 * @param payload as text; its fields as JSON when it carries fields.
 * @param fields what it carries; empty when it carries plain text.
 * @param metadata what travelled beside the fields.
 * @param attempt how often it has been given, from 1.
 * @param deadlineNs kernel time at which it is given again unless it is acknowledged before.
 */
public record Delivery(
        long factId,
        long timestampNs,
        long coordination,
        String type,
        String sender,
        String subject,
        String recipient,
        int priority,
        String payload,
        Payload fields,
        Payload metadata,
        int attempt,
        long deadlineNs) {
    static Delivery of(final Kernel kernel, final GivenSignal given) {
        final OutstandingSignal signal = given.signal();
        final Carried carried = Carried.of(signal.payload());
        return new Delivery(
                signal.factId(),
                signal.timestampNs(),
                signal.coordination(),
                kernel.name(signal.type()),
                kernel.name(signal.sender()),
                kernel.name(signal.subject()),
                Arrays.stream(signal.recipients()).mapToObj(kernel::name).collect(Collectors.joining(",")),
                signal.priority(),
                carried.shown(),
                carried.fields(),
                carried.metadata(),
                given.attempt(),
                given.deadlineNs());
    }
}

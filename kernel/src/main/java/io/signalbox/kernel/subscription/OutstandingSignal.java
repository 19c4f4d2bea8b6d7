package io.signalbox.kernel.subscription;

import io.signalbox.kernel.store.DigestSink;

/**
 * A signal as its subscribers will be given it; kept by the machine, shared by the subscriptions that have it outstanding.
 *
 * @param factId of the signal.
 * @param timestampNs kernel time at which it was raised.
 * @param coordination handle of the coordination it was raised in.
 * @param type name id.
 * @param sender name id, 0 for none.
 * @param subject name id, 0 for none.
 * @param recipients name ids; none for everybody; nobody changes it.
 * @param priority 0 to 9, the higher the more urgent.
 * @param payload nobody changes it.
 */
public record OutstandingSignal(
        long factId,
        long timestampNs,
        long coordination,
        int type,
        int sender,
        int subject,
        int[] recipients,
        int priority,
        byte[] payload) {
    void digestInto(final DigestSink sink) {
        sink.add(factId);
        sink.add(timestampNs);
        sink.add(coordination);
        sink.add(type);
        sink.add(sender);
        sink.add(subject);
        sink.add(recipients.length);
        for (final int recipient : recipients) {
            sink.add(recipient);
        }
        sink.add(priority);
        sink.add(payload);
    }
}

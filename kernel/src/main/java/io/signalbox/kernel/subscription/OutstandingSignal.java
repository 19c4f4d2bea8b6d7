package io.signalbox.kernel.subscription;

/**
 * A signal as its subscribers will be given it; kept by the machine, shared by the subscriptions that have it outstanding.
 *
 * @param factId of the signal.
 * @param timestampNs kernel time at which it was raised.
 * @param coordination handle of the coordination it was raised in.
 * @param type name id.
 * @param sender name id, 0 for none.
 * @param subject name id, 0 for none.
 * @param recipient name id, 0 for everybody.
 * @param payload nobody changes it.
 */
public record OutstandingSignal(
        long factId,
        long timestampNs,
        long coordination,
        int type,
        int sender,
        int subject,
        int recipient,
        byte[] payload) {}

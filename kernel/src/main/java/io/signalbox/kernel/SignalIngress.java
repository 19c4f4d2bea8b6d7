package io.signalbox.kernel;

import io.signalbox.kernel.command.SignalCommands.Raise;

/** The fast path of the signal room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class SignalIngress {
    private final Submitter submitter;
    private final Raise raise = new Raise();

    SignalIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Raise a signal and wait for the answer, 0. */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final byte[] payload) {
        return raise(coordination, signalType, sender, subject, recipient, completion, quality, 0, 0, payload);
    }

    /**
     * Raise a signal and, when {@code awaits} is not 0, declare in the same command the wait for the next completion of that agent;
     * a failed completion fails the wait.
     *
     * @param timeoutNs of the wait, 0 for none.
     * @return the handle of the wait, or 0.
     */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final int awaits,
            final long timeoutNs,
            final byte[] payload) {
        return submitter.submit(raise.with(coordination, signalType)
                .sender(sender)
                .subject(subject)
                .recipient(recipient)
                .completion(completion)
                .quality(quality)
                .awaits(awaits)
                .timeoutNs(timeoutNs)
                .payload(payload, 0, payload.length));
    }

    /**
     * Raise a signal and do not wait: its position, or why there is none. A refusal of the machine shows only in the facts.
     */
    public long offer(
            final long coordination,
            final int signalType,
            final int sender,
            final int completion,
            final byte[] payload,
            final int offset,
            final int length) {
        return submitter.offer(raise.with(coordination, signalType)
                .sender(sender)
                .completion(completion)
                .payload(payload, offset, length));
    }
}

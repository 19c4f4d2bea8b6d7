package io.signalbox.kernel;

import io.signalbox.kernel.command.SignalCommands.Configure;
import io.signalbox.kernel.command.SignalCommands.DeclareKind;
import io.signalbox.kernel.command.SignalCommands.ExpectProgress;
import io.signalbox.kernel.command.SignalCommands.Raise;
import io.signalbox.kernel.command.SignalCommands.Send;

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

    /** Send a signal of a kind and wait for the answer: the handle of the wait for its response when it asks for one, else 0. */
    public long send(final Send send) {
        return submitter.submit(send);
    }

    /** Say what a coordination does with signals of unknown senders: 0 nothing, 1 warn, 2 refuse; answers 0. */
    public long validateSenders(final long coordination, final int senderValidation) {
        return submitter.submit(new Configure().with(coordination, senderValidation));
    }

    /** Declare a kind of the user's, kernel-wide; answers 0. */
    public long declareKind(final int signalType, final byte[] schema) {
        return submitter.submit(new DeclareKind().with(signalType, schema));
    }

    /** Expect to hear of an agent in each interval, 0 for no longer; answers 0. */
    public long expectProgress(final long coordination, final int agent, final int stalledType, final long intervalNs) {
        return submitter.submit(new ExpectProgress().with(coordination, agent, stalledType, intervalNs));
    }
}

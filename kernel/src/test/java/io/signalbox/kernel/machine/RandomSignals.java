package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.SignalCommands;

final class RandomSignals implements RandomRoom {
    private final RandomTrial trial;

    RandomSignals(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public void step(final String what) {
        final long scope = trial.scope();
        final int type = trial.name();
        final int sender = trial.nameOrNone();
        final int subject = trial.nameOrNone();
        final int recipient = trial.nameOrNone();
        final int completion = trial.random.nextInt(8) == 0 ? 3 : trial.random.nextInt(3);
        final double quality = trial.random.nextBoolean() ? Double.NaN : trial.score();
        final int awaits = trial.random.nextInt(3) == 0 ? trial.name() : 0;
        final long timeoutNs = trial.timeoutNs();
        final byte[] payload = new byte[trial.random.nextInt(NaiveKernel.PAYLOAD_MAX + 2)];
        final long position = trial.nextPosition();
        final long answer = trial.apply(new SignalCommands.Raise()
                .with(scope, type)
                .sender(sender)
                .subject(subject)
                .recipient(recipient)
                .completion(completion)
                .quality(quality)
                .awaits(awaits)
                .timeoutNs(timeoutNs)
                .payload(payload, 0, payload.length));
        trial.expect(
                what,
                trial.naive.signals.raise(
                        position,
                        trial.nowNs(),
                        scope,
                        type,
                        sender,
                        subject,
                        recipient,
                        completion,
                        quality,
                        awaits,
                        timeoutNs,
                        payload.length),
                answer);
        trial.noteWait(answer);
    }

    @Override
    public void compare(final String what) {
        for (final long handle : trial.naive.scopes) {
            assertThat(trial.machine.signals().raised((int) handle))
                    .as(what)
                    .isEqualTo(trial.naive.signals.raised(handle));
        }
    }
}

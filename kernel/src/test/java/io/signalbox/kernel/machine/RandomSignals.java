package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.SignalCommands;
import io.signalbox.kernel.signal.HistoryQuery;
import io.signalbox.kernel.signal.Progress;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.signal.StoredSignal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class RandomSignals implements RandomRoom {
    private static final HistoryQuery ALL = new HistoryQuery(0, 0, 0, 0);
    private static final int STALLED_TYPE = 5;
    private static final int[] KINDS = {
        0,
        NaiveSignals.INITIALIZED,
        NaiveSignals.COMPLETED,
        NaiveSignals.MESSAGE,
        NaiveSignals.PROGRESS,
        NaiveSignals.PROGRESS,
        NaiveSignals.STALLED,
        NaiveSignals.DECLARED,
        50
    };
    private static final Map<Integer, Integer> TYPES_OF_KINDS = Map.of(
            NaiveSignals.INITIALIZED, 1,
            NaiveSignals.COMPLETED, 2,
            NaiveSignals.MESSAGE, 3,
            NaiveSignals.PROGRESS, 4,
            NaiveSignals.STALLED, STALLED_TYPE);

    private final RandomTrial trial;
    private final List<Long> asked = new ArrayList<>(List.of(3L));

    RandomSignals(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 5;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(10)) {
            case 0 -> configure(what);
            case 1 -> declareKind(what);
            case 2, 3 -> expect(what);
            case 4, 5, 6 -> send(what);
            default -> raise(what);
        }
    }

    private void configure(final String what) {
        final long scope = trial.scope();
        final int validation = trial.random.nextInt(3) == 0 ? trial.random.nextInt(4) : 0;
        trial.expect(
                what,
                trial.naive.signals.configure(scope, validation),
                trial.apply(new SignalCommands.Configure().with(scope, validation)));
    }

    private void declareKind(final String what) {
        final int type = trial.random.nextInt(3) == 0 ? trial.name() : NaiveSignals.OWN_TYPE;
        final String schema = List.of("", "a", "b").get(trial.random.nextInt(3));
        trial.expect(
                what,
                trial.naive.signals.declareKind(type, schema),
                trial.apply(new SignalCommands.DeclareKind().with(type, schema.getBytes(StandardCharsets.UTF_8))));
    }

    private void expect(final String what) {
        final long scope = trial.scope();
        final int agent = trial.name();
        final int stalledType = trial.random.nextInt(8) == 0 ? trial.name() : STALLED_TYPE;
        final long intervalNs = trial.timeoutNs();
        trial.expect(
                what,
                trial.naive.signals.expect(trial.nowNs(), scope, agent, stalledType, intervalNs),
                trial.apply(new SignalCommands.ExpectProgress().with(scope, agent, stalledType, intervalNs)));
    }

    private void send(final String what) {
        final long scope = trial.scope();
        final long position = trial.nextPosition();
        final NaiveSignals.Wanted wanted = wanted(position);
        final SignalCommands.Send send = new SignalCommands.Send()
                .with(scope, wanted.kind(), wanted.type())
                .sender(wanted.sender())
                .subject(wanted.subject())
                .recipients(wanted.recipients().stream().mapToInt(to -> to).toArray())
                .completion(wanted.completion())
                .priority(wanted.priority())
                .quality(wanted.quality())
                .respondsTo(wanted.respondsTo())
                .payload(new byte[wanted.length()], 0, wanted.length());
        if (wanted.asks()) {
            send.asks(wanted.timeoutNs());
        }
        final long answer = trial.apply(send);
        trial.expect(what, trial.naive.signals.send(position, trial.nowNs(), scope, wanted), answer);
        trial.noteWait(answer);
        if (answer > 0) {
            asked.add(position);
        }
    }

    private NaiveSignals.Wanted wanted(final long position) {
        final Random random = trial.random;
        final int kind = KINDS[random.nextInt(KINDS.length)];
        final int ownType = TYPES_OF_KINDS.getOrDefault(kind, NaiveSignals.OWN_TYPE);
        final boolean completes = kind == NaiveSignals.COMPLETED || random.nextInt(8) == 0;
        final boolean answers = random.nextInt(3) == 0;
        return new NaiveSignals.Wanted(
                kind,
                random.nextInt(8) == 0 ? trial.name() : ownType,
                trial.nameOrNone(),
                trial.nameOrNone(),
                random.ints(random.nextInt(5), 0, 1)
                        .mapToObj(none -> trial.name())
                        .toList(),
                completes ? random.nextInt(4) : 0,
                random.nextInt(12) == 0 ? 10 : random.nextInt(10),
                random.nextInt(3) == 0 ? Double.NaN : trial.score(),
                answers ? asked.get(random.nextInt(asked.size())) : random.nextInt(20) == 0 ? position : -1,
                random.nextInt(3) == 0,
                trial.timeoutNs(),
                random.nextInt(NaiveKernel.PAYLOAD_MAX + 2));
    }

    private void raise(final String what) {
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
            final int slot = (int) handle;
            final Signals machine = trial.machine.signals();
            final NaiveSignals naive = trial.naive.signals;
            assertThat(machine.raised(slot)).as(what).isEqualTo(naive.raised(handle));
            assertThat(machine.doubted(slot)).as(what).isEqualTo(naive.doubted(handle));
            naive.sent(handle)
                    .forEach(
                            (type, count) -> assertThat(machine.sentByType(slot).get(type, 0))
                                    .as(what)
                                    .isEqualTo(count));
            final List<StoredSignal> found = new ArrayList<>();
            machine.history().walkBack(slot, ALL, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, found);
            assertThat(found.stream().map(RandomSignals::past).toList())
                    .as(what)
                    .isEqualTo(naive.history(handle));
            for (int agent = 1; agent <= NaiveKernel.NAMES.size(); agent++) {
                compare(what, naive.updates(handle, agent), machine.progress().standing(slot, agent));
            }
        }
    }

    private static NaiveSignals.Past past(final StoredSignal signal) {
        return new NaiveSignals.Past(
                signal.signalType(),
                signal.sender(),
                signal.subject(),
                Arrays.stream(signal.recipients()).boxed().toList(),
                signal.priority(),
                signal.payload().length);
    }

    private static void compare(final String what, final NaiveSignals.Updates naive, final Progress.Standing machine) {
        if (naive == null) {
            assertThat(machine).as(what).isNull();
            return;
        }
        assertThat(machine)
                .as(what)
                .isEqualTo(new Progress.Standing(naive.value, naive.heardNs, naive.intervalNs, naive.isStalled));
    }
}

package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.RoutingCommands;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.NaiveRoutings.Said;
import io.signalbox.kernel.routing.RoutedDecision;
import io.signalbox.kernel.routing.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

final class RandomRoutings implements RandomRoom {
    private static final String[] DECISIONS = {
        "ERROR", "END", "RETRY", "PARALLEL", "CONDITIONAL", "BRANCH", "SKIP", "CONTINUE"
    };
    private static final int FAILED = 13;
    private static final int SAID = 12;
    private static final int HEADER = 24;

    private final RandomTrial trial;

    RandomRoutings(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(8)) {
            case 0 -> {
                final long scope = trial.scope();
                final int task = trial.name();
                final long answer = trial.apply(new RoutingCommands.ResetRetries().with(scope, task));
                trial.expect(what, trial.naive.routings.reset(scope, task), answer);
            }
            case 1 -> {
                final long scope = trial.scope();
                final long answer = trial.apply(new RoutingCommands.Clear().with(scope));
                trial.expect(what, trial.naive.routings.clear(scope), answer);
            }
            case 2, 3 -> give(what);
            default -> decide(what);
        }
    }

    private void give(final String what) {
        final long scope = trial.scope();
        final int task = trial.name();
        final List<Said> opinions = opinions(trial.random.nextInt(8) == 0 ? trial.random.nextInt(3) : 1);
        final byte[] bytes = bytes(opinions);
        final long answer = trial.apply(new RoutingCommands.GiveOpinion().with(scope, task, bytes, bytes.length));
        trial.expect(what, trial.naive.routings.give(scope, task, opinions), answer);
    }

    private void decide(final String what) {
        final long scope = trial.scope();
        final int task = trial.name();
        final boolean weighted = trial.random.nextBoolean();
        final boolean abstain = trial.random.nextBoolean();
        final int whenExhausted = trial.random.nextInt(12) == 0 ? 2 : trial.random.nextInt(2);
        final int retriesMax = trial.random.nextInt(20) == 0 ? 256 : trial.random.nextInt(4);
        final int known = trial.random.nextInt(6) == 0 ? trial.random.nextInt(4) - 1 : 0;
        final List<Said> opinions = opinions(trial.random.nextInt(40) == 0 ? 17 : trial.random.nextInt(4));
        final byte[] bytes = bytes(opinions);
        final long answer = trial.apply(new RoutingCommands.RecordDecision()
                .with(scope, task, bytes, bytes.length)
                .policy(weighted ? 1 : 0, abstain ? 1 : 0)
                .retries(retriesMax, whenExhausted)
                .retryCount(known));
        final Object expected =
                trial.naive.routings.decide(scope, task, weighted, abstain, whenExhausted, retriesMax, known, opinions);
        assertThat(answer < 0 ? Rejection.ofAnswer(answer) : Verdict.decision(answer) + "#" + Verdict.number(answer))
                .as(what)
                .isEqualTo(expected);
    }

    private List<Said> opinions(final int count) {
        final List<Said> opinions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final boolean failed = trial.random.nextInt(6) == 0;
            opinions.add(new Said(
                    trial.name(),
                    trial.nameOrNone(),
                    failed ? "ERROR" : DECISIONS[trial.random.nextInt(DECISIONS.length)],
                    trial.random.nextInt(4) == 0 ? trial.score() : trial.random.nextInt(5) / 4.0,
                    trial.random.nextInt(30) == 0 ? 101 : trial.random.nextInt(4) * 25,
                    failed));
        }
        return opinions;
    }

    /** The layout of opinions, written a second time. */
    private static byte[] bytes(final List<Said> opinions) {
        final ByteBuffer bytes = ByteBuffer.allocate(opinions.size() * HEADER).order(ByteOrder.LITTLE_ENDIAN);
        for (final Said said : opinions) {
            bytes.putInt(said.router()).putInt(said.nextTask()).putDouble(said.confidence());
            bytes.put((byte) 4).put((byte) List.of(DECISIONS).indexOf(said.decision()));
            bytes.put((byte) (said.failed() ? FAILED : SAID)).put((byte) said.weight());
            bytes.putShort((short) 0).put((byte) 0).put((byte) 0);
        }
        return bytes.array();
    }

    @Override
    public void compare(final String what) {
        for (final long handle : trial.naive.scopes) {
            final List<RoutedDecision> history = trial.machine.routings().history(handle, 0, Integer.MAX_VALUE);
            final List<NaiveRoutings.Decided> expected = trial.naive.routings.history.stream()
                    .filter(each -> each.coordination() == handle)
                    .toList();
            assertThat(history).as(what).hasSameSizeAs(expected);
            for (int i = 0; i < history.size(); i++) {
                final RoutedDecision decision = history.get(i);
                final NaiveRoutings.Decided decided = expected.get(i);
                assertThat(decision.task()).as(what).isEqualTo(decided.task());
                assertThat(Verdict.number(decision.verdict())).as(what).isEqualTo(decided.number());
                assertThat(Verdict.decision(decision.verdict()).name()).as(what).isEqualTo(decided.decision());
                assertThat(Verdict.retries(decision.verdict())).as(what).isEqualTo(decided.retries());
                assertThat(decision.opinions(Integer::toString)).as(what).hasSameSizeAs(decided.opinions());
            }
            for (int task = 1; task <= NaiveKernel.NAMES.size(); task++) {
                assertThat(trial.machine.routings().retries(handle, task))
                        .as(what)
                        .isEqualTo(trial.naive.routings.retries.getOrDefault(new NaiveRoutings.Task(handle, task), 0));
            }
            assertThat(trial.machine.routings().stats(handle).totalRoutings())
                    .as(what)
                    .isEqualTo(trial.naive.routings.numbers.getOrDefault(handle, 0L));
        }
    }
}

package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.SubscriptionCommands;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.subscription.SubscriptionStatus;
import java.util.ArrayList;
import java.util.List;

final class RandomSubscriptions implements RandomRoom {
    private static final long[] REDELIVERIES_NS = {1, 3, 7, 40, 40, Long.MAX_VALUE, 0};

    private final RandomTrial trial;
    private final SignalTail.Cursor signals;
    private final List<Long> seen = new ArrayList<>(List.of(-1L, 5L << 32 | 1, 1L << 32 | 99));

    RandomSubscriptions(final RandomTrial trial) {
        this.trial = trial;
        signals = trial.machine.tail().newCursor(0);
    }

    @Override
    public int weight() {
        return 4;
    }

    @Override
    public void step(final String what) {
        nameRaised(what);
        switch (trial.random.nextInt(12)) {
            case 0, 1 -> declare(what);
            case 2 -> close(what);
            case 3, 4, 5, 6 -> take(what);
            default -> acknowledge(what);
        }
    }

    /** Tells the naive kernel the fact ids of what was raised, and sees that it was raised in the same order. */
    private void nameRaised(final String what) {
        while (signals.poll() == SignalTail.Cursor.READ) {
            final NaiveSubscriptions.Raised raised = trial.naive.subscriptions.named(signals.factId());
            assertThat(signals.coordination()).as(what).isEqualTo(raised.coordination());
            assertThat(signals.signalType()).as(what).isEqualTo(raised.type());
        }
        assertThat(signals.nextSequence())
                .as(what)
                .isEqualTo(trial.machine.tail().endSequence());
        assertThat(trial.naive.subscriptions.areAllNamed()).as(what).isTrue();
    }

    private void declare(final String what) {
        final NaiveSubscriptions.Terms terms = new NaiveSubscriptions.Terms(
                trial.scope(),
                trial.random.nextInt(3) == 0 ? trial.name() : 1,
                trial.nameOrNone(),
                trial.random.nextInt(2),
                REDELIVERIES_NS[trial.random.nextInt(REDELIVERIES_NS.length)],
                trial.random.nextInt(4),
                trial.random.nextInt(6),
                names(),
                names());
        final long answer = trial.apply(new SubscriptionCommands.Declare()
                .with(
                        terms.coordination(),
                        terms.name(),
                        terms.redeliveryNs(),
                        terms.deliveriesMax(),
                        terms.outstandingMax())
                .recipient(terms.recipient())
                .refuses(terms.flags() == 1)
                .types(terms.types().stream().mapToInt(Integer::intValue).toArray())
                .senders(terms.senders().stream().mapToInt(Integer::intValue).toArray()));
        trial.expect(what, trial.naive.subscriptions.declare(terms), answer);
        if (answer > 0) {
            seen.add(answer);
        }
    }

    private List<Integer> names() {
        final List<Integer> names = new ArrayList<>();
        for (int i = trial.random.nextInt(3); i > 0; i--) {
            names.add(trial.name());
        }
        return names;
    }

    private long subscription() {
        final List<Long> open = List.copyOf(trial.naive.subscriptions.open.keySet());
        return open.isEmpty() || trial.random.nextInt(6) == 0
                ? seen.get(trial.random.nextInt(seen.size()))
                : open.get(trial.random.nextInt(open.size()));
    }

    private void take(final String what) {
        final long handle = subscription();
        final int count = trial.random.nextInt(5);
        final long answer = trial.apply(new SubscriptionCommands.Take().with(0, handle, count));
        trial.expect(what, trial.naive.subscriptions.take(handle, count, trial.nowNs()), answer);
    }

    private void acknowledge(final String what) {
        final long handle = subscription();
        final NaiveSubscriptions.Open of = trial.naive.subscriptions.open.get(handle);
        final long factId = of == null || of.items.isEmpty() || trial.random.nextInt(8) == 0
                ? (trial.nextPosition() - 1) << 16
                : of.items.get(trial.random.nextInt(of.items.size())).factId;
        final long answer = trial.apply(new SubscriptionCommands.Acknowledge().with(0, handle, factId));
        trial.expect(what, trial.naive.subscriptions.acknowledge(handle, factId), answer);
    }

    private void close(final String what) {
        final long handle = subscription();
        final long answer = trial.apply(new SubscriptionCommands.Close().with(0, handle));
        trial.expect(what, trial.naive.subscriptions.close(handle), answer);
    }

    @Override
    public void compare(final String what) {
        nameRaised(what);
        for (final long handle : seen) {
            final NaiveSubscriptions.Open of = trial.naive.subscriptions.open.get(handle);
            final SubscriptionStatus status = trial.machine.subscriptions().status(handle);
            if (of == null) {
                assertThat(status).as(what).isNull();
            } else {
                final int ready = (int) of.items.stream()
                        .filter(NaiveSubscriptions.Item::isReady)
                        .count();
                assertThat(status)
                        .as(what)
                        .usingRecursiveComparison()
                        .ignoringFields("lastMissedFactId", "lastAbandonedFactId")
                        .isEqualTo(new SubscriptionStatus(
                                ready,
                                of.items.size() - ready,
                                of.acknowledged,
                                of.lapsed,
                                of.abandoned,
                                of.missed,
                                0,
                                0));
                assertThat(trial.machine.subscriptions().readyNow(handle))
                        .as(what)
                        .isEqualTo(ready > 0);
            }
        }
    }
}

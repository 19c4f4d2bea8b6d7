package io.signalbox.kernel.routing;

import io.signalbox.kernel.store.DigestSink;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What one coordination remembers of its routing, its history apart. Turn only. */
final class RoutingBoard {
    /** A task that is being retried, or about which opinions wait. */
    static final class Task {
        int retries;
        byte[][] given = {};

        boolean isForgettable() {
            return retries == 0 && given.length == 0;
        }
    }

    final long coordination;
    /** Ordered, so that it may be walked. */
    final TreeMap<Integer, Task> tasks = new TreeMap<>();

    private final long[] byDecision = new long[RoutingDecision.COUNT];
    private final long[] byStrategy = new long[RoutingStrategy.COUNT];
    long newest = -1;
    long number;
    private long opinions;
    private long failures;
    private long exhausted;
    private long timeSumNs;
    private long timeMinNs;
    private long timeMaxNs;

    RoutingBoard(final long coordination) {
        this.coordination = coordination;
    }

    /** The task, null when nothing is known of it. */
    Task task(final int task) {
        return tasks.isEmpty() ? null : tasks.get(task);
    }

    /** Count a decision and the opinions it came from. */
    void count(final RoutedDecision decision, final OpinionView view) {
        final long verdict = decision.verdict;
        number = Verdict.number(verdict);
        byDecision[Verdict.decision(verdict).code()]++;
        exhausted += Verdict.isExhausted(verdict) ? 1 : 0;
        final int winner = Verdict.winner(verdict);
        for (int i = 0; view.next(); i++) {
            opinions++;
            failures += view.finding() == Finding.ROUTER_FAILED ? 1 : 0;
            if (i == winner) {
                byStrategy[view.strategyCode()]++;
            }
        }
        final long timeNs = decision.routingTimeNs;
        timeMinNs = number == 1 ? timeNs : Math.min(timeMinNs, timeNs);
        timeMaxNs = Math.max(timeMaxNs, timeNs);
        timeSumNs = timeSumNs + timeNs < 0 ? Long.MAX_VALUE : timeSumNs + timeNs;
    }

    RoutingStats stats() {
        final Map<RoutingDecision, Long> decisions = new EnumMap<>(RoutingDecision.class);
        for (int i = 0; i < byDecision.length; i++) {
            if (byDecision[i] > 0) {
                decisions.put(RoutingDecision.of(i), byDecision[i]);
            }
        }
        final Map<RoutingStrategy, Long> strategies = new EnumMap<>(RoutingStrategy.class);
        for (int i = 0; i < byStrategy.length; i++) {
            if (byStrategy[i] > 0) {
                strategies.put(RoutingStrategy.of(i), byStrategy[i]);
            }
        }
        return new RoutingStats(
                number,
                decisions,
                strategies,
                opinions,
                failures,
                exhausted,
                timeMinNs,
                number == 0 ? 0 : timeSumNs / number,
                timeMaxNs);
    }

    void digestInto(final DigestSink sink) {
        sink.add(number);
        for (final long count : byDecision) {
            sink.add(count);
        }
        for (final long count : byStrategy) {
            sink.add(count);
        }
        sink.add(opinions);
        sink.add(failures);
        sink.add(exhausted);
        sink.add(timeSumNs);
        sink.add(timeMinNs);
        sink.add(timeMaxNs);
        tasks.forEach((name, task) -> {
            sink.add(name);
            sink.add(task.retries);
            for (final byte[] opinion : task.given) {
                sink.add(opinion);
            }
        });
    }
}

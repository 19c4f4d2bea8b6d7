package io.signalbox.bench;

import io.signalbox.bench.subject.HandoffSubject;
import org.HdrHistogram.Histogram;

/**
 * One fork of a two-thread hand-off. The asking thread numbers its tokens 0, 1, 2, ...; the serving thread checks that they come
 * without a gap and answers each with {@code 31 * token + 7}, which the asking thread checks. Token -1 ends the run.
 */
final class HandoffRun implements HandoffSubject.Echo {
    private static final int TURNS_BETWEEN_CLOCK_LOOKS_MAX = 64;
    private static final long QUICK_NS = 1_000_000;
    private static final long STOP = -1;

    private final String name;
    private final HandoffSubject subject;
    private final Phases phases;
    private final Histogram roundTripsNs = Measurement.newHistogram();
    private final Histogram oneWayNs = Measurement.newHistogram();

    // Plain on purpose: what the asking thread wrote before the hand-off must be visible after it, or the subject is
    // broken.
    private long sentNs;
    private boolean stamping;

    private long tokenNext; // asking thread
    private long tokenExpected; // serving thread

    HandoffRun(final String name, final HandoffSubject subject, final Phases phases) {
        this.name = name;
        this.subject = subject;
        this.phases = phases;
    }

    Measurement run() throws InterruptedException {
        final Thread server = new Thread(() -> subject.serve(this), "serving");
        server.setUncaughtExceptionHandler((thread, failure) -> ForkMain.fail(failure));
        server.setDaemon(true);
        server.start();

        timed(phases.warmUpMs());
        untimed(phases.warmUpMs() / 4);
        roundTripsNs.reset();
        timed(phases.timedMs());
        final double meanUntimedNs = untimed(phases.untimedMs());
        final Histogram timedOnly = roundTripsNs.copy();
        stamping = true;
        timed(phases.oneWayMs() / 2);
        oneWayNs.reset();
        timed(phases.oneWayMs());
        stamping = false;

        Check.equal("the answer to the last token", answerTo(STOP), subject.roundTrip(STOP));
        server.join();
        Check.equal("tokens that the serving thread counted", tokenNext, tokenExpected);
        return new Measurement(
                name,
                timedOnly.getValueAtPercentile(50),
                timedOnly.getValueAtPercentile(99),
                timedOnly.getValueAtPercentile(99.9),
                timedOnly.getMaxValue(),
                timedOnly.getMean(),
                meanUntimedNs,
                Clock.costNs(),
                oneWayNs.getValueAtPercentile(50),
                oneWayNs.getValueAtPercentile(99),
                timedOnly.getTotalCount(),
                tokenNext,
                subject.extraSpinners(),
                "2 platform threads",
                Measurement.encode(timedOnly));
    }

    @Override
    public long onToken(final long token) {
        if (token != STOP) {
            if (stamping) {
                Measurement.record(oneWayNs, System.nanoTime() - sentNs);
            }
            Check.equal("the token that reached the serving thread", tokenExpected, token);
            tokenExpected++;
        }
        return answerTo(token);
    }

    private static long answerTo(final long token) {
        return 31 * token + 7;
    }

    private void ask(final long token) {
        final long answer = subject.roundTrip(token);
        if (answer != answerTo(token)) {
            Check.equal("the answer to token " + token, answerTo(token), answer);
        }
    }

    private void timed(final long durationMs) {
        final long endNs = System.nanoTime() + durationMs * 1_000_000;
        long nowNs;
        do {
            final long start = System.nanoTime();
            sentNs = start;
            ask(tokenNext++);
            nowNs = System.nanoTime();
            Measurement.record(roundTripsNs, nowNs - start);
        } while (nowNs < endNs);
    }

    private double untimed(final long durationMs) {
        final long startNs = System.nanoTime();
        final long endNs = startNs + durationMs * 1_000_000;
        int turnsBetweenLooks = 1;
        long turns = 0;
        long nowNs = startNs;
        do {
            final long lookedNs = nowNs;
            for (int i = 0; i < turnsBetweenLooks; i++) {
                ask(tokenNext++);
            }
            turns += turnsBetweenLooks;
            nowNs = System.nanoTime();
            if (nowNs - lookedNs < QUICK_NS) { // where spinners share a core a turn takes a slice of the scheduler
                turnsBetweenLooks = Math.min(2 * turnsBetweenLooks, TURNS_BETWEEN_CLOCK_LOOKS_MAX);
            }
        } while (nowNs < endNs);
        return (double) (nowNs - startNs) / turns;
    }
}

package io.signalbox.bench;

import io.signalbox.bench.subject.RingSubject;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/**
 * One fork of a token ring. The token carries the number of hops so far, so agent {@code i} of {@code n} must see {@code i},
 * {@code i + n}, {@code i + 2n}, ...: each agent checks it. A hop is timed from one receipt to the next. A negative token ends the run.
 */
final class RingRun {
    static final int AGENTS = 64;

    private enum Stage {
        WARM_UP,
        WARM_UP_UNTIMED,
        TIMED,
        UNTIMED,
        DONE
    }

    private final String name;
    private final RingSubject subject;
    private final Phases phases;
    private final CountDownLatch finished = new CountDownLatch(AGENTS);

    // Written and read only by the agent that has the token: plain on purpose, the hand-off itself must order them.
    private final Histogram hopsNs = Measurement.newHistogram();
    private Stage stage = Stage.WARM_UP;
    private boolean timing = true;
    private long receivedNs;
    private long stageStartNs;
    private long stageStartHops;
    private double meanUntimedNs;
    private long hopsChecked;

    RingRun(final String name, final RingSubject subject, final Phases phases) {
        this.name = name;
        this.subject = subject;
        this.phases = phases;
    }

    Measurement run() throws InterruptedException {
        for (int i = 1; i < AGENTS; i++) {
            final int agent = i;
            AgentThreads.start("agent-" + i, () -> turn(agent));
        }
        AgentThreads.start("agent-0", () -> {
            stageStartNs = System.nanoTime();
            receivedNs = stageStartNs;
            subject.pass(0, 1);
            turn(0);
        });
        finished.await();
        Check.equal("hops that all agents counted together", stageStartHops + AGENTS, hopsChecked);
        return new Measurement(
                name,
                hopsNs.getValueAtPercentile(50),
                hopsNs.getValueAtPercentile(99),
                hopsNs.getValueAtPercentile(99.9),
                hopsNs.getMaxValue(),
                hopsNs.getMean(),
                meanUntimedNs,
                Clock.costNs(),
                0,
                0,
                hopsNs.getTotalCount(),
                hopsChecked,
                subject.extraSpinners(),
                AGENTS + (AgentThreads.virtual() ? " virtual threads" : " platform threads"),
                Measurement.encode(hopsNs));
    }

    /** One agent's life: take, check, pass on, until the last round. */
    void turn(final int agent) {
        long expected = agent == 0 ? AGENTS : agent;
        while (true) {
            final long token = subject.take(agent);
            final boolean last = token < 0;
            final long hops = last ? -token : token;
            if (hops != expected) {
                Check.equal("the token at agent " + agent, expected, hops);
            }
            expected += AGENTS;
            hopsChecked++;
            if (timing) {
                final long nowNs = System.nanoTime();
                Measurement.record(hopsNs, nowNs - receivedNs);
                receivedNs = nowNs;
            }
            if (agent == 0 && !last) {
                nextStageWhenDue(hops);
            }
            final boolean stopping = last || stage == Stage.DONE;
            if (!(agent == 0 && last)) {
                subject.pass(agent, stopping ? -(hops + 1) : hops + 1);
            }
            if (last) {
                finished.countDown();
                return;
            }
        }
    }

    /** Agent 0 looks at the clock once a round and moves on to the next stage. */
    private void nextStageWhenDue(final long hops) {
        final long nowNs = System.nanoTime();
        final long stageNs = nowNs - stageStartNs;
        if (stageNs < durationMs() * 1_000_000) {
            return;
        }
        switch (stage) {
            case WARM_UP -> {
                stage = Stage.WARM_UP_UNTIMED;
                timing = false;
            }
            case WARM_UP_UNTIMED -> {
                stage = Stage.TIMED;
                hopsNs.reset();
                receivedNs = nowNs;
                timing = true;
            }
            case TIMED -> {
                stage = Stage.UNTIMED;
                timing = false;
            }
            default -> {
                stage = Stage.DONE;
                meanUntimedNs = (double) stageNs / (hops - stageStartHops);
            }
        }
        stageStartNs = nowNs;
        stageStartHops = hops;
    }

    private long durationMs() {
        return switch (stage) {
            case WARM_UP -> phases.warmUpMs();
            case WARM_UP_UNTIMED -> phases.warmUpMs() / 4;
            case TIMED -> phases.timedMs();
            case UNTIMED, DONE -> phases.untimedMs();
        };
    }
}

package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random graphs of very many steps with random failures, gates, limits, retries and kills, on the machine and on the naive one, which was written
 * separately. After a kill the machine is made anew from its commands, and the workers' attempts are lost. {@code -Dflow.steps}, {@code -Dflow.seeds} and
 * {@code -Dflow.seed} choose another size, another number of seeds, and one seed alone.
 */
class FlowAgreementTest {
    private static final int STEPS = Integer.getInteger("flow.steps", 10_000);
    private static final int SEEDS = Integer.getInteger("flow.seeds", 200);
    private static final int SEED = Integer.getInteger("flow.seed", 0);
    private static final int REACH = 200;
    private static final long UNIT_NS = 200_000;
    private static final byte[] NOTHING = {};
    /** How attempts end, by lot: most succeed. */
    private static final int[] ENDINGS = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6};

    /** Seeds share nothing, so they are spread over the cores there are. */
    @Test
    void shouldDoWhatTheNaiveMachineDoes() {
        final IntStream seeds = SEED == 0 ? IntStream.rangeClosed(1, SEEDS) : IntStream.of(SEED);
        final double ran = seeds.parallel()
                .mapToLong(seed -> {
                    final Trial trial = new Trial(seed, STEPS);
                    trial.run();
                    return trial.run.steps.stream()
                            .filter(step -> step.attempts > 0)
                            .count();
                })
                .average()
                .orElseThrow();
        assertThat(ran).as("steps that ran, of %d", STEPS).isGreaterThan(STEPS / 4.0);
    }

    /** The many seeds would agree on nothing if they all ended at their first failure. */
    @Test
    void shouldEndInEveryWay() {
        final List<String> ends = new ArrayList<>();
        for (int seed = 1; seed <= 60; seed++) {
            final Trial trial = new Trial(seed, 300);
            trial.run();
            ends.addAll(trial.ends);
        }
        assertThat(ends).contains("SUCCEEDED", "PARTLY_FAILED", "FAILED", "CANCELLED", "EXPIRED", "COMPENSATED");
    }

    private static final class Trial {
        private final Random random;
        private final String name;
        private final FlowMachine flow = new FlowMachine(fact -> {});
        private final NaiveRuns naive = new NaiveRuns();
        private final NaiveRun run;
        private final int steps;
        final List<String> ends = new ArrayList<>();

        Trial(final int seed, final int steps) {
            this.random = new Random(seed);
            this.name = "seed " + seed + " of " + steps + " steps";
            this.steps = steps;
            final OnError onError = random.nextInt(3) == 0 ? RandomDefinition.onError(random) : OnError.COLLECT_ALL;
            final WorkflowDefinition definition = new RandomDefinition(random, steps, REACH, UNIT_NS)
                    .make(onError, random.nextInt(2) * 100, random.nextInt(8) == 0 ? steps * 100L : 0);
            final long handle = flow.start(definition);
            assertThat(handle).as(name).isPositive();
            run = new NaiveRun(0, new NaiveDefinition(definition), NOTHING, flow.nowNs);
            run.handle = handle;
            naive.nowNs = flow.nowNs;
            naive.opened(run);
            naive.follow();
        }

        void run() {
            final Set<Integer> killsAt =
                    Set.copyOf(List.of(random.nextInt(200), 200 + random.nextInt(steps), 200 + random.nextInt(steps)));
            final int cancelAt = random.nextInt(4) == 0 ? random.nextInt(steps) : -1;
            for (int i = 0; !run.hasEnded(); i++) {
                pass(1 + random.nextInt(200));
                if (!run.hasEnded()) {
                    happen(killsAt.contains(i), i == cancelAt);
                }
                if (run.hasEnded()) {
                    compare();
                    ends.add(run.state);
                    goOn();
                }
            }
        }

        private void happen(final boolean isKilled, final boolean isCancelled) {
            if (isKilled) {
                kill();
            } else if (isCancelled) {
                cancel();
            } else if (run.awaited.isEmpty()) {
                assertThat(run.clock)
                        .as(name + ": nothing goes on, nothing is due")
                        .isNotEmpty();
                pass(Math.max(0, run.clock.first()[0] - flow.nowNs));
            } else {
                report();
            }
        }

        /** A run that has ended goes on when it can, three times at most. */
        private void goOn() {
            if (ends.size() < 4 && !run.state.equals("SUCCEEDED")) {
                assertThat(flow.apply(new WorkflowCommands.RetryRun().with(0, run.handle)))
                        .as(name)
                        .isZero();
                naive.reopened(run);
                naive.follow();
            }
        }

        private void pass(final long ns) {
            flow.nowNs += ns;
            naive.nowNs = flow.nowNs;
            assertThat(flow.machine().nextDeadlineNs()).as(name).isEqualTo(NaiveRuns.nextDeadlineNs(List.of(run)));
            flow.pulse();
            naive.pulse(List.of(run));
            naive.follow();
        }

        private void report() {
            final Integer from = run.awaited.ceiling(random.nextInt(run.steps.size()));
            final NaiveRun.Step step = run.steps.get(from == null ? run.awaited.first() : from);
            if (step.is("ASSIGNED") && random.nextInt(8) == 0) {
                final long answer = flow.apply(
                        new WorkflowCommands.StartStep().with(0, run.handle, step.index, step.attempts, NOTHING));
                assertThat(answer).as(name).isZero();
                naive.started(run, step, NOTHING, 0, 0);
            } else {
                final int lot = ENDINGS[random.nextInt(ENDINGS.length)];
                finish(step, lot == 4 && step.is("WAITING") ? 5 : lot, random.nextInt(5) * 250_000);
            }
        }

        private void finish(final NaiveRun.Step step, final int ending, final int quality) {
            final long answer = flow.apply(new WorkflowCommands.FinishStep()
                    .with(0, run.handle, step.index, step.attempts)
                    .ending(ending)
                    .quality(quality));
            assertThat(answer).as(name).isZero();
            switch (ending) {
                case 1 -> naive.succeeded(run, step, 0, quality, NOTHING, NOTHING);
                case 2 -> naive.failed(run, step, 0, NOTHING, NOTHING, true);
                case 3 -> naive.ended(run, step, "SKIPPED", 0, NOTHING, NOTHING);
                case 4 -> naive.lost(run, step);
                case 5 -> naive.cancelled(run, step, false);
                default -> naive.failed(run, step, 0, NOTHING, NOTHING, false);
            }
            naive.follow();
        }

        private void cancel() {
            final long answer = flow.apply(new WorkflowCommands.CancelRun().with(0, run.handle));
            assertThat(answer == 0).as(name).isEqualTo(run.isRunning());
            if (run.isRunning()) {
                naive.stop(run, "CANCELLING");
                naive.follow();
            }
        }

        /** The process dies and comes back: what the workers had is offered again. */
        private void kill() {
            compare();
            flow.restart();
            for (final int index : List.copyOf(run.inFlight).stream().sorted().toList()) {
                if (run.steps.get(index).isInFlight()) {
                    finish(run.steps.get(index), 4, 0);
                }
            }
            compare();
        }

        private void compare() {
            final RunSnapshot snapshot = flow.run(run.handle);
            for (final NaiveRun.Step step : run.steps) {
                final StepSnapshot seen = snapshot.steps().get(step.index);
                if (!isSame(step, seen)) {
                    RandomWorkflows.compare(name + ", step " + step.index, run, step, seen);
                }
            }
            assertThat(snapshot.state().name()).as(name).isEqualTo(run.state);
            assertThat(snapshot.finishedNs()).as(name).isEqualTo(run.finishedNs);
        }

        private static boolean isSame(final NaiveRun.Step step, final StepSnapshot seen) {
            return seen.state().name().equals(step.state)
                    && seen.attempts() == step.attempts
                    && seen.failures() == step.failures
                    && seen.exitCode() == step.exitCode
                    && seen.sinceNs() == step.sinceNs
                    && seen.untilNs() == step.untilNs
                    && seen.winner() == step.winner
                    && seen.quality() == step.quality / 1e6
                    && seen.blockedBy().isEmpty() == step.blockedBy < 0;
        }
    }
}

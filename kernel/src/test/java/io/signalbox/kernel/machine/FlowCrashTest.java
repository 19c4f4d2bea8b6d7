package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each pattern is run by simulated workers, and killed at every position of its journal: a machine made anew from what was journaled goes on, what
 * the workers had is offered again. It has to come to the same results, and to release everything once.
 */
class FlowCrashTest {
    private static final long MS = 1_000_000;

    /** How an attempt ends, by step and failures so far, never by how often it was offered. */
    private record Ending(long lastsNs, int code, String result, double quality) {
        static Ending success(final long lastsMs, final String result) {
            return new Ending(lastsMs * MS, 1, result, 1);
        }

        static Ending failure(final long lastsMs) {
            return new Ending(lastsMs * MS, 2, "", 1);
        }

        static Ending skipped() {
            return new Ending(0, 3, "", 1);
        }
    }

    /** What the workers do, and whether a race may come to another end after a crash. */
    private record Pattern(String name, WorkflowDefinition definition, Map<String, List<Ending>> work, boolean isRace) {
        /** The ending of the attempt after so many failures; the last one goes on for ever. */
        Ending ending(final StepSnapshot step) {
            final List<Ending> endings = work.getOrDefault(step.id(), List.of(Ending.success(5, "of " + step.id())));
            return endings.get(Math.min(step.failures(), endings.size() - 1));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pattern> patterns() {
        return Stream.of(
                barrier(), join(), retry(), majority(), compensation(), loop(), limited(), first(), competitive());
    }

    private static Pattern pattern(final String name, final WorkflowDefinition definition) {
        return new Pattern(name, definition, new HashMap<>(), false);
    }

    /** Three stages with a barrier between two. */
    private static Pattern barrier() {
        final List<StepDefinition> steps = new ArrayList<>();
        for (int stage = 0; stage < 3; stage++) {
            final List<String> members = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                final String id = "s" + stage + i;
                members.add(id);
                steps.add(stage == 0 ? StepDefinition.of(id) : StepDefinition.of(id, "end" + (stage - 1)));
            }
            steps.add(StepDefinition.gate("end" + stage, Gate.of(GateRule.ALL, Superfluous.AWAIT), members));
        }
        final Pattern pattern = pattern("barrier", WorkflowDefinition.of("barrier", steps));
        pattern.work.put("s01", List.of(Ending.success(11, "slow")));
        pattern.work.put("s12", List.of(Ending.skipped()));
        return pattern;
    }

    private static Pattern join() {
        final Pattern pattern = pattern(
                "join",
                WorkflowDefinition.of(
                        "join",
                        List.of(
                                StepDefinition.of("split"),
                                StepDefinition.of("a", "split"),
                                StepDefinition.of("b", "split"),
                                StepDefinition.of("c", "b"),
                                StepDefinition.gate("sync", Gate.quorum(2, Superfluous.LEAVE), List.of("a", "c", "d")),
                                StepDefinition.of("d", "split"),
                                StepDefinition.of("next", "sync"),
                                StepDefinition.of("last", "next", "d"))));
        pattern.work.put("d", List.of(Ending.success(40, "late")));
        return pattern;
    }

    private static Pattern retry() {
        final RetryPolicy twice = new RetryPolicy(2, 3 * MS, 2, 60 * MS, 0.5);
        final Pattern pattern = pattern(
                "retry",
                WorkflowDefinition.of(
                                "retry",
                                List.of(
                                        StepDefinition.of("a").withRetry(twice),
                                        StepDefinition.of("b", "a")
                                                .withRetry(twice)
                                                .withTimeoutNs(7 * MS),
                                        StepDefinition.of("c", "b").withRetry(twice),
                                        StepDefinition.of("d", "a")))
                        .withOnError(OnError.COLLECT_ALL));
        pattern.work.put("a", List.of(Ending.failure(1), Ending.failure(2), Ending.success(3, "third")));
        pattern.work.put("b", List.of(Ending.success(100, "never"), Ending.success(2, "second")));
        pattern.work.put("c", List.of(Ending.failure(1)));
        return pattern;
    }

    private static Pattern majority() {
        final Pattern pattern = pattern(
                "majority",
                WorkflowDefinition.of(
                        "majority",
                        List.of(
                                StepDefinition.of("a"),
                                StepDefinition.of("b"),
                                StepDefinition.of("c"),
                                StepDefinition.gate(
                                        "vote", Gate.of(GateRule.MAJORITY, Superfluous.AWAIT), List.of("a", "b", "c")),
                                StepDefinition.of("merge", "vote"))));
        pattern.work.put("b", List.of(Ending.failure(9)));
        return pattern;
    }

    private static Pattern compensation() {
        final Pattern pattern = pattern(
                "compensation",
                WorkflowDefinition.of(
                                "compensation",
                                List.of(
                                        StepDefinition.of("book"),
                                        StepDefinition.of("pay", "book"),
                                        StepDefinition.of("send", "pay"),
                                        StepDefinition.of("unbook").compensating("book"),
                                        StepDefinition.of("refund")
                                                .compensating("pay")
                                                .withRetry(new RetryPolicy(3, MS, 1, MS, 0))))
                        .withOnError(OnError.COMPENSATE));
        pattern.work.put("send", List.of(Ending.failure(4)));
        pattern.work.put("refund", List.of(Ending.failure(2), Ending.success(2, "paid back")));
        return pattern;
    }

    /** Rounds of work and review, unrolled; the second review is content. */
    private static Pattern loop() {
        final List<StepDefinition> steps = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            final String before = "review" + (round - 1);
            final StepDefinition work = StepDefinition.of("work" + round, round == 1 ? List.of() : List.of(before));
            steps.add(work);
            steps.add(StepDefinition.of("review" + round, "work" + round));
        }
        steps.add(StepDefinition.of("done", "review1", "review2", "review3").judgingNeeds());
        final Pattern pattern = pattern("loop", WorkflowDefinition.of("loop", steps));
        pattern.work.put("work3", List.of(Ending.skipped()));
        return pattern;
    }

    private static Pattern limited() {
        final Scheduling scheduling = Scheduling.PLAIN.using(new LimitUse("calls", 1), new LimitUse("gpu", 1));
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            steps.add(StepDefinition.of("s" + i).withScheduling(scheduling.withPriority(i % 2)));
        }
        return pattern(
                "limited",
                WorkflowDefinition.of("limited", steps)
                        .withLimits(List.of(
                                LimitDefinition.rate("calls", 2, 30 * MS), LimitDefinition.capacity("gpu", 2))));
    }

    private static Pattern first() {
        final Pattern pattern = new Pattern(
                "first",
                WorkflowDefinition.of(
                        "first",
                        List.of(
                                StepDefinition.of("a"),
                                StepDefinition.of("b"),
                                StepDefinition.of("c", "b"),
                                StepDefinition.gate(
                                        "race", Gate.of(GateRule.FIRST, Superfluous.CANCEL), List.of("a", "c")),
                                StepDefinition.of("next", "race"))),
                new HashMap<>(),
                true);
        pattern.work.put("a", List.of(Ending.success(12, "of a")));
        return pattern;
    }

    private static Pattern competitive() {
        final Pattern pattern = new Pattern(
                "competitive",
                WorkflowDefinition.of(
                        "competitive",
                        List.of(
                                StepDefinition.of("a"),
                                StepDefinition.of("b"),
                                StepDefinition.of("c"),
                                StepDefinition.gate(
                                                "best",
                                                Gate.competitive(0.5, Superfluous.CANCEL),
                                                List.of("a", "b", "c"))
                                        .withTimeoutNs(20 * MS),
                                StepDefinition.of("next", "best"))),
                new HashMap<>(),
                true);
        pattern.work.put("a", List.of(new Ending(5 * MS, 1, "fair", 0.6)));
        pattern.work.put("b", List.of(new Ending(18 * MS, 1, "good", 0.9)));
        pattern.work.put("c", List.of(new Ending(6 * MS, 1, "poor", 0.4)));
        return pattern;
    }

    /** A machine, its simulated workers, and how often things happened, over all its lives. */
    private static final class Life {
        final Pattern pattern;
        final Map<String, Integer> happened = new TreeMap<>();
        final FlowMachine flow;
        private final Map<String, Long> ends = new HashMap<>();
        private final List<String> ids;

        Life(final Pattern pattern) {
            this.pattern = pattern;
            ids = pattern.definition.steps().stream().map(StepDefinition::id).toList();
            flow = new FlowMachine(this::note);
        }

        /** One that was killed after so many entries of another's journal. */
        Life(final Life other, final int entries) {
            pattern = other.pattern;
            ids = other.ids;
            flow = new FlowMachine(other.flow, entries, this::note);
        }

        private void note(final Fact fact) {
            final FactType type = fact.type();
            if (type == FactType.RUN_FINISHED || type == FactType.RUN_COMPENSATING || type == FactType.RUN_STARTED) {
                happened.merge(type.name(), 1, Integer::sum);
            } else if (Set.of(
                            FactType.STEP_SUCCEEDED,
                            FactType.STEP_FAILED,
                            FactType.STEP_SKIPPED,
                            FactType.STEP_CANCELLED,
                            FactType.STEP_RETRIED)
                    .contains(type)) {
                happened.merge(type + " " + ids.get(fact.step()), 1, Integer::sum);
            }
        }

        long handle() {
            final long[] runs = flow.machine().inspector().runs();
            return runs.length == 0 ? flow.start(pattern.definition) : runs[0];
        }

        /** The workers of what is in flight are gone. */
        void reoffer() {
            flow.goOn();
            flow.pulse();
            final long run = handle();
            for (final StepSnapshot step : flow.run(run).steps()) {
                if (step.state().isInFlight()) {
                    flow.finish(run, step.index(), step.attempts(), 4);
                }
            }
        }

        RunSnapshot toItsEnd() {
            final long run = handle();
            while (!flow.run(run).state().isFinal()) {
                begin(run);
                final long earliestNs =
                        ends.values().stream().mapToLong(end -> end).min().orElse(Long.MAX_VALUE);
                flow.nowNs =
                        Math.max(flow.nowNs, Math.min(earliestNs, flow.machine().nextDeadlineNs()));
                assertThat(flow.nowNs).as("something is to come").isLessThan(Long.MAX_VALUE);
                flow.pulse();
                report(run);
            }
            return flow.run(run);
        }

        private void begin(final long run) {
            for (final StepSnapshot step : flow.run(run).steps()) {
                if (step.state() == StepState.ASSIGNED) {
                    flow.apply(
                            new WorkflowCommands.StartStep().with(0, run, step.index(), step.attempts(), new byte[0]));
                    ends.put(step.id(), flow.nowNs + pattern.ending(step).lastsNs);
                } else if (step.state() != StepState.STARTED) {
                    ends.remove(step.id());
                }
            }
        }

        /** One attempt that ends now, the first by index. */
        private void report(final long run) {
            for (final StepSnapshot step : flow.run(run).steps()) {
                if (step.state() == StepState.STARTED && ends.getOrDefault(step.id(), Long.MAX_VALUE) <= flow.nowNs) {
                    final Ending ending = pattern.ending(step);
                    ends.remove(step.id());
                    flow.apply(new WorkflowCommands.FinishStep()
                            .with(0, run, step.index(), step.attempts())
                            .ending(ending.code)
                            .quality((int) Math.round(ending.quality * 1_000_000))
                            .result(ending.result.getBytes(StandardCharsets.UTF_8)));
                    return;
                }
            }
        }
    }

    /** What a run has come to: its state and each step's, with results and winners. */
    private static String results(final RunSnapshot run) {
        final StringBuilder text = new StringBuilder(run.state().name());
        for (final StepSnapshot step : run.steps()) {
            text.append('\n').append(step.id()).append(' ').append(step.state());
            text.append(' ').append(new String(step.result(), StandardCharsets.UTF_8));
            text.append(' ').append(step.winner()).append(' ').append(step.quality());
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void shouldComeToTheSameWhereverItIsKilled(final Pattern pattern) {
        final Life whole = new Life(pattern);
        final String results = results(whole.toItsEnd());
        assertThat(whole.flow.entries()).isGreaterThan(10);
        for (int position = 3; position <= whole.flow.entries(); position++) {
            final Life second = new Life(whole, position);
            second.reoffer();
            final RunSnapshot end = second.toItsEnd();
            if (pattern.isRace) {
                assertIsAllowed(end, position);
            } else {
                assertThat(results(end)).as("killed after %d", position).isEqualTo(results);
                assertThat(second.happened).as("killed after %d", position).isEqualTo(whole.happened);
            }
            assertThat(second.happened.values().stream().filter(times -> times > 1))
                    .as("what happened more than once, killed after %d", position)
                    .hasSameSizeAs(whole.happened.values().stream()
                            .filter(times -> times > 1)
                            .toList());
        }
    }

    /** The winner is one of those that succeeded, the best of them where that counts; everything else follows from it. */
    private static void assertIsAllowed(final RunSnapshot end, final int position) {
        assertThat(end.state()).as("killed after %d", position).isEqualTo(RunState.SUCCEEDED);
        assertThat(end.step("next").state()).isEqualTo(StepState.SUCCEEDED);
        for (final StepSnapshot step : end.steps()) {
            if (step.winner() >= 0) {
                final StepSnapshot winner = end.steps().get(step.winner());
                assertThat(winner.state()).isEqualTo(StepState.SUCCEEDED);
                assertThat(end.steps().stream()
                                .filter(other -> "abc".contains(other.id()) && other.state() == StepState.SUCCEEDED)
                                .mapToDouble(StepSnapshot::quality))
                        .as("killed after %d", position)
                        .allMatch(quality -> quality <= winner.quality());
            }
        }
    }
}

package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.board.BoardException;
import io.signalbox.kernel.board.CoordinationEvents;
import io.signalbox.kernel.board.CoordinationPatterns;
import io.signalbox.kernel.board.CoordinationService;
import io.signalbox.kernel.board.PatternRule;
import io.signalbox.kernel.board.PatternRun;
import io.signalbox.kernel.board.PatternStatistics;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.metrics.MetricsSnapshot;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternLibrary;
import io.signalbox.kernel.pattern.TaskTemplate;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Patterns that run, through the front door, with a clock of our own: nothing here waits for time. */
@Timeout(60)
class PatternRunTest {
    private static final String SPLIT_IDS = "${split_task_ids}";
    private static final Duration NONE = Duration.ZERO;

    private static final Pattern PARALLEL = Pattern.of(Map.of(
            "name", "parallel",
            "parameters", Map.of("module_count", Map.of("default", 3)),
            "pattern",
                    Map.of(
                            "type", "split",
                            "id", "modules",
                            "source_task_id", "${source_task_id}",
                            "target_tasks",
                                    List.of(Map.of(
                                            "repeat", "${module_count}",
                                            "task_type", "implement_module",
                                            "max_retries", 1,
                                            "input", Map.of("module", "${number}")))),
            "sync_points",
                    List.of(Map.of("id", "built", "waiting_task_ids", SPLIT_IDS, "timeout_seconds", 7200)),
            "join",
                    Map.of(
                            "id", "integration",
                            "source_task_ids", SPLIT_IDS,
                            "continuation_task", Map.of("task_type", "integrate_modules", "priority", "HIGH"),
                            "merge_strategy", "combine")));

    private static final Pattern VOTE = vote("await");

    private static Pattern vote(final String superfluous) {
        return Pattern.of(Map.of(
                "name", "vote",
                "pattern",
                        Map.of(
                                "type", "split",
                                "id", "votes",
                                "source_task_id", "${source_task_id}",
                                "target_tasks",
                                        List.of(Map.of(
                                                "repeat", List.of("a", "b", "c"),
                                                "task_type", "evaluate",
                                                "input", Map.of("option", "${item}")))),
                "sync_points",
                        List.of(Map.of(
                                "id", "in",
                                "waiting_task_ids", SPLIT_IDS,
                                "required_count", 2,
                                "timeout_seconds", 1800,
                                "superfluous", superfluous)),
                "merge", Map.of("id", "result", "source_task_ids", SPLIT_IDS, "merge_strategy", "majority"),
                "join",
                        Map.of(
                                "id", "decision",
                                "source_task_ids", SPLIT_IDS,
                                "continuation_task", Map.of("task_type", "implement_decision"),
                                "merge_strategy", "majority")));
    }

    private static final Pattern REVIEW = Pattern.of(Map.of(
            "name", "review",
            "parameters", Map.of("max_rounds", Map.of("default", 3)),
            "pattern",
                    Map.of(
                            "type", "split",
                            "id", "features",
                            "target_tasks", List.of(Map.of("repeat", 2, "task_type", "implement"))),
            "loop",
                    Map.of(
                            "id", "loop",
                            "source_task_ids", SPLIT_IDS,
                            "review_task", Map.of("task_type", "review"),
                            "refine_task", Map.of("task_type", "refine"),
                            "rounds_max", "${max_rounds}",
                            "until", Map.of("field", "approved", "equals", true)),
            "join",
                    Map.of(
                            "id", "end",
                            "source_task_ids", List.of("${loop_id}"),
                            "continuation_task", Map.of("task_type", "review_and_merge"))));

    private final ManualClock clock = new ManualClock(1_000_000_000L);
    private final Kernel kernel = Kernel.launch(KernelConfig.standard()
            .withThreading(Threading.INVOKER)
            .withClock(clock)
            .withMetrics(MetricsConfig.on()));
    private final CoordinationPatterns patterns =
            new CoordinationPatterns(kernel, PatternLibrary.of(PARALLEL, VOTE, REVIEW));
    private final Workers workers = patterns.serve(WorkerTerms.byHand());
    private final Subscription events = kernel.subscribe();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        workers.close();
        kernel.close();
    }

    private void later(final Duration after) {
        clock.moveTo(clock.wallClockNs() + clock.nanoTime() + after.toNanos());
        kernel.pulse();
        workers.work();
    }

    private PatternRun worked(final PatternRun run) {
        workers.work();
        return run;
    }

    private Map<String, DocumentValue> told() {
        final Map<String, DocumentValue> told = new TreeMap<>();
        for (Subscription.Item item = events.poll(); item != null; item = events.poll()) {
            if (item instanceof Subscription.Signal signal && signal.type().startsWith("coordination.")) {
                final byte[] json = signal.payload().getBytes(StandardCharsets.UTF_8);
                assertThat(told.put(signal.type(), DocumentJson.mapIn(json)))
                        .as("%s is told once", signal.type())
                        .isNull();
            }
        }
        return told;
    }

    private void handleParallel() {
        patterns.handle("design", task -> Map.of("plan", "p"))
                .handle("implement_module", task -> {
                    final long module = task.input().get("module").asLong();
                    done.add(task.taskId() + task.results());
                    return Map.of("module_" + module, "done", "shared", module);
                })
                .handle("integrate_modules", task -> task.synthesis());
    }

    // ------------------------------------------------------------------ parallel implementation

    @Test
    @Conforms({"GAP-PATTERN-4", "DIFF-27", "T-OE2E-01"})
    void shouldGenerateTheTasksRunThemAndJoinTheirResults() {
        handleParallel();
        final PatternRun run = worked(patterns.generate("ticket", "design", "parallel", Map.of("module_count", 4)));
        assertThat(run.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(done)
                .containsExactlyInAnyOrder(
                        "modules_1{parallel_source={\"plan\":\"p\"}}",
                        "modules_2{parallel_source={\"plan\":\"p\"}}",
                        "modules_3{parallel_source={\"plan\":\"p\"}}",
                        "modules_4{parallel_source={\"plan\":\"p\"}}");
        assertThat(run.result().toMap())
                .containsEntry("module_1", "done")
                .containsEntry("module_4", "done")
                .containsEntry("shared", 4L)
                .containsEntry("_source_task_ids", run.expansion().ids("split_task_ids"))
                .containsEntry("_join_id", "integration");
        final Map<String, DocumentValue> told = told();
        assertThat(told.keySet())
                .containsExactly(
                        CoordinationEvents.JOIN_CREATED,
                        CoordinationEvents.SPLIT_CREATED,
                        CoordinationEvents.SYNC_CREATED,
                        CoordinationEvents.SYNC_READY,
                        CoordinationEvents.SYNTHESIS_COMPLETED);
        assertThat(told.get(CoordinationEvents.SPLIT_CREATED).toMap())
                .containsEntry("split_id", "modules")
                .containsEntry("source_task_id", "parallel_source")
                .containsEntry("target_task_ids", run.expansion().ids("split_task_ids"));
        assertThat(told.get(CoordinationEvents.SYNC_READY).toMap())
                .isEqualTo(Map.of("sync_id", "built", "completed_count", 4L, "required_count", 4L));
    }

    @Test
    void shouldFailWhenATaskFailsForGoodAndTryItAgainBefore() {
        final AtomicInteger attempts = new AtomicInteger();
        patterns.handle("design", task -> null)
                .handle("implement_module", task -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("no compiler");
                });
        final PatternRun run = worked(patterns.generate("ticket", "design", "parallel", Map.of("module_count", 1)));
        assertThat(run.await(NONE)).isEqualTo(RunState.RUNNING);
        later(Duration.ofSeconds(2));
        assertThat(run.await(NONE)).isEqualTo(RunState.FAILED);
        assertThat(attempts).hasValue(2);
        assertThat(run.result()).isNull();
    }

    @Test
    @Conforms("GAP-PATTERN-8")
    void shouldFailWhenASyncPointIsNotReadyInTime() {
        patterns.handle("design", task -> null).handle("implement_module", task -> StepResult.release());
        final PatternRun run = patterns.generate("ticket", "design", "parallel", Map.of("module_count", 1));
        kernel.tasks().finish(
                        new Tasks.Task(run.handle().handle(), 0, 1, null),
                        StepEnding.SUCCEEDED,
                        0,
                        new byte[0],
                        new byte[0])
                .orThrow();
        clock.moveTo(clock.wallClockNs() + Duration.ofSeconds(7201).toNanos());
        kernel.pulse();
        assertThat(run.handle().snapshot().step("built").state()).isEqualTo(StepState.FAILED);
        assertThat(run.await(NONE)).isNotEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void shouldNameATypeOfTaskThatNobodyDoes() {
        patterns.handle("desing", task -> null);
        final PatternRun run = worked(patterns.generate("ticket", "design", "parallel", Map.of()));
        assertThat(run.await(NONE)).isEqualTo(RunState.FAILED);
        assertThat(new String(
                        run.handle().snapshot().step("parallel_source").detail(),
                        StandardCharsets.UTF_8))
                .isEqualTo("nobody does tasks of type 'design'; known are [desing]");
    }

    // ------------------------------------------------------------------ vote

    private void handleVote(final Map<String, String> votes) {
        patterns.handle("evaluate", task -> {
                    final String vote = votes.get(task.input().textOf("option"));
                    if (vote == null) {
                        throw new IllegalStateException("cannot say");
                    }
                    return Map.of("vote", vote);
                })
                .handle("implement_decision", task -> task.synthesis());
    }

    @Test
    @Conforms({"T-OE2E-03", "GAP-PATTERN-1"})
    void shouldCarryOutWhatMoreThanHalfVoteFor() {
        handleVote(Map.of("a", "x", "b", "y", "c", "x"));
        final PatternRun run = worked(patterns.applyPatternToTicket("ticket", "vote", Map.of()));
        assertThat(run.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.result().textOf("vote")).isEqualTo("x");
        assertThat(run.result("result").get("_undecided").size()).isZero();
        assertThat(told().get(CoordinationEvents.MERGE_COMPLETED).toMap())
                .isEqualTo(Map.of(
                        "merge_id", "result",
                        "source_task_ids", List.of("votes_1", "votes_2", "votes_3"),
                        "merge_strategy", "majority",
                        "result_keys", List.of("vote")));
    }

    @Test
    void shouldDecideWithoutOneWhoFailsAndRecordWhenNobodyHasAMajority() {
        handleVote(Map.of("a", "x", "b", "x"));
        final PatternRun agreed = worked(patterns.applyPatternToTicket("ticket", "vote", Map.of()));
        assertThat(agreed.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(agreed.result().textOf("vote")).isEqualTo("x");
    }

    @Test
    void shouldRecordThatNobodyHasAMajority() {
        handleVote(Map.of("a", "x", "b", "y", "c", "z"));
        final PatternRun run = worked(patterns.applyPatternToTicket("ticket", "vote", Map.of()));
        assertThat(run.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.result().get("vote")).isNull();
        assertThat(run.result().get("_undecided").toTexts()).containsExactly("vote");
    }

    @Test
    void shouldFailWhenTooFewVote() {
        handleVote(Map.of("a", "x"));
        final PatternRun run = worked(patterns.applyPatternToTicket("ticket", "vote", Map.of()));
        assertThat(run.await(NONE)).isEqualTo(RunState.FAILED);
        assertThat(run.handle().snapshot().step("in").state()).isEqualTo(StepState.FAILED);
    }

    // ------------------------------------------------------------------ review loop

    private void handleReview(final int approvedInRound) {
        patterns.handle("implement", task -> Map.of("code", task.taskId()))
                .handle("review", task -> {
                    done.add("review " + task.round() + " of " + task.results().keySet());
                    return Map.of("approved", task.round() == approvedInRound, "feedback", "round " + task.round());
                })
                .handle("refine", task -> {
                    done.add("refine " + task.round() + " by "
                            + task.results().get("loop_review_" + task.round()).textOf("feedback"));
                    return Map.of("code", "refined " + task.round());
                })
                .handle("review_and_merge", task -> task.synthesis());
    }

    @Test
    @Conforms("T-OE2E-02")
    void shouldReviewAndRefineUntilItIsApproved() {
        handleReview(2);
        final PatternRun run = worked(patterns.applyPatternToTicket("ticket", "review", Map.of()));
        assertThat(run.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(done)
                .containsExactly(
                        "review 1 of [features_1, features_2]",
                        "refine 1 by round 1",
                        "review 2 of [features_1, features_2, loop_refine_1]");
        assertThat(run.result().toMap())
                .containsEntry("approved", true)
                .containsEntry("rounds", 2L)
                .containsEntry("result", Map.of("code", "refined 1"));
        assertThat(run.handle().snapshot().step("loop_review_3").state()).isEqualTo(StepState.SKIPPED);
    }

    @Test
    void shouldEndTheLoopWithTheFirstReviewWhenItApproves() {
        handleReview(1);
        final PatternRun run = worked(patterns.applyPatternToTicket("ticket", "review", Map.of()));
        assertThat(run.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(done).hasSize(1);
        assertThat(run.result().mapOf("result").toMap())
                .containsEntry("features_1", Map.of("code", "features_1"));
    }

    @Test
    void shouldFailWhenTheLastReviewDoesNotApprove() {
        handleReview(9);
        final PatternRun run = worked(patterns.applyPatternToTicket("ticket", "review", Map.of("max_rounds", 2)));
        assertThat(run.await(NONE)).isEqualTo(RunState.FAILED);
        assertThat(done).hasSize(3);
        assertThat(run.handle().snapshot().step("end_task").state()).isEqualTo(StepState.CANCELLED);
    }

    // ------------------------------------------------------------------ applying

    @Test
    void shouldApplyToACompletedTaskOfTheBoardOrOfARun() {
        handleParallel();
        final CoordinationService service = new CoordinationService(kernel, kernel.coordination("ticket"));
        service.board().enqueue(TaskTemplate.of("design").withId("d1"));
        assertThatThrownBy(() -> patterns.applyPatternToTicket("ticket", "parallel", Map.of("source_task_id", "d1")))
                .isInstanceOf(BoardException.class)
                .hasMessageContaining("Task d1 is not completed");
        service.complete("d1", Map.of("plan", "q"));
        final PatternRun first = worked(patterns.applyPatternToTicket(
                "ticket", "parallel", Map.of("source_task_id", "d1", "module_count", 1, "split_task_1_id", "task_1")));
        assertThat(first.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(done).containsExactly("task_1{d1={\"plan\":\"q\"}}");
        final PatternRun second = worked(patterns.applyPatternToTicket(
                "ticket", "parallel", Map.of("source_task_id", "task_1", "module_count", 1)));
        assertThat(second.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(done.get(1)).startsWith("modules_1{task_1={");
        assertThatThrownBy(() -> patterns.applyPatternToTicket("ticket", "parallel", Map.of("source_task_id", "nope")))
                .hasMessageContaining("no task 'nope'");
        assertThatThrownBy(() -> patterns.applyPatternToTicket("ticket", "serial", Map.of()))
                .hasMessageContaining("there is no pattern 'serial'; there are parallel, review, vote");
    }

    @Test
    void shouldApplyByMetadataAndByARule() {
        handleParallel();
        final List<PatternRule> rules = List.of(
                PatternRule.of("vote", Map.of("kind", "decision")),
                new PatternRule("parallel", Map.of("kind", "feature"), Map.of("module_count", 2)));
        final PatternRun byRule = worked(patterns.applyByMetadata(
                "ticket", Map.of("kind", "feature", "size", 3), rules, Map.of()));
        assertThat(byRule.expansion().ids("split_task_ids")).hasSize(2);
        assertThat(byRule.await(NONE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(patterns.applyByMetadata("ticket", Map.of("pattern", "review"), rules, Map.of())
                        .expansion()
                        .pattern())
                .isEqualTo("review");
        assertThatThrownBy(() -> patterns.applyByMetadata("ticket", Map.of("kind", "bug"), rules, Map.of()))
                .isInstanceOf(BoardException.class)
                .hasMessageContaining("no rule");
        final List<PatternRun> each = patterns.applyToMatching(
                "ticket",
                new PatternRule("parallel", Map.of("task_type", "implement_module"), Map.of("module_count", 1)));
        assertThat(each).extracting(run -> run.expansion().id("source_task_id")).containsExactly("modules_1", "modules_2");
    }

    // ------------------------------------------------------------------ measured

    @Test
    @Conforms("FUTURE-40")
    void shouldMeasureEachPattern() {
        handleParallel();
        worked(patterns.generate("ticket", "design", "parallel", Map.of())).await(NONE);
        handleVote(Map.of());
        worked(patterns.applyPatternToTicket("ticket", "vote", Map.of())).await(NONE);
        patterns.applyPatternToTicket("ticket", "vote", Map.of());
        final MetricsSnapshot snapshot = kernel.metrics().snapshot();
        assertThat(snapshot.counter("patterns_started.vote")).isEqualTo(2);
        assertThat(snapshot.counter("patterns_failed.vote")).isEqualTo(1);
        assertThat(snapshot.counter("patterns_succeeded.parallel")).isEqualTo(1);
        assertThat(snapshot.timing("pattern_task_time.parallel").orElseThrow().count()).isEqualTo(5);
        assertThat(snapshot.timing("pattern_time.parallel").orElseThrow().count()).isEqualTo(1);
        assertThat(patterns.statistics("vote")).isEqualTo(new PatternStatistics("vote", 1, 0, 1, 0));
    }

    @Test
    void shouldMergeByAFunctionOfOnesOwnAndRefuseOneThatIsNotThere() {
        final Pattern custom = Pattern.of(Map.of(
                "name", "custom",
                "pattern", Map.of("type", "split", "id", "s", "target_tasks", List.of(Map.of("repeat", 2, "task_type", "work"))),
                "merge",
                        Map.of(
                                "id", "m",
                                "source_task_ids", SPLIT_IDS,
                                "merge_strategy", "custom",
                                "custom_merge_fn", "count")));
        final CoordinationPatterns own = new CoordinationPatterns(kernel, PatternLibrary.of(custom));
        assertThatThrownBy(() -> own.applyPatternToTicket("t", "custom", Map.of()))
                .hasMessageContaining("no merge function is called 'count'");
        workers.close();
        own.mergeFunctions().register("count", sources -> Map.of("count", sources.size()));
        own.handle("work", task -> Map.of());
        try (Workers mine = own.serve(WorkerTerms.byHand())) {
            final PatternRun run = own.applyPatternToTicket("t", "custom", Map.of());
            mine.work();
            assertThat(run.await(NONE)).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.result("m").get("count")).isEqualTo(DocumentValue.of(2));
        }
    }

    /** The process ends in the middle; the next one goes on with what was not done. */
    @Test
    void shouldGoOnAfterARestart() {
        final MemoryJournal journal = new MemoryJournal();
        final KernelConfig config = KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock);
        final long handle;
        try (Kernel first = Kernel.launch(config, journal)) {
            final CoordinationPatterns before = new CoordinationPatterns(first, PatternLibrary.of(PARALLEL))
                    .handle("design", task -> Map.of("plan", "p"))
                    .handle("implement_module", task -> StepResult.release());
            final PatternRun run = before.generate("ticket", "design", "parallel", Map.of());
            handle = run.handle().handle();
            first.tasks().finish(
                    new Tasks.Task(handle, 0, 1, null),
                    StepEnding.SUCCEEDED,
                    0,
                    "{\"plan\":\"p\"}".getBytes(StandardCharsets.UTF_8),
                    new byte[0]);
        }
        try (Kernel second = Kernel.launch(config, journal.reopened())) {
            final CoordinationPatterns after = new CoordinationPatterns(second, PatternLibrary.EMPTY)
                    .handle("implement_module", task -> Map.of(task.taskId(), task.results().toString()))
                    .handle("integrate_modules", task -> task.synthesis());
            try (Workers mine = after.serve(WorkerTerms.byHand())) {
                mine.work();
                assertThat(second.tasks().run(handle).state()).isEqualTo(RunState.SUCCEEDED);
            }
        }
    }
}

package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.board.BoardException;
import io.signalbox.kernel.board.BoardException.Reason;
import io.signalbox.kernel.board.BoardTask;
import io.signalbox.kernel.board.CoordinationEvents;
import io.signalbox.kernel.board.CoordinationService;
import io.signalbox.kernel.board.MergeFunctions;
import io.signalbox.kernel.board.PendingJoin;
import io.signalbox.kernel.board.TaskBoard;
import io.signalbox.kernel.board.TaskStatus;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.InvalidPatternException;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.PatternFault;
import io.signalbox.kernel.pattern.ReadyScoring;
import io.signalbox.kernel.pattern.TaskPriority;
import io.signalbox.kernel.pattern.TaskTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks made one by one, split, joined and merged through the front door. */
@Timeout(60)
class CoordinationServiceTest {
    private static final TaskTemplate DESIGN = TaskTemplate.of("design")
            .withId("design")
            .describedAs("PHASE_DESIGN", "Design it")
            .withPriority(TaskPriority.HIGH);

    private final ManualClock clock = new ManualClock(1_000_000_000L);
    private final Kernel kernel = Kernel.launch(
            KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));
    private final Coordination ticket = kernel.coordination("ticket");
    private final MergeFunctions functions = new MergeFunctions();
    private final CoordinationService service =
            new CoordinationService(kernel, ticket, functions, ReadyScoring.STANDARD);
    private final TaskBoard board = service.board();
    private final Subscription events = kernel.subscribe();

    @AfterEach
    void close() {
        kernel.close();
    }

    private BoardTask task(final String id, final String... needs) {
        return board.enqueue(TaskTemplate.of("work").withId(id), needs);
    }

    private void tasks(final String... ids) {
        for (final String id : ids) {
            task(id);
        }
    }

    private static List<String> ids(final List<BoardTask> tasks) {
        return tasks.stream().map(BoardTask::id).toList();
    }

    private List<DocumentValue> told(final String type) {
        final List<DocumentValue> told = new ArrayList<>();
        for (Subscription.Item item = events.poll(); item != null; item = events.poll()) {
            if (item instanceof Subscription.Signal signal && signal.type().equals(type)) {
                final byte[] json = signal.payload().getBytes(StandardCharsets.UTF_8);
                told.add(DocumentJson.parse(json, 0, json.length));
            }
        }
        return told;
    }

    private static void shouldRefuse(final Reason reason, final String words, final Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        BoardException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(words);
    }

    // ------------------------------------------------------------------ split

    @Test
    @Conforms("T-OCOORD-05")
    void shouldSplitATaskIntoSomeThatDependOnIt() {
        board.enqueue(DESIGN);
        final List<BoardTask> modules = service.splitTask(
                "modules",
                "design",
                List.of(TaskTemplate.of("implement_module_a"), TaskTemplate.of("implement_module_b")),
                List.of("python"));
        assertThat(modules)
                .extracting(BoardTask::id, BoardTask::taskType, BoardTask::dependsOn, BoardTask::requiredCapabilities)
                .containsExactly(
                        Tuple.tuple("modules_1", "implement_module_a", List.of("design"), List.of("python")),
                        Tuple.tuple("modules_2", "implement_module_b", List.of("design"), List.of("python")));
        assertThat(told(CoordinationEvents.SPLIT_CREATED))
                .containsExactly(DocumentValue.of(Map.of(
                        "split_id",
                        "modules",
                        "source_task_id",
                        "design",
                        "target_task_ids",
                        List.of("modules_1", "modules_2"),
                        "required_capabilities",
                        List.of("python"))));
    }

    @Test
    @Conforms("T-OCOORD-06")
    void shouldNotSplitATaskThatIsNotThere() {
        shouldRefuse(
                Reason.UNKNOWN_TASK,
                "Source task not found: nowhere",
                () -> service.splitTask("s", "nowhere", List.of(TaskTemplate.of("a"))));
        board.enqueue(DESIGN);
        shouldRefuse(Reason.NOTHING_TO_DO, "no task", () -> service.splitTask("s", "design", List.of()));
        service.splitTask("s", "design", List.of(TaskTemplate.of("a")));
        shouldRefuse(
                Reason.DUPLICATE_ID,
                "'s_1'",
                () -> service.splitTask(
                        "s",
                        "design",
                        List.of(
                                TaskTemplate.of("b").withId("new"),
                                TaskTemplate.of("a").withId("s_1"))));
        assertThat(board.task("new")).as("all or none").isNull();
    }

    // ------------------------------------------------------------------ join

    @Test
    @Conforms({"T-OCOORD-08", "GAP-PATTERN-7"})
    void shouldNotJoinTasksThatAreNotThereOrStandTwice() {
        shouldRefuse(
                Reason.UNKNOWN_TASK,
                "Some source tasks not found: x, y",
                () -> service.joinTasks("j", List.of("x", "y"), TaskTemplate.of("next"), MergeStrategy.ALL));
        tasks("x");
        shouldRefuse(
                Reason.DUPLICATE_ID,
                "named twice",
                () -> service.joinTasks("j", List.of("x", "x"), TaskTemplate.of("next"), MergeStrategy.ALL));
        shouldRefuse(
                Reason.NOTHING_TO_DO,
                "no task",
                () -> service.joinTasks("j", List.of(), TaskTemplate.of("next"), MergeStrategy.ALL));
        assertThat(service.pendingJoins()).isEmpty();
    }

    @Test
    @Conforms({"T-OE2E-04", "T-ODEP-05"})
    void shouldJoinAChainWithoutACircleAndRefuseOne() {
        task("task_1");
        task("task_2", "task_1");
        final BoardTask next = service.joinTasks(
                "j", List.of("task_1", "task_2"), TaskTemplate.of("next").withId("next"), MergeStrategy.ALL);
        assertThat(next.dependsOn()).containsExactly("task_1", "task_2");
        assertThat(board.circleWith("next", next.dependsOn())).isEmpty();
        assertThat(board.circleWith("task_1", List.of("next")))
                .hasSizeGreaterThanOrEqualTo(3)
                .startsWith("task_1")
                .endsWith("task_1");
        shouldRefuse(
                Reason.CIRCULAR_DEPENDENCIES,
                "task_1 -> next -> task_1",
                () -> board.addDependencies("task_1", List.of("next")));
        shouldRefuse(
                Reason.CIRCULAR_DEPENDENCIES,
                "task_1 -> ",
                () -> service.registerJoin("back", List.of("next"), "task_1", MergeStrategy.ALL));
    }

    @Test
    @Conforms({"T-OSYN-12", "T-OSYN-13", "T-OSYN-16", "T-OACT-11", "T-OACT-12"})
    void shouldRegisterAJoinOnceAndFindItByItsTasks() {
        tasks("a", "b", "end");
        final BoardTask end = service.registerJoin("join-1", List.of("a", "b"), "end", MergeStrategy.COMBINE);
        assertThat(end.dependsOn()).containsExactly("a", "b");
        assertThat(service.pendingJoins())
                .containsExactly(new PendingJoin(
                        "join-1", List.of("a", "b"), "end", MergeStrategy.COMBINE, "", "pending", Long.MAX_VALUE, ""));
        assertThat(board.task("a").joins()).containsExactly("join-1");
        assertThat(board.task("b").joins()).containsExactly("join-1");
        assertThat(told(CoordinationEvents.JOIN_CREATED))
                .containsExactly(DocumentValue.of(Map.of(
                        "join_id", "join-1",
                        "source_task_ids", List.of("a", "b"),
                        "continuation_task_id", "end",
                        "merge_strategy", "combine")));
        assertThatThrownBy(() -> service.pendingJoins().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(service.pendingJoins()).as("unchanged").hasSize(1);
        shouldRefuse(
                Reason.DUPLICATE_ID,
                "join-1",
                () -> service.registerJoin("join-1", List.of("a"), "end", MergeStrategy.ALL));
    }

    @Test
    @Conforms({"T-OSYN-14", "T-OSYN-15"})
    void shouldRegisterAJoinThatAnEventTellsOf() {
        tasks("a", "b", "end");
        assertThat(service.handleJoinCreated(Map.of(
                        "join_id", "j",
                        "source_task_ids", List.of("a", "b"),
                        "continuation_task_id", "end",
                        "merge_strategy", "union")))
                .isTrue();
        assertThat(service.join("j").strategy()).isEqualTo(MergeStrategy.UNION);
        assertThat(service.handleJoinCreated(Map.of("source_task_ids", List.of("a"), "continuation_task_id", "end")))
                .isFalse();
        assertThat(service.handleJoinCreated(Map.of("join_id", "k", "continuation_task_id", "end")))
                .isFalse();
        assertThat(service.pendingJoins()).hasSize(1);
    }

    @Test
    @Conforms({"T-OSYN-19", "T-OSYN-28", "T-OSYN-17"})
    void shouldEndAJoinWithItsLastSource() {
        tasks("a", "b");
        service.joinTasks("j", List.of("a", "b"), TaskTemplate.of("next").withId("end"), MergeStrategy.ALL);
        service.complete("b", Map.of("b", 1, "both", "b"));
        assertThat(service.pendingJoins()).hasSize(1);
        assertThat(board.areDependenciesComplete("end")).isFalse();
        assertThat(board.claim("end", "ann")).isFalse();
        service.complete("a", Map.of("a", 2, "both", "a"));
        assertThat(service.pendingJoins()).isEmpty();
        final DocumentValue context = board.task("end").synthesisContext();
        assertThat(context.toMap())
                .containsEntry("a", 2L)
                .containsEntry("b", 1L)
                .containsEntry("both", "b")
                .containsEntry("_join_id", "j")
                .containsEntry("_source_count", 2L)
                .containsEntry("_source_task_ids", List.of("a", "b"));
        assertThat(context.get("_source_results").value(0).toMap())
                .containsEntry("task_id", "a")
                .containsEntry("task_type", "work");
        assertThat(told(CoordinationEvents.SYNTHESIS_COMPLETED)).hasSize(1);
        service.complete("a", Map.of("a", 2, "both", "a"));
        assertThat(told(CoordinationEvents.SYNTHESIS_COMPLETED)).as("once").isEmpty();
        assertThat(board.claim("end", "ann")).isTrue();
        assertThat(board.task("end").agent()).isEqualTo("ann");
    }

    @Test
    @Conforms({"T-OSYN-27", "T-OACT-13"})
    void shouldEndAJoinOfCompletedSourcesAtOnce() {
        tasks("a", "b", "end");
        service.complete("a", Map.of("a", 1));
        service.complete("b", Map.of("b", 2));
        service.handleJoinCreated(Map.of(
                "join_id", "j",
                "source_task_ids", List.of("a", "b"),
                "continuation_task_id", "end",
                "merge_strategy", "union"));
        assertThat(board.task("end").synthesisContext().toMap())
                .containsEntry("a", 1L)
                .containsEntry("b", 2L)
                .containsEntry("_join_id", "j")
                .containsEntry("_merge_strategy", "union");
    }

    @Test
    void shouldEndAJoinWithAsManyAsItsWordSays() {
        tasks("a", "b", "c");
        service.joinTasks("first", List.of("a", "b", "c"), TaskTemplate.of("n").withId("one"), MergeStrategy.FIRST);
        service.joinTasks("most", List.of("a", "b", "c"), TaskTemplate.of("n").withId("two"), MergeStrategy.MAJORITY);
        service.complete("c", Map.of("from", "c"));
        assertThat(board.task("one").synthesisContext().textOf("from")).isEqualTo("c");
        assertThat(board.areDependenciesComplete("two")).isFalse();
        service.complete("a", Map.of("from", "a"));
        assertThat(board.areDependenciesComplete("two")).isTrue();
        assertThat(board.task("two").synthesisContext().textOf("from"))
                .as("the later one in declared order")
                .isEqualTo("c");
    }

    @Test
    @Conforms("GAP-PATTERN-5")
    void shouldFailAJoinWhoseSourcesFailAndEverythingBehindIt() {
        tasks("a", "b", "c");
        service.joinTasks("most", List.of("a", "b", "c"), TaskTemplate.of("n").withId("two"), MergeStrategy.MAJORITY);
        task("behind", "two");
        task("needs_a", "a");
        service.fail("a", "no model");
        assertThat(board.task("needs_a").status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(service.join("most").isPending()).isTrue();
        service.fail("b", "no model");
        assertThat(service.join("most").state()).isEqualTo("failed");
        assertThat(board.task("two").status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(board.task("behind").status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(board.task("behind").error()).contains("'two', which it needs, has failed");
        assertThat(told(CoordinationEvents.SYNTHESIS_FAILED)).hasSize(1);
        service.complete("c", Map.of());
        shouldRefuse(Reason.ALREADY_ENDED, "FAILED", () -> service.complete("a", Map.of()));
    }

    private BoardTask joinWithin(final Duration timeout) {
        return service.joinTasks(
                "j", List.of("a", "b"), TaskTemplate.of("next").withId("end"), MergeStrategy.ALL, "", timeout);
    }

    private void moveTo(final long timeNs) {
        clock.moveTo(timeNs);
        kernel.pulse();
        kernel.turn();
    }

    @Test
    void shouldFailAJoinWhoseTimeIsUp() {
        tasks("a", "b");
        joinWithin(Duration.ofSeconds(10));
        board.enqueue(TaskTemplate.of("work").withId("after"), "end");
        service.complete("a", Map.of());
        assertThat(service.join("j").deadlineNs()).isEqualTo(11_000_000_000L);
        moveTo(10_999_999_999L);
        assertThat(service.pendingJoins()).hasSize(1);
        moveTo(11_000_000_000L);
        assertThat(service.pendingJoins()).isEmpty();
        assertThat(service.join("j").error()).contains("time was up");
        assertThat(board.task("end").status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(board.task("after").status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(told(CoordinationEvents.SYNTHESIS_FAILED)).hasSize(1);
        service.complete("b", Map.of());
        assertThat(board.task("end").status()).as("too late").isEqualTo(TaskStatus.CANCELLED);
        assertThat(told(CoordinationEvents.SYNTHESIS_COMPLETED)).isEmpty();
        assertThat(ticket.sync().status("join:j")).as("its limit is gone").isNull();
    }

    @Test
    void shouldEndAJoinInTimeAndForgetItsLimit() {
        tasks("a", "b");
        joinWithin(Duration.ofSeconds(10));
        service.complete("a", Map.of("a", 1));
        moveTo(10_999_999_999L);
        service.complete("b", Map.of("b", 2));
        moveTo(20_000_000_000L);
        assertThat(service.join("j").state()).isEqualTo("done");
        assertThat(board.task("end").synthesisContext().toMap()).containsEntry("b", 2L);
        assertThat(ticket.sync().status("join:j")).isNull();
    }

    @Test
    void shouldTellWhoWaitsForAContinuationAsSoonAsTheTimeOfItsJoinIsUp() throws InterruptedException {
        tasks("a", "b");
        joinWithin(Duration.ofSeconds(10));
        final Dependency end = ticket.awaitsCompletion("end");
        final CountDownLatch settled = new CountDownLatch(1);
        final List<Runnable> handed = new CopyOnWriteArrayList<>();
        try (Listening watch = service.watch(task -> {
            handed.add(task);
            settled.countDown();
        })) {
            moveTo(11_000_000_000L);
            assertThat(settled.await(30, TimeUnit.SECONDS)).isTrue();
            handed.forEach(Runnable::run); // this thread launched the kernel and turns it
            assertThat(end.poll()).isInstanceOf(Outcome.Failed.class);
            assertThat(watch.failures()).isZero();
        }
    }

    @Test
    void shouldRefuseAJoinWithoutTime() {
        tasks("a", "b");
        assertThatThrownBy(() -> joinWithin(Duration.ZERO)).hasMessageContaining("must be above zero");
        assertThat(service.join("j")).isNull();
        assertThat(joinWithin(Duration.ofSeconds(Long.MAX_VALUE)).id()).isEqualTo("end");
        assertThat(service.join("j").isLimited()).isFalse();
    }

    @Test
    void shouldTakeTheTimeOfAJoinFromItsPattern() {
        tasks("a", "b");
        service.executePattern(Map.of(
                "type",
                "join",
                "id",
                "j",
                "source_task_ids",
                List.of("a", "b"),
                "continuation_task",
                Map.of("task_type", "next"),
                "timeout_seconds",
                60));
        assertThat(service.join("j").deadlineNs()).isEqualTo(61_000_000_000L);
    }

    @Test
    void shouldTellOnceOfAMergeThatIsAskedForAgain() {
        tasks("a", "b");
        service.complete("a", Map.of("a", 1));
        service.complete("b", Map.of("b", 2));
        service.mergeTaskResults("m", List.of("a", "b"), MergeStrategy.UNION);
        service.mergeTaskResults("m", List.of("a", "b"), MergeStrategy.UNION);
        assertThat(told(CoordinationEvents.MERGE_COMPLETED)).hasSize(1);
        service.mergeTaskResults("m", List.of("a"), MergeStrategy.UNION);
        assertThat(told(CoordinationEvents.MERGE_COMPLETED)).as("another merge").hasSize(1);
    }

    // ------------------------------------------------------------------ merge

    @Test
    @Conforms({"T-OCOORD-11", "T-OSYN-20", "T-OSYN-10", "GAP-PATTERN-6"})
    void shouldMergeOnlyWhatIsCompletedAndThere() {
        tasks("a", "b");
        service.complete("a", Map.of("k", 1));
        shouldRefuse(
                Reason.NOT_COMPLETED,
                "Task b is not completed",
                () -> service.mergeTaskResults("m", List.of("a", "b"), MergeStrategy.COMBINE));
        shouldRefuse(
                Reason.UNKNOWN_TASK,
                "Some source tasks not found: z",
                () -> service.mergeTaskResults("m", List.of("a", "z"), MergeStrategy.COMBINE));
        service.complete("b", Map.of("l", 2));
        assertThat(service.mergeTaskResults("m", List.of("b", "a"), MergeStrategy.COMBINE)
                        .keys())
                .containsExactly("k", "l");
        assertThat(told(CoordinationEvents.MERGE_COMPLETED))
                .containsExactly(DocumentValue.of(Map.of(
                        "merge_id",
                        "m",
                        "source_task_ids",
                        List.of("b", "a"),
                        "merge_strategy",
                        "combine",
                        "result_keys",
                        List.of("k", "l"))));
        assertThatThrownBy(() -> service.executePattern(
                        Map.of("type", "merge", "id", "m", "source_task_ids", List.of("a"), "merge_strategy", "blend")))
                .isInstanceOfSatisfying(
                        InvalidPatternException.class,
                        e -> assertThat(e.fault()).isEqualTo(PatternFault.UNKNOWN_STRATEGY));
    }

    @Test
    @Conforms("FUTURE-40")
    void shouldMergeByAFunctionOfOnesOwn() {
        tasks("a", "b");
        service.complete("a", Map.of("score", 3));
        service.complete("b", Map.of("score", 5));
        shouldRefuse(
                Reason.UNKNOWN_FUNCTION,
                "no merge function is called 'best'",
                () -> service.mergeTaskResults("m", List.of("a", "b"), MergeStrategy.CUSTOM, "best"));
        functions.register(
                "best",
                sources -> Map.of(
                        "best",
                        sources.stream()
                                .mapToLong(
                                        source -> source.result().get("score").asLong())
                                .max()
                                .orElse(0)));
        assertThat(service.mergeTaskResults("m", List.of("a", "b"), MergeStrategy.CUSTOM, "best")
                        .value()
                        .toMap())
                .isEqualTo(Map.of("best", 5L));
        shouldRefuse(Reason.DUPLICATE_ID, "'best'", () -> functions.register("best", sources -> Map.of()));
    }

    @Test
    void shouldTellWhoCompletesThatAFunctionHasFailedAndTryItAgain() {
        tasks("a", "b");
        final AtomicInteger calls = new AtomicInteger();
        functions.register("picky", sources -> {
            if (calls.incrementAndGet() == 1) {
                throw new BoardTrouble();
            }
            return Map.of("calls", calls.get());
        });
        service.joinTasks("j", List.of("a", "b"), TaskTemplate.of("n").withId("end"), MergeStrategy.CUSTOM, "picky");
        service.complete("a", Map.of());
        assertThatThrownBy(() -> service.complete("b", Map.of())).isInstanceOf(BoardTrouble.class);
        assertThat(board.task("b").status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(service.join("j").isPending()).isTrue();
        service.complete("b", Map.of());
        assertThat(board.task("end").synthesisContext().get("calls").asLong()).isEqualTo(2);
    }

    private static final class BoardTrouble extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // ------------------------------------------------------------------ one pattern by its type

    @Test
    @Conforms("T-OCOORD-12")
    void shouldExecuteASyncPattern() {
        tasks("a", "b");
        final Map<String, Object> made = service.executePattern(
                Map.of("type", "sync", "id", "both", "waiting_task_ids", List.of("a", "b"), "timeout_seconds", 60));
        assertThat(made).containsEntry("sync_id", "both");
        assertThat(((SyncStatus) made.get("sync_point")).required()).isEqualTo(2);
        service.complete("a", Map.of());
        assertThat(service.checkSyncPointReady("both")).isFalse();
        service.complete("b", Map.of());
        assertThat(service.checkSyncPointReady("both")).isTrue();
    }

    @Test
    @Conforms({"T-OCOORD-13", "T-OCOORD-14", "T-OCOORD-15"})
    void shouldExecuteASplitAJoinAndAMerge() {
        board.enqueue(DESIGN);
        assertThat(service.executePattern(Map.of(
                        "type", "split",
                        "id", "s",
                        "source_task_id", "design",
                        "target_tasks", List.of(Map.of("task_type", "build")))))
                .containsEntry("task_ids", List.of("s_1"));
        assertThat(board.task("s_1").phaseId()).as("that of its source").isEqualTo("PHASE_DESIGN");
        assertThat(board.task("s_1").priority()).isEqualTo(TaskPriority.HIGH);
        assertThat(service.executePattern(Map.of(
                        "type",
                        "join",
                        "id",
                        "j",
                        "source_task_ids",
                        List.of("design", "s_1"),
                        "continuation_task",
                        Map.of("task_type", "ship"))))
                .containsEntry("continuation_task_id", "j_task");
        assertThat(board.task("j_task").taskType()).isEqualTo("ship");
        service.complete("design", Map.of("key1", 1));
        service.complete("s_1", Map.of("key2", 2));
        @SuppressWarnings("unchecked") // a merged result is a map
        final Map<String, Object> merged = (Map<String, Object>)
                service.executePattern(Map.of("type", "merge", "id", "m", "source_task_ids", List.of("design", "s_1")))
                        .get("merged_result");
        assertThat(merged).containsEntry("key1", 1L).containsEntry("key2", 2L);
        assertThatThrownBy(() -> service.executePattern(Map.of("type", "fork")))
                .isInstanceOf(InvalidPatternException.class)
                .hasMessageContaining("must be one of split, sync, join, merge, loop, got 'fork'");
    }

    // ------------------------------------------------------------------ ready ones

    @Test
    @Conforms({"T-OREADY-06", "T-ODEP-02"})
    void shouldHandOutThePressingOnesFirstAndNoneBeforeWhatItNeeds() {
        board.enqueue(TaskTemplate.of("w").withId("low").withPriority(TaskPriority.LOW));
        board.enqueue(TaskTemplate.of("w").withId("critical").withPriority(TaskPriority.CRITICAL));
        board.enqueue(TaskTemplate.of("w").withId("medium"));
        board.enqueue(TaskTemplate.of("w").withId("high").withPriority(TaskPriority.HIGH), "medium");
        assertThat(ids(board.ready(10))).containsExactly("critical", "medium", "low");
        assertThat(ids(board.ready(1))).containsExactly("critical");
        service.complete("critical", Map.of());
        service.complete("medium", Map.of());
        assertThat(ids(board.ready(10))).containsExactly("high", "low");
        assertThat(ids(board.blockedBy("medium"))).containsExactly("high");
    }

    @Test
    void shouldHandOutWhatHasADeadlineAndWhatWasWaitingLong() {
        tasks("a", "b");
        board.setDeadlineNs("b", kernel.nowNs() + TimeUnit.MINUTES.toNanos(1));
        assertThat(ids(board.ready(1))).containsExactly("b");
        assertThat(board.claim("b", "ann")).isTrue();
        assertThat(board.claim("b", "ben")).isFalse();
        assertThat(ids(board.ready(9))).containsExactly("a");
        board.release("b");
        assertThat(board.task("b").retries()).isEqualTo(1);
        assertThat(ids(board.ready(9))).containsExactly("b", "a");
    }

    @Test
    void shouldRefuseATaskThatNeedsOneThatIsNotThere() {
        shouldRefuse(Reason.UNKNOWN_TASK, "no task 'tpyo'", () -> task("a", "tpyo"));
        task("a");
        shouldRefuse(Reason.DUPLICATE_ID, "'a'", () -> task("a"));
    }

    // ------------------------------------------------------------------ whole courses

    @Test
    @Conforms("T-OE2E-01")
    void shouldSplitADesignWaitForAllAndIntegrate() {
        board.enqueue(DESIGN);
        final List<BoardTask> modules = service.splitTask(
                "modules",
                "design",
                List.of(TaskTemplate.of("module"), TaskTemplate.of("module"), TaskTemplate.of("module")));
        service.createSyncPoint("built", ids(modules));
        final BoardTask end =
                service.joinTasks("integration", ids(modules), TaskTemplate.of("integrate_modules"), MergeStrategy.ALL);
        service.complete("design", Map.of());
        assertThat(service.checkSyncPointReady("built")).isFalse();
        for (int i = 0; i < 3; i++) {
            service.complete(modules.get(i).id(), Map.of("module_" + i, "done"));
        }
        assertThat(service.checkSyncPointReady("built")).isTrue();
        assertThat(end.dependsOn()).hasSize(3);
        assertThat(end.taskType()).isEqualTo("integrate_modules");
        assertThat(service.mergeTaskResults("m", ids(modules), MergeStrategy.COMBINE)
                        .keys())
                .containsExactly("module_0", "module_1", "module_2");
    }

    @Test
    @Conforms("T-OE2E-02")
    void shouldWaitForReviewsAndMergeWhatTheySay() {
        tasks("impl");
        final List<BoardTask> parts =
                service.splitTask("parts", "impl", List.of(TaskTemplate.of("code"), TaskTemplate.of("code")));
        task("review_1", parts.get(0).id());
        task("review_2", parts.get(1).id());
        service.createSyncPoint("reviewed", List.of("review_1", "review_2"), 2, Duration.ofHours(1));
        for (final String id : List.of("impl", "parts_1", "parts_2")) {
            service.complete(id, Map.of());
        }
        service.complete("review_1", Map.of("review_status", "approved"));
        service.complete("review_2", Map.of("review_status", "approved"));
        assertThat(service.checkSyncPointReady("reviewed")).isTrue();
        assertThat(service.mergeTaskResults("feedback", List.of("review_1", "review_2"), MergeStrategy.COMBINE)
                        .value()
                        .toMap())
                .isEqualTo(Map.of("review_status", "approved"));
    }

    @Test
    @Conforms("T-OE2E-03")
    void shouldDecideByTwoVotesOfThree() {
        tasks("decision");
        final List<BoardTask> votes = service.splitTask(
                "votes",
                "decision",
                List.of(TaskTemplate.of("vote"), TaskTemplate.of("vote"), TaskTemplate.of("vote")));
        service.createSyncPoint("two", ids(votes), 2, Duration.ofMinutes(30));
        service.complete("decision", Map.of());
        service.complete("votes_1", Map.of("vote", "option_a", "score", 8));
        service.complete("votes_2", Map.of("vote", "option_a", "score", 7));
        assertThat(service.checkSyncPointReady("two")).isTrue();
        assertThat(service.mergeTaskResults("m", List.of("votes_1", "votes_2"), MergeStrategy.MAJORITY)
                        .value()
                        .toMap())
                .isEqualTo(Map.of("vote", "option_a"));
        assertThat(service.joinTasks(
                                "j",
                                List.of("votes_1", "votes_2"),
                                TaskTemplate.of("implement_decision"),
                                MergeStrategy.MAJORITY)
                        .dependsOn())
                .containsExactly("votes_1", "votes_2");
    }

    /** Two threads complete the last two sources at the same moment: the join ends once. */
    @Test
    void shouldEndAJoinOnceWhoeverComesLast() throws Exception {
        try (Kernel threads = Kernel.launch(KernelConfig.standard())) {
            final Coordination coordination = threads.coordination("t");
            final CoordinationService one = new CoordinationService(threads, coordination);
            final CoordinationService two = new CoordinationService(threads, coordination);
            for (int round = 0; round < 50; round++) {
                final String a = "a" + round;
                final String b = "b" + round;
                one.board().enqueue(TaskTemplate.of("w").withId(a));
                one.board().enqueue(TaskTemplate.of("w").withId(b));
                one.joinTasks("j" + round, List.of(a, b), TaskTemplate.of("n"), MergeStrategy.ALL);
                final CountDownLatch start = new CountDownLatch(1);
                final Thread other = new Thread(() -> {
                    try {
                        start.await();
                        two.complete(b, Map.of("b", 1));
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                other.start();
                start.countDown();
                one.complete(a, Map.of("a", 1));
                other.join();
                assertThat(one.board()
                                .task("j" + round + "_task")
                                .synthesisContext()
                                .toMap())
                        .containsKeys("a", "b");
            }
            assertThat(one.pendingJoins()).isEmpty();
            assertThat(coordination.signals().metrics().totalSent()).isEqualTo(50 * 4);
        }
    }
}

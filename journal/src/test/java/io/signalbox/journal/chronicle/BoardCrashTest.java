package io.signalbox.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.chronicle.CrashImages.Image;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Threading;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.board.BoardTask;
import io.signalbox.kernel.board.CoordinationPatterns;
import io.signalbox.kernel.board.CoordinationService;
import io.signalbox.kernel.board.PendingJoin;
import io.signalbox.kernel.board.TaskBoard;
import io.signalbox.kernel.board.TaskStatus;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternLibrary;
import io.signalbox.kernel.pattern.TaskTemplate;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.workflow.RunSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Boards and patterns on a journal on disk: killed after each commit, and in the middle of each, they come to the same, and everything that is told of them is told
 * once over both lives.
 */
class BoardCrashTest {
    private static final Pattern PATTERN = Pattern.of(Map.of(
            "name", "parallel",
            "pattern",
                    Map.of(
                            "type", "split",
                            "id", "modules",
                            "source_task_id", "${source_task_id}",
                            "target_tasks", List.of(Map.of("repeat", 2, "task_type", "implement"))),
            "sync_points", List.of(Map.of("id", "built", "waiting_task_ids", "${split_task_ids}")),
            "merge", Map.of("id", "votes", "source_task_ids", "${split_task_ids}", "merge_strategy", "union"),
            "join",
                    Map.of(
                            "id",
                            "integration",
                            "source_task_ids",
                            "${split_task_ids}",
                            "continuation_task",
                            Map.of("task_type", "integrate"))));

    @TempDir
    private Path folder;

    // ------------------------------------------------------------------ the board

    /** Its author says after a crash whatever it cannot see on the board. */
    private static String worked(final Journal journal) {
        final HandMovedClock clock = new HandMovedClock();
        return live(journal, clock, kernel -> {
            final Coordination ticket = kernel.coordination("ticket");
            final CoordinationService service = new CoordinationService(kernel, ticket);
            final TaskBoard board = service.board();
            for (final String id : List.of("design", "lost", "never")) {
                if (board.task(id) == null) {
                    board.enqueue(TaskTemplate.of("work").withId(id));
                }
            }
            if (board.task("m_1") == null) {
                service.splitTask("m", "design", List.of(TaskTemplate.of("a"), TaskTemplate.of("b")));
            }
            if (service.join("whole") == null) {
                service.joinTasks("whole", List.of("m_1", "m_2"), TaskTemplate.of("put"), MergeStrategy.COMBINE);
            }
            if (board.task("after_lost") == null) {
                board.enqueue(TaskTemplate.of("work").withId("after_lost"), "lost");
            }
            if (service.join("broken") == null) {
                service.joinTasks("broken", List.of("m_1", "lost"), TaskTemplate.of("put"), MergeStrategy.COMBINE);
            }
            if (service.join("late") == null) {
                service.joinTasks(
                        "late",
                        List.of("m_1", "never"),
                        TaskTemplate.of("put"),
                        MergeStrategy.COMBINE,
                        "",
                        Duration.ofMillis(50));
            }
            if (ticket.sync().status("met") == null) {
                service.createSyncPoint("met", List.of("m_1", "m_2")).orThrow();
            }
            for (final String id : List.of("design", "m_1", "m_2")) {
                if (board.task(id).status() == TaskStatus.PENDING) {
                    board.claim(id, "ann");
                }
                if (board.task(id).status() == TaskStatus.RUNNING) {
                    service.complete(id, Map.of(id, "made by " + board.task(id).agent()));
                }
            }
            if (!board.task("lost").status().hasEnded()) {
                service.fail("lost", "cannot be done");
            }
            service.mergeTaskResults("both", List.of("m_1", "m_2"), MergeStrategy.UNION);
            if (!board.task("whole_task").status().hasEnded()) {
                service.complete(
                        "whole_task",
                        board.task("whole_task").synthesisContext().toMap());
            }
            while (!service.pendingJoins().isEmpty()) {
                clock.move(10);
                kernel.pulse();
                kernel.turn();
            }
            final PendingJoin late = service.join("late");
            assertThat(kernel.nowNs()).as("not later than its time").isEqualTo(late.deadlineNs());
            assertThat(ticket.sync().status("join:late")).isNull();
            assertThat(service.checkSyncPointReady("met")).isTrue();
            return board.tasks().stream().map(BoardCrashTest::line).collect(Collectors.joining("\n")) + late;
        });
    }

    /** What is said of a task whatever the number of lives. */
    private static String line(final BoardTask task) {
        return String.join(
                " | ",
                task.id(),
                task.status().name(),
                task.dependsOn().toString(),
                task.error(),
                withoutTime(task.result().toString()),
                withoutTime(task.synthesisContext().toString()));
    }

    private static String withoutTime(final String json) {
        return json.replaceAll("\"_synthesized_at\":\\d+", "");
    }

    @Test
    void shouldComeToTheSameBoardAndTellEverythingOnceWhereverItIsKilled() {
        requireTheSameEverywhere(BoardCrashTest::worked);
    }

    /** Nothing is said again: what had begun goes on by itself. */
    @Test
    void shouldGoOnWithWhatHadBegun() {
        final CrashImages journal = new CrashImages(folder.resolve("whole"));
        worked(journal);
        int interrupted = 0;
        for (final Image image : journal.images()) {
            final Path killed = image.into(folder.resolve("killed-" + image.position()));
            final Journal again = ChronicleJournal.open(killed, CrashImages.CONFIG);
            interrupted += live(again, new HandMovedClock(), kernel -> {
                final Coordination ticket = kernel.coordination("ticket");
                final long before = kernel.position();
                final CoordinationService service = new CoordinationService(kernel, ticket);
                final boolean wasInterrupted = kernel.position() > before;
                requireNothingHalfDone(ticket, service, "killed after " + image.position());
                final long after = kernel.position();
                new CoordinationService(kernel, ticket);
                assertThat(kernel.position())
                        .as("nothing is left to go on with")
                        .isEqualTo(after);
                return wasInterrupted ? 1 : 0;
            });
        }
        assertThat(interrupted).as("kills in the middle of something").isGreaterThan(3);
    }

    private static void requireNothingHalfDone(
            final Coordination ticket, final CoordinationService service, final String what) {
        final TaskBoard board = service.board();
        for (final BoardTask task : board.tasks()) {
            assertThat(ticket.signals().hasCompleted(task.id(), true))
                    .as("%s: %s", what, task)
                    .isEqualTo(task.status().hasEnded());
            if (task.status().isLost()) {
                assertThat(board.blockedBy(task.id()))
                        .as("%s: who needs %s", what, task.id())
                        .allMatch(other -> other.status().isLost());
            }
        }
        service.pendingJoins()
                .forEach(join -> assertThat(join.sourceTaskIds())
                        .as("%s: %s is open", what, join.id())
                        .anyMatch(source -> !board.task(source).status().hasEnded())
                        .noneMatch(source -> board.task(source).status().isLost()));
    }

    // ------------------------------------------------------------------ patterns

    private static String ran(final Journal journal) {
        return live(journal, new HandMovedClock(), kernel -> {
            final CoordinationPatterns patterns = new CoordinationPatterns(kernel, PatternLibrary.of(PATTERN))
                    .handle("design", task -> Map.of("style", "plain"))
                    .handle(
                            "implement",
                            task -> Map.of(task.taskId(), task.results().toString()))
                    .handle("integrate", task -> task.synthesis());
            try (Workers workers = patterns.serve(WorkerTerms.byHand())) {
                if (kernel.tasks().runs().isEmpty()) {
                    patterns.generate("ticket", "design", "parallel", Map.of());
                }
                RunSnapshot run = kernel.tasks().runs().get(0);
                while (!run.state().isFinal()) {
                    kernel.turn();
                    workers.work();
                    run = kernel.tasks().runs().get(0);
                }
                assertThat(kernel.tasks().runs()).hasSize(1);
                return ScriptedKernel.results(run);
            }
        });
    }

    @Test
    void shouldEndAPatternOnceAndTellEverythingOnceWhereverItIsKilled() {
        requireTheSameEverywhere(BoardCrashTest::ran);
    }

    // ------------------------------------------------------------------ lives

    private static <T> T live(final Journal journal, final HandMovedClock clock, final Function<Kernel, T> life) {
        final KernelConfig config = KernelConfig.standard()
                .withThreading(Threading.INVOKER)
                .withLimits(MachineLimits.small())
                .withClock(clock);
        try (Kernel kernel = Kernel.launch(config, journal)) {
            kernel.turn();
            return life.apply(kernel);
        }
    }

    private void requireTheSameEverywhere(final Function<Journal, String> life) {
        final Path whole = folder.resolve("whole");
        final CrashImages journal = new CrashImages(whole);
        final String results = life.apply(journal);
        final Map<String, Integer> told = SignalsTold.of(whole);
        assertThat(told.values()).as("told in one life: %s", told).containsOnly(1);
        final Random random = new Random(7);
        final List<Image> images = journal.images();
        for (int i = 0; i < images.size(); i++) {
            final Path killed = images.get(i).into(folder.resolve("killed-" + i));
            requireTheSame(
                    killed, life, results, told, "killed after " + images.get(i).position());
            if (i + 1 < images.size()) {
                final Path torn = images.get(i).into(folder.resolve("torn-" + i));
                final int at = images.get(i).tear(torn, images.get(i + 1), random);
                requireTheSame(
                        torn, life, results, told, "torn after " + images.get(i).position() + " at " + at);
            }
        }
    }

    private static void requireTheSame(
            final Path journal,
            final Function<Journal, String> life,
            final String results,
            final Map<String, Integer> told,
            final String what) {
        assertThat(life.apply(ChronicleJournal.open(journal, CrashImages.CONFIG)))
                .as(what)
                .isEqualTo(results);
        assertThat(SignalsTold.of(journal)).as(what).isEqualTo(told);
    }
}

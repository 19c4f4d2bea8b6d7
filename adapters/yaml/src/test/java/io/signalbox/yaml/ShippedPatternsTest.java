package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.board.CoordinationPatterns;
import io.signalbox.kernel.board.PatternRun;
import io.signalbox.kernel.workflow.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The patterns that come with Signalbox, from their files to their results, on threads. */
@Timeout(60)
class ShippedPatternsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final CoordinationPatterns patterns = new CoordinationPatterns(kernel, PatternFiles.shipped());
    private final Workers workers = patterns.serve(WorkerTerms.ownThreads());

    @AfterEach
    void close() {
        workers.close();
        kernel.close();
    }

    @Test
    void shouldImplementModulesAtTheSameTimeAndIntegrateThem() {
        patterns.handle("design_architecture", task -> Map.of("style", "hexagonal"))
                .handle(
                        "implement_module",
                        task -> Map.of("module_" + task.input().get("module").asLong(), "by " + task.results().keySet()))
                .handle("integrate_modules", task -> task.synthesis());
        final PatternRun run = patterns.generate(
                "ticket_123", "design_architecture", "parallel_implementation", Map.of("module_count", 3));
        assertThat(run.await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.expansion().id("continuation_task_id")).isEqualTo("integration_join_task");
        assertThat(run.result().toMap())
                .containsEntry("module_1", "by [parallel_implementation_source]")
                .containsEntry("module_3", "by [parallel_implementation_source]")
                .containsEntry("_source_count", 3L);
    }

    @Test
    void shouldReviewAndRefineUntilItIsGood() {
        patterns.handle("implement_feature", task -> Map.of("quality", 1))
                .handle("review_features", task -> Map.of("approved", task.round() == 3, "hint", "more"))
                .handle("refine_features", task -> Map.of("quality", 1 + task.round()))
                .handle("review_and_merge", task -> task.synthesis());
        final PatternRun run = patterns.applyPatternToTicket("ticket", "review_feedback_loop", Map.of("feature_count", 2));
        assertThat(run.await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.result().toMap())
                .containsEntry("approved", true)
                .containsEntry("rounds", 3L)
                .containsEntry("result", Map.of("quality", 3L));
        final PatternRun fewer = patterns.applyPatternToTicket("ticket", "review_feedback_loop", Map.of("max_rounds", 2));
        assertThat(fewer.await(PATIENCE)).isEqualTo(RunState.FAILED);
    }

    @Test
    void shouldCarryOutWhatTheMajorityVotesFor() {
        patterns.handle("evaluate_option", task -> {
                    final String option = task.input().textOf("option");
                    if (option.equals("silent")) {
                        throw new IllegalStateException("has no opinion");
                    }
                    return Map.of("vote", option.equals("dissent") ? "no" : "yes");
                })
                .handle("implement_decision", task -> task.synthesis());
        final PatternRun run = patterns.applyPatternToTicket(
                "ticket", "majority_vote", Map.of("options", List.of("dissent", "a", "silent", "b", "c"), "required_votes", 3));
        assertThat(run.await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.result().textOf("vote")).isEqualTo("yes");
        assertThat(run.result().get("_source_count").asLong()).isEqualTo(4);
    }
}

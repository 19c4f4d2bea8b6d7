package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notices that nobody takes do not pile up, and those that matter stay. */
@Timeout(60)
@SuppressWarnings("try") // workers serve as long as they are open
class NoticesTest {
    private static final int RUNS = 50_000;
    private static final int KEPT_MAX = 30_000;

    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final int definition = kernel.deploy(WorkflowDefinition.of(
            "work", List.of(StepDefinition.of("step").withPayload("step".getBytes(StandardCharsets.UTF_8)))));

    @AfterEach
    void close() {
        kernel.close();
    }

    private WorkflowRunHandle start() {
        return kernel.global().start(definition, new byte[0]);
    }

    private List<Tasks.Notice> left() {
        final List<Tasks.Notice> notices = new ArrayList<>();
        for (Tasks.Notice notice = kernel.tasks().poll();
                notice != null;
                notice = kernel.tasks().poll()) {
            notices.add(notice);
        }
        return notices;
    }

    @Test
    void shouldDropOldNoticesThatNobodyTakesAndKeepOffersThatStand() {
        final long first = start().handle();
        for (int i = 0; i < RUNS; i++) {
            start().cancel();
        }
        final WorkflowRunHandle last = start();
        final List<Tasks.Notice> left = left();
        assertThat(left).hasSizeLessThan(KEPT_MAX);
        assertThat(left)
                .filteredOn(Tasks.Task.class::isInstance)
                .extracting(Tasks.Notice::run)
                .startsWith(first)
                .endsWith(last.handle());
        assertThat(left.get(left.size() - 1).run()).isEqualTo(last.handle());
    }

    @Test
    void shouldDropOldNoticesThatWorkersHaveSetAside() {
        try (Workers others =
                kernel.tasks().serve(WorkerTerms.ownThreads().handle("other", context -> StepResult.success()))) {
            kernel.tasks().poll();
            for (int i = 0; i < RUNS; i++) {
                start().cancel();
            }
            assertThat(left()).hasSizeLessThan(KEPT_MAX);
        }
    }

    @Test
    void shouldDropEndsOfRunsThatSomebodyOnceAskedFor() {
        try (Workers workers =
                kernel.tasks().serve(WorkerTerms.ownThreads().handle("step", context -> StepResult.success()))) {
            kernel.tasks().poll();
            for (int i = 0; i < RUNS; i++) {
                start().await(Duration.ofSeconds(30));
            }
            final List<Tasks.Notice> left = left();
            assertThat(left).hasSizeLessThan(KEPT_MAX).isNotEmpty().allMatch(Tasks.RunEnded.class::isInstance);
        }
    }
}

package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts that are no longer wanted are interrupted, also when every place is taken by them and nobody looks at the feed. */
@Timeout(60)
class WorkersStopTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());

    @AfterEach
    void close() {
        kernel.close();
    }

    private WorkflowRunHandle start(final List<StepDefinition> steps) {
        return kernel.global().start(kernel.deploy(WorkflowDefinition.of("work", steps)), new byte[0]);
    }

    private static StepFunction until(final CountDownLatch begun, final CountDownLatch interrupted) {
        return context -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (final InterruptedException e) {
                interrupted.countDown();
            }
            return StepResult.success();
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldInterruptThoseThatHaveAllPlaces(final int places) throws Exception {
        final CountDownLatch begun = new CountDownLatch(places);
        final CountDownLatch interrupted = new CountDownLatch(places);
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            steps.add(StepDefinition.of("s" + i));
        }
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads().withParallelism(places).handleOthers(until(begun, interrupted)))) {
            final WorkflowRunHandle run = start(steps);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            run.cancel();
            assertThat(interrupted.await(20, TimeUnit.SECONDS))
                    .as("interrupted while every place is taken")
                    .isTrue();
            assertThat(run.await(Duration.ofSeconds(20))).isEqualTo(RunState.CANCELLED);
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldInterruptAnAttemptWhoseTimeIsUpThoughItHasTheOnlyPlace() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads().withParallelism(1).handleOthers(until(begun, interrupted)))) {
            final WorkflowRunHandle run = start(List.of(StepDefinition.of("s").withTimeoutNs(50_000_000)));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(run.await(Duration.ofSeconds(20))).isEqualTo(RunState.FAILED);
            assertThat(workers.isClosed()).isFalse();
        }
    }
}

package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.workflow.Placement;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that live elsewhere, and agents that steps are given to, through the front door. */
@Timeout(60)
class TaskPortTest {
    private static final byte[] NOTHING = {};
    private static final long MS = 1_000_000;

    private final ManualClock clock = new ManualClock(1_000 * MS);
    private final Kernel kernel = Kernel.launch(
            KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));

    @AfterEach
    void close() {
        kernel.close();
    }

    private WorkflowRunHandle start(final StepDefinition... steps) {
        return kernel.global().start(kernel.deploy(WorkflowDefinition.of("work", List.of(steps))), NOTHING);
    }

    private static Tasks.Task take(final TaskPort port) {
        return port.take(0, TimeUnit.MILLISECONDS);
    }

    private void at(final long timeMs) {
        clock.moveTo((1_000 + timeMs) * MS);
        kernel.pulse();
    }

    @Test
    void shouldOfferAgainWhatNobodyIsHeardOf() {
        final WorkflowRunHandle run = start(StepDefinition.of("a"));
        try (TaskPort ann = kernel.tasks().port("ann");
                TaskPort bob = kernel.tasks().port("bob")) {
            final Tasks.Task task = take(ann);
            assertThat(take(bob)).isNull();
            ann.start(task, NOTHING, Duration.ofMillis(10)).orThrow();
            at(8);
            ann.heartbeat(task).orThrow();
            at(17);
            assertThat(run.step(0).state()).isEqualTo(StepState.STARTED);
            at(18);
            assertThat(run.step(0).attempts()).isEqualTo(2);
            assertThat(ann.heartbeat(task).rejection()).isEqualTo(Rejection.STALE_ATTEMPT);
            assertThat(ann.finish(task, StepResult.success()).rejection()).isEqualTo(Rejection.STALE_ATTEMPT);

            final Tasks.Task again = take(bob);
            bob.start(again, NOTHING, Duration.ZERO).orThrow();
            assertThat(ann.start(again, NOTHING, Duration.ZERO).rejection()).isEqualTo(Rejection.NOT_YOUR_TASK);
            assertThat(ann.finish(again, StepResult.success()).rejection()).isEqualTo(Rejection.NOT_YOUR_TASK);
            assertThat(ann.fail(again, "no").rejection()).isEqualTo(Rejection.NOT_YOUR_TASK);
            bob.finish(again, StepResult.success("done").ofQuality(0.25)).orThrow();
            assertThat(bob.finish(again, StepResult.success()).rejection()).isEqualTo(Rejection.ALREADY_CONCLUDED);
            assertThat(run.step(0).quality()).isEqualTo(0.25);
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void shouldGiveBackWhatAWorkerCannotDo() {
        final WorkflowRunHandle run = start(StepDefinition.of("a"));
        try (TaskPort ann = kernel.tasks().port("ann")) {
            ann.release(take(ann)).orThrow();
            final Tasks.Task again = take(ann);
            assertThat(again.attempt()).isEqualTo(2);
            assertThat(run.step(0).failures()).isZero();
            ann.fail(again, "broken").orThrow();
            assertThat(run.state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void shouldOfferAPlacedStepToItsAgentOnly() {
        kernel.agents().register(AgentProfile.of("ann", "java")).orThrow();
        final Scheduling java = Scheduling.PLAIN.on(new Placement("", "", List.of("java")));
        final WorkflowRunHandle run = start(StepDefinition.of("a").withScheduling(java), StepDefinition.of("b"));
        try (TaskPort bob = kernel.tasks().port("bob");
                TaskPort ann = kernel.tasks().port("ann")) {
            assertThat(take(bob).step().id()).isEqualTo("b");
            assertThat(take(bob)).isNull();
            assertThat(run.explain(0)).contains("offered to agent 'ann'");
            assertThat(take(ann).step().id()).isEqualTo("a");
            assertThat(kernel.agents().get("ann").activeTasks()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhyNobodyQualifies() {
        final WorkflowRunHandle run = start(
                StepDefinition.of("a").withScheduling(Scheduling.PLAIN.on(new Placement("", "", List.of("cobol")))),
                StepDefinition.of("b").withScheduling(Scheduling.PLAIN.on(new Placement("dan", "", List.of()))),
                StepDefinition.of("c", "a"));
        assertThat(run.explain(0)).startsWith("step 'a' is READY: nobody qualifies: no active agents");
        assertThat(run.explain(1)).endsWith("nobody qualifies: no agent is called 'dan'");
        assertThat(run.explain(2)).isEqualTo("step 'c' is PENDING: it waits for [a]");
        kernel.agents().register("ann", "java").orThrow();
        assertThat(run.explain(0)).contains("none of the 1 active agents has all of [cobol]");
        kernel.agents().register("dan", "cobol").orThrow();
        assertThat(run.step(0).state()).isEqualTo(StepState.ASSIGNED);
        assertThat(run.step(1).state()).isEqualTo(StepState.ASSIGNED);
    }

    @Test
    void shouldOfferAgainWhatWasTakenAndNeverStarted() {
        final WorkflowRunHandle run = start(
                StepDefinition.of("a").withScheduling(Scheduling.PLAIN.withLeaseNs(10 * MS)), StepDefinition.of("b"));
        try (TaskPort ann = kernel.tasks().port("ann");
                TaskPort bob = kernel.tasks().port("bob")) {
            final Tasks.Task leased = take(ann);
            final Tasks.Task byCall = ann.take(0, TimeUnit.MILLISECONDS, Duration.ofMillis(30));
            assertThat(bob.start(leased, NOTHING, Duration.ZERO).rejection()).isEqualTo(Rejection.NOT_YOUR_TASK);
            at(5);
            ann.heartbeat(leased).orThrow();
            at(14);
            assertThat(run.step(0).attempts()).isEqualTo(1);
            at(15);
            assertThat(run.step(0).attempts()).as("ann fell silent").isEqualTo(2);
            assertThat(ann.start(leased, NOTHING, Duration.ZERO).rejection()).isEqualTo(Rejection.STALE_ATTEMPT);
            ann.start(byCall, NOTHING, Duration.ZERO).orThrow();
            at(60);
            assertThat(run.step(1).state())
                    .as("started in time, and without a lease")
                    .isEqualTo(StepState.STARTED);
            final Tasks.Task again = take(bob);
            assertThat(again.index()).isZero();
            bob.start(again, NOTHING, Duration.ZERO).orThrow();
            bob.finish(again, StepResult.success()).orThrow();
            ann.finish(byCall, StepResult.success()).orThrow();
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        }
    }
}

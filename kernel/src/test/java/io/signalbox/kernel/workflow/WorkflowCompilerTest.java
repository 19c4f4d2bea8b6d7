package io.signalbox.kernel.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkflowCompilerTest {
    private static final int MANY = 200_000;

    private static WorkflowPlan compile(final StepDefinition... steps) {
        return WorkflowCompiler.compile(WorkflowDefinition.of("w", List.of(steps)));
    }

    @Test
    void shouldShowTheCycle() {
        assertThatThrownBy(() -> compile(
                        StepDefinition.of("x"),
                        StepDefinition.of("a", "c", "x"),
                        StepDefinition.of("b", "a"),
                        StepDefinition.of("c", "b")))
                .isInstanceOf(InvalidWorkflowException.class)
                .hasMessage("the steps form a cycle: a -> b -> c -> a");
        assertThatThrownBy(() -> compile(StepDefinition.of("a", "a"))).hasMessageContaining("a -> a");
    }

    @Test
    void shouldRefuseADuplicateIdAndAnUnknownNeed() {
        assertThatThrownBy(() -> compile(StepDefinition.of("a"), StepDefinition.of("a")))
                .hasMessageContaining("two steps are called 'a': number 1 and number 2");
        assertThatThrownBy(() -> compile(StepDefinition.of("a", "z"))).hasMessageContaining("'a' needs 'z'");
        assertThatThrownBy(() -> compile()).hasMessageContaining("got 0");
    }

    /** A turn decides it, so the time must not grow with the square of the needs. */
    @Test
    @Timeout(30)
    void shouldCompileAJoinOfManySteps() {
        final List<StepDefinition> steps = new ArrayList<>();
        final List<String> ids = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            steps.add(StepDefinition.of("s" + i));
            ids.add("s" + i);
        }
        ids.addAll(List.copyOf(ids));
        steps.add(StepDefinition.of("join", ids));
        final WorkflowPlan plan = WorkflowCompiler.compile(WorkflowDefinition.of("wide", steps));
        assertThat(plan.needCount(MANY)).isEqualTo(MANY);
        assertThat(plan.dependentCount(0)).isEqualTo(1);
    }

    @Test
    @Timeout(30)
    void shouldRefuseALongCycleWithAMessageOfBoundedLength() {
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            steps.add(StepDefinition.of("s" + i, "s" + (i + 1) % MANY));
        }
        assertThatThrownBy(() -> WorkflowCompiler.compile(WorkflowDefinition.of("ring", steps)))
                .hasMessageContaining("(" + MANY + " steps)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2200));
    }

    @Test
    void shouldPauseWithinItsBounds() {
        final RetryPolicy policy = new RetryPolicy(1000, Duration.ofHours(1).toNanos(), 100, Long.MAX_VALUE, 1);
        for (int failures = 1; failures <= 1000; failures++) {
            assertThat(policy.pauseNs(failures, failures)).isNotNegative();
            assertThat(policy.pauseNs(failures, failures)).isEqualTo(policy.pauseNs(failures, failures));
        }
    }
}

package io.signalbox.kernel.routing.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParallelRouterTest {
    private static Opinion ask(final Map<String, ?> state, final ParallelizationHint... hints) {
        return ParallelRouter.of(hints).evaluate(RoutingContext.of("a"), RoutingState.of(state));
    }

    @Test
    void shouldNameTheOthersThatAreLeft() {
        final Opinion opinion = ask(
                Map.of("completed_tasks", List.of("setup", "b")),
                ParallelizationHint.of("a", "b", "c").withDependencies("setup").withEstimatedDurationMs(1500));
        assertThat(opinion.decision()).isEqualTo(RoutingDecision.PARALLEL);
        assertThat(opinion.confidence()).isEqualTo(0.9);
        assertThat(opinion.metadata())
                .containsEntry("parallel_tasks", List.of("c"))
                .containsEntry("estimated_duration_ms", 1500L);
        assertThat(opinion.reasoning()).contains("setup");
    }

    @Test
    void shouldWaitForTheDependenciesOfTheGroup() {
        final Opinion opinion = ask(Map.of(), ParallelizationHint.of("a", "b").withDependencies("setup"));
        assertThat(opinion.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(opinion.confidence()).isEqualTo(0.7);
        assertThat(opinion.finding()).isEqualTo(Finding.NOTHING_PARALLEL);
        assertThat(opinion.metadata()).containsEntry("dependencies_open", 1L).containsEntry("hints_checked", 1L);
    }

    @Test
    void shouldRunNothingBesideATaskThatHasEndedItself() {
        assertThat(ask(Map.of("completed_tasks", List.of("a")), ParallelizationHint.of("a", "b"))
                        .decision())
                .isEqualTo(RoutingDecision.CONTINUE);
    }

    @Test
    void shouldTakeTheFirstHintThatOffersSomething() {
        final Opinion opinion = ask(
                Map.of("completed_tasks", List.of("b")),
                ParallelizationHint.of("x", "y"),
                ParallelizationHint.of("a", "b"),
                ParallelizationHint.of("a", "c"));
        assertThat(opinion.tasks()).containsExactly("c");
        assertThat(opinion.number("hints_checked")).isEqualTo(3);
    }

    @Test
    void shouldTakeOnlyWhatIsIndependent() {
        final Opinion opinion = ask(
                Map.of(),
                ParallelizationHint.of("a", "reads it", "writes it too", "comes after", "free", "clashes with free")
                        .withNeeds(
                                TaskNeeds.of("a").writes("model"),
                                TaskNeeds.of("reads it").reads("model"),
                                TaskNeeds.of("writes it too").writes("model"),
                                TaskNeeds.of("comes after").after("a"),
                                TaskNeeds.of("free").writes("docs"),
                                TaskNeeds.of("clashes with free").writes("docs")));
        assertThat(opinion.tasks()).containsExactly("free");
    }

    @Test
    void shouldTakeWhatComesAfterSomethingThatHasEnded() {
        final ParallelizationHint hint =
                ParallelizationHint.of("a", "b").withNeeds(TaskNeeds.of("b").after("setup"));
        assertThat(ask(Map.of(), hint).number("not_independent")).isEqualTo(1);
        assertThat(ask(Map.of("completed_tasks", List.of("setup")), hint).tasks())
                .containsExactly("b");
    }

    @Test
    void shouldTakeNoMoreThanThereAreResourcesFor() {
        final ParallelizationHint hint = ParallelizationHint.of("a", "b", "c")
                .withNeeds(
                        TaskNeeds.of("a").takes("gpu"),
                        TaskNeeds.of("b").takes("gpu", "gpu"),
                        TaskNeeds.of("c").takes("gpu"));
        assertThat(ask(Map.of("resources_available", Map.of("gpu", 2)), hint).tasks())
                .containsExactly("c");
        assertThat(ask(Map.of("resources_available.gpu", 4), hint).tasks()).containsExactly("b", "c");
        final Opinion none = ask(Map.of(), hint);
        assertThat(none.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(none.number("resources_short")).isEqualTo(2);
    }

    @Test
    void shouldTakeNoTextForAListOfTasks() {
        assertThat(ask(Map.of("completed_tasks", "a, b"), ParallelizationHint.of("a", "b"))
                        .tasks())
                .containsExactly("b");
    }

    @Test
    void shouldRefuseHintsThatCannotBe() {
        assertThatThrownBy(ParallelizationHint::of).hasMessage("taskGroup must have 1 to 128 entries, not 0");
        assertThatThrownBy(() -> ParallelizationHint.of("a", "a")).hasMessage("taskGroup names 'a' twice");
        assertThatThrownBy(() -> ParallelizationHint.of("a").withEstimatedDurationMs(-1))
                .hasMessage("estimatedDurationMs must be 0 or more: -1");
        assertThatThrownBy(() -> ParallelizationHint.of("a").withNeeds(TaskNeeds.of("b")))
                .hasMessageContaining("'b', which is not in its group");
        assertThatThrownBy(() -> TaskNeeds.of("a").after("a")).hasMessage("task 'a' cannot come after itself");
    }
}

package io.signalbox.kernel.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.composition.Composition.Conditional;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Pipeline;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.Composition.SubWorkflow;
import io.signalbox.kernel.composition.Composition.Tree;
import io.signalbox.kernel.workflow.OnError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts that throw what they should not, very many parts, and templates that multiply each other. */
@Timeout(60)
class CompositionEdgesTest {
    private static final Node NOTHING = input -> Map.of();

    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    private static CompletableFuture<CompositionResult> run(
            final ComponentLibrary library, final Composition composition, final Executor executor) {
        return new CompositionRunner(library)
                .run(CompositionPlan.of(composition), Map.of(), OnError.FAIL_FAST, executor);
    }

    @Test
    void shouldEndThoughAnExceptionCannotSayWhatItIs() {
        final class Silent extends RuntimeException {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        }
        final Step step = Step.of("step", input -> {
            throw new Silent();
        });
        final StepOutcome outcome =
                run(new ComponentLibrary(), step, executor).join().steps().get("step");
        assertThat(outcome.state()).isEqualTo(StepOutcome.State.FAILED);
        assertThat(outcome.problem()).contains("Silent");
    }

    @Test
    void shouldTakeTheOrdinaryWayWhenAComponentEndsInAnError() {
        final ComponentLibrary library = new ComponentLibrary()
                .register(ComponentDefinition.of("broken", (state, context) -> {
                    throw new NoClassDefFoundError("its/Part");
                }));
        final CompositionResult result = run(
                        library, Step.of("step", "broken").otherwise(input -> Map.of("done", true)), Runnable::run)
                .join();
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.steps().get("step").componentUsed()).isFalse();
        assertThat(result.steps().get("step").problem()).contains("its/Part");
    }

    @Test
    void shouldEndWithFailuresWhenAnExecutorHasNoThread() {
        final CompositionResult result = run(new ComponentLibrary(), Step.of("step", NOTHING), task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                })
                .join();
        assertThat(result.steps().get("step").problem()).contains("unable to create native thread");
    }

    @Test
    void shouldRunALongPipelineInTimeThatGrowsWithItsLength() {
        final Composition[] parts = IntStream.range(0, 50_000)
                .mapToObj(i -> Step.of("step-" + i, NOTHING))
                .toArray(Composition[]::new);
        assertThat(run(new ComponentLibrary(), Pipeline.of("all", parts), Runnable::run)
                        .join()
                        .isSuccess())
                .isTrue();
    }

    @Test
    void shouldPlaceAGraphThatIsDeclaredBackwards() {
        final List<Graph.Part> parts = new ArrayList<>();
        for (int i = 50_000; i > 0; i--) {
            parts.add(Graph.Part.of(Step.of("part-" + i, NOTHING), "part-" + (i - 1)));
        }
        parts.add(Graph.Part.of(Step.of("part-0", NOTHING)));
        final List<PlannedStep> steps = CompositionPlan.of(Graph.of("graph", parts.toArray(Graph.Part[]::new)))
                .steps();
        assertThat(steps.get(0).id()).isEqualTo("graph/part-0");
        assertThat(steps.get(50_000).needs()).containsExactly("graph/part-49999");
    }

    @Test
    void shouldPlanAGraphOfVeryManyNeeds() {
        final List<Graph.Part> parts = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            final String[] needs =
                    IntStream.range(0, i).mapToObj(j -> "part-" + j).toArray(String[]::new);
            parts.add(Graph.Part.of(Step.of("part-" + i, NOTHING), needs));
        }
        assertThat(CompositionPlan.of(Graph.of("graph", parts.toArray(Graph.Part[]::new)))
                        .steps())
                .hasSize(900);
    }

    @Test
    void shouldNameTheWayRoundOfPartsThatNeedEachOther() {
        final Graph graph = Graph.of(
                "graph",
                Graph.Part.of(Step.of("a", NOTHING), "b"),
                Graph.Part.of(Step.of("b", NOTHING), "c"),
                Graph.Part.of(Step.of("c", NOTHING), "b"));
        assertThatThrownBy(() -> CompositionPlan.of(graph))
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessage("the parts of 'graph' need each other: a needs b needs c needs b");
    }

    @Test
    void shouldRefuseTemplatesThatMultiplyEachOther() {
        final TemplateLibrary templates = new TemplateLibrary();
        for (int i = 0; i < 30; i++) {
            final String next = "level-" + (i + 1);
            templates.register(WorkflowTemplate.of(
                    "level-" + i,
                    told -> Parallel.of("both", SubWorkflow.of("left", next), SubWorkflow.of("right", next))));
        }
        templates.register(WorkflowTemplate.of("level-30", told -> Step.of("leaf", NOTHING)));
        assertThatThrownBy(() -> templates.instantiate("level-0", Map.of()))
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessageContaining("with what its templates make it has more: level-0@1.0.0 -> level-1@1.0.0");
    }

    @Test
    void shouldRefusePartsThatAreNotThereWhenTheyAreMade() {
        assertThatThrownBy(() -> Conditional.of("review", null, Step.of("then", NOTHING), null))
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessage("'review' needs a condition");
        assertThatThrownBy(() -> Conditional.of("review", input -> true, null, null))
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessage("'review' needs a part that is done when its condition holds");
        assertThatThrownBy(() -> Tree.of("tree", null))
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessage("'tree' needs a root");
    }
}

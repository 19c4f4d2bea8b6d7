package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.workflow.OnFailure;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that go on as runs of their own, through the front door. */
@Timeout(120)
class ChildRunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Kernel kernel = Kernel.launch(KernelConfig.standard());

    @AfterEach
    void close() {
        kernel.close();
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static StepDefinition step(final String id, final String payload, final String... needs) {
        return StepDefinition.of(id, needs).withPayload(utf8(payload));
    }

    private WorkflowRunHandle start(final StepDefinition... steps) {
        return kernel.global().start(kernel.deploy(WorkflowDefinition.of("parent", List.of(steps))), utf8("in"));
    }

    private RunSnapshot end(final WorkflowRunHandle run) {
        assertThat(run.await(PATIENCE)).isNotNull();
        return run.snapshot();
    }

    @Test
    void shouldEndAStepWithTheRunThatItStarted() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads()
                        .handle(
                                "start",
                                context -> context.startChild(
                                        WorkflowDefinition.of(
                                                "child", List.of(step("x", "give"), step("y", "double", "x"))),
                                        utf8(context.inputsText() + "!")))
                        .handle("give", context -> StepResult.success(context.inputsText()))
                        .handle(
                                "double",
                                context -> StepResult.success(context.resultText("x") + context.resultText("x"))
                                        .ofQuality(0.5)))) {
            final WorkflowRunHandle run = start(step("a", "start"));
            final RunSnapshot end = end(run);
            assertThat(end.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(text(end.step("a").result())).isEqualTo("in!in!");
            assertThat(end.step("a").quality()).isEqualTo(0.5);
            assertThat(run.child(0).snapshot().definition().name()).isEqualTo("child");
            assertThat(kernel.tasks().definition(2)).isNull();
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldTryAgainWithAnotherRunAndSayWhyTheFirstOneFailed() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads()
                        .handle(
                                "start",
                                context -> context.startChild(
                                        WorkflowDefinition.of("child", List.of(step("x", "work"))),
                                        utf8("" + context.attempt())))
                        .handle(
                                "work",
                                context -> context.inputsText().equals("2")
                                        ? StepResult.success("second")
                                        : StepResult.failure("no " + context.inputsText())))) {
            final WorkflowRunHandle run = start(
                    step("b", "start").withOnFailure(OnFailure.CANCEL_DEPENDENTS),
                    step("a", "start").withRetry(new RetryPolicy(1, 0, 1, 0, 0)));
            final RunSnapshot end = end(run);
            assertThat(text(end.step("a").result())).isEqualTo("second");
            assertThat(text(end.step("b").detail()))
                    .isEqualTo("the run of 'child' that it started ended as FAILED; step 'x' failed: no 1");
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldFailByNameWhenRunsAreNestedTooDeep() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads()
                        .handleOthers(context -> context.startChild(
                                WorkflowDefinition.of("again", List.of(step("x", "more"))), new byte[0])))) {
            final RunSnapshot end = end(start(step("a", "more")));
            assertThat(end.state()).isEqualTo(RunState.FAILED);
            assertThat(text(end.step("a").detail())).startsWith("the run of 'again' that it started ended as FAILED");
            assertThat(kernel.tasks().runs()).hasSize(kernel.config().limits().runDepthMax() + 1);
            assertThat(kernel.tasks().runs().stream()
                            .map(run -> text(run.steps().get(0).detail())))
                    .anyMatch(detail -> detail.contains("TOO_DEEP"));
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldFanOutOverAResultAndGiveTheResultsInOrder() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads()
                        .handle("list", context -> StepResult.success("3,1,2"))
                        .handle("each", context -> {
                            final List<byte[]> items = new ArrayList<>();
                            for (final String item : context.resultText("list").split(",")) {
                                items.add(utf8(item));
                            }
                            return context.fanOut(step("one", "square"), items, 2);
                        })
                        .handle("none", context -> context.fanOut(step("one", "square"), List.of(), 0))
                        .handle("square", context -> {
                            final int number = Integer.parseInt(text(context.item()));
                            return StepResult.success("" + number * number);
                        })
                        .handle(
                                "collect",
                                context -> StepResult.success(
                                        context.childResults("each").stream()
                                                        .map(ChildRunsTest::text)
                                                        .toList() + " " + context.childResults("none"))))) {
            final RunSnapshot end = end(start(
                    step("list", "list"),
                    step("each", "each", "list"),
                    step("none", "none"),
                    step("all", "collect", "each", "none")));
            assertThat(text(end.step("all").result())).isEqualTo("[9, 1, 4] []");
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldFanOutToAHundredThousand() {
        final int count = 100_000;
        final List<byte[]> items =
                IntStream.range(0, count).mapToObj(i -> utf8("" + i)).toList();
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads()
                        .handle("each", context -> context.fanOut(step("one", "echo"), items, 0))
                        .handle("echo", context -> StepResult.success(context.item()))
                        .handle(
                                "sum",
                                context -> StepResult.success(""
                                        + context.childResults("each").stream()
                                                .mapToLong(result -> Long.parseLong(text(result)))
                                                .sum())))) {
            final RunSnapshot end = end(start(step("each", "each"), step("sum", "sum", "each")));
            assertThat(end.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(text(end.step("sum").result())).isEqualTo("" + (long) count * (count - 1) / 2);
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldCancelTheChildWithItsParent() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.byHand()
                        .only(task -> !task.step().id().equals("x"))
                        .handleOthers(context -> context.startChild(
                                WorkflowDefinition.of("child", List.of(step("x", "nobody"))), new byte[0])))) {
            final WorkflowRunHandle run = start(step("a", ""));
            assertThat(workers.work()).isEqualTo(1);
            assertThat(run.step(0).state()).isEqualTo(StepState.WAITING);
            assertThat(run.explain(0)).contains("it goes on as run").contains("RUNNING");
            final WorkflowRunHandle child = run.child(0);
            run.cancel().orThrow();
            assertThat(child.await(PATIENCE)).isEqualTo(RunState.CANCELLED);
            assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        }
    }
}

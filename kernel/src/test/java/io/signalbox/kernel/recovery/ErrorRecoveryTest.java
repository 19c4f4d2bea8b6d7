package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.recovery.ErrorPatternTest.ImportError;
import io.signalbox.kernel.recovery.ErrorPatternTest.SyntaxError;
import io.signalbox.kernel.workflow.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The strategies, one by one and in chains, and what is told of them. */
class ErrorRecoveryTest {
    private static final long MS = 1_000_000;

    private final ManualTimer timer = ManualTimer.eager();
    private final AtomicInteger calls = new AtomicInteger();

    private RecoverySettings settings() {
        return ErrorRecoveryOrchestrator.with().timer(timer);
    }

    private static RetryPolicy retries(final int retriesMax, final long baseMs) {
        return new RetryPolicy(retriesMax, baseMs * MS, 2, 30_000 * MS, 0);
    }

    private static RecoveryContext.Draft broken() {
        return RecoveryContext.of("build-42", "fetch").exception(new IllegalStateException("it broke"));
    }

    private static ErrorPattern leadingTo(final String... strategies) {
        return ErrorPattern.ofText("p", ErrorType.RUNTIME, "it broke", strategies);
    }

    private Object succeed(final RecoveryContext context) {
        calls.incrementAndGet();
        return "done";
    }

    private Object fail(final RecoveryContext context) {
        throw new IllegalStateException("attempt " + calls.incrementAndGet() + " broke");
    }

    private RecoveryOperation failing(final int times) {
        return context -> calls.get() < times ? fail(context) : succeed(context);
    }

    // ------------------------------------------------------------------ values

    @Test
    @Conforms("T-REC-04")
    void shouldNeedAWorkflowAndAStep() {
        assertThat(RecoveryContext.of("w", "n").stepCount(3).build().stepCount())
                .isEqualTo(3);
        assertThatThrownBy(() -> RecoveryContext.of("", "n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecoveryContext.of("w", "n").stepCount(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepCount must not be negative: -1");
    }

    @Test
    @Conforms("T-REC-05")
    void shouldTakeItsMessageFromTheException() {
        final RecoveryContext.Draft draft = RecoveryContext.of("w", "n").exception(new Exception("Test error message"));
        assertThat(draft.build().errorMessage()).isEqualTo("Test error message");
        assertThat(draft.errorMessage("mine").build().errorMessage()).isEqualTo("mine");
        assertThat(RecoveryContext.of("w", "n")
                        .exception(new ConnectException())
                        .build()
                        .errorMessage())
                .isEqualTo("java.net.ConnectException");
        assertThat(RecoveryContext.of("w", "n").build().errorMessage()).isEmpty();
    }

    @Test
    @Conforms("T-REC-06")
    void shouldRefuseANegativeCountOfRetries() {
        final StrategyResult result = StrategyResult.failed("no").retries(2);
        assertThat(RecoveryResult.of("retry", result, ErrorType.RUNTIME, 1).retryCount())
                .isEqualTo(2);
        assertThatThrownBy(() -> result.retries(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retryCount must not be negative: -1");
        assertThatThrownBy(() -> RecoveryResult.of("retry", result, ErrorType.RUNTIME, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Conforms("T-REC-07")
    void shouldAddUpStatistics() {
        final RecoveryStatistics none = RecoveryStatistics.NONE;
        assertThat(none.total()).isZero();
        assertThat(none.successRate()).isZero();
        assertThat(none.averageMs()).isZero();
        final RecoveryStatistics one = none.plus(
                RecoveryResult.of("retry", StrategyResult.fixed(null).retries(2), ErrorType.TIMEOUT, 200 * MS));
        assertThat(one.total()).isEqualTo(1);
        assertThat(one.successRate()).isEqualTo(1);
        assertThat(one.averageMs()).isEqualTo(200);
        final RecoveryStatistics two =
                one.plus(RecoveryResult.of("retry", StrategyResult.failed("no"), ErrorType.RUNTIME, 100 * MS));
        assertThat(two.total()).isEqualTo(2);
        assertThat(two.failures()).isEqualTo(1);
        assertThat(two.successRate()).isEqualTo(0.5);
        assertThat(two.averageMs()).isEqualTo(150);
        assertThat(two.minNs()).isEqualTo(100 * MS);
        assertThat(two.maxNs()).isEqualTo(200 * MS);
        assertThat(two.retries()).isEqualTo(2);
        assertThat(two.byStrategy().get("retry")).isEqualTo(new RecoveryStatistics.Tally(2, 1));
        assertThat(two.byErrorType().get("timeout").successRate()).isEqualTo(1);
        assertThat(two.byPattern()).isEmpty();
    }

    @Test
    void shouldRecommendWhatHelpedMostOften() {
        RecoveryStatistics statistics = RecoveryStatistics.NONE;
        for (int i = 0; i < RecoveryStatistics.TRIES_ENOUGH; i++) {
            assertThat(statistics.recommended(ErrorType.TIMEOUT)).isNull();
            statistics = statistics
                    .plus(RecoveryResult.of("retry", StrategyResult.failed("no"), ErrorType.TIMEOUT, 1))
                    .plus(RecoveryResult.of("other", StrategyResult.fixed(1), ErrorType.TIMEOUT, 1));
        }
        assertThat(statistics.recommended(ErrorType.TIMEOUT)).isEqualTo("other");
        assertThat(statistics.recommended(ErrorType.RUNTIME)).isNull();
    }

    // ------------------------------------------------------------------ retry

    @Test
    @Conforms("T-REC-08")
    void shouldNeedNoRetryWhenItWorks() {
        final RecoveryResult result = settings().build().handleError(broken().build(), this::succeed);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.strategyUsed()).isEqualTo("retry");
        assertThat(result.retryCount()).isZero();
        assertThat(result.isErrorFixed()).isTrue();
        assertThat(result.value()).isEqualTo("done");
        assertThat(calls).hasValue(1);
    }

    @Test
    @Conforms("T-REC-09")
    void shouldSucceedAtTheThirdTime() {
        final RecoveryResult result =
                settings().retry(retries(3, 50)).build().handleError(broken().build(), failing(2));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.retryCount()).isEqualTo(2);
        assertThat(calls).hasValue(3);
        assertThat(timer.pausesNs()).containsExactly(50 * MS, 100 * MS);
        assertThat(result.durationNs()).isEqualTo(150 * MS);
    }

    @Test
    @Conforms("T-REC-10")
    void shouldEndAtItsMaximum() {
        final RecoveryResult result = settings().retry(retries(2, 1)).build().handleError(broken().build(), this::fail);
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.isErrorFixed()).isFalse();
        assertThat(result.retryCount()).isEqualTo(2);
        assertThat(calls).hasValue(3);
        assertThat(result.errorMessage()).isEqualTo("attempt 3 broke");
    }

    @Test
    @Conforms("T-REC-11")
    void shouldWaitLongerEachTimeAndNoLongerThanItsBound() {
        final RecoveryResult result =
                settings().retry(retries(3, 100)).build().handleError(broken().build(), this::fail);
        assertThat(result.retryCount()).isEqualTo(3);
        assertThat(timer.pausesNs()).containsExactly(100 * MS, 200 * MS, 400 * MS);
        assertThat(result.durationMs()).isEqualTo(700);
        final ManualTimer other = ManualTimer.eager();
        ErrorRecoveryOrchestrator.with()
                .timer(other)
                .retry(new RetryPolicy(4, 100 * MS, 2, 250 * MS, 0))
                .build()
                .handleError(broken().build(), this::fail);
        assertThat(other.pausesNs()).containsExactly(100 * MS, 200 * MS, 250 * MS, 250 * MS);
    }

    @Test
    void shouldTakeTheSamePausesForTheSameWork() {
        final List<List<Long>> pauses = new ArrayList<>();
        for (final String node : List.of("fetch", "fetch", "other")) {
            final ManualTimer own = ManualTimer.eager();
            ErrorRecoveryOrchestrator.with()
                    .timer(own)
                    .retry(new RetryPolicy(3, 1000 * MS, 2, 30_000 * MS, 0.5))
                    .build()
                    .handleError(RecoveryContext.of("w", node).build(), this::fail);
            pauses.add(own.pausesNs());
        }
        assertThat(pauses.get(0))
                .isEqualTo(pauses.get(1))
                .isNotEqualTo(pauses.get(2))
                .hasSize(3);
        assertThat(pauses.get(0).get(0)).isBetween(500 * MS, 1000 * MS);
        assertThat(pauses.get(0).get(2)).isBetween(2000 * MS, 4000 * MS);
    }

    @Test
    @Conforms("T-REC-35")
    void shouldRetryConnectionErrors() {
        final RecoveryResult result = settings()
                .build()
                .handleError(
                        RecoveryContext.of("w", "n")
                                .exception(new ConnectException("refused"))
                                .build(),
                        context -> {
                            if (calls.incrementAndGet() < 3) {
                                throw new ConnectException("refused");
                            }
                            return "connected";
                        });
        assertThat(result.strategyUsed()).isEqualTo("retry");
        assertThat(result.retryCount()).isEqualTo(2);
        assertThat(result.isErrorFixed()).isTrue();
        assertThat(calls).hasValue(3);
    }

    @Test
    void shouldTryAsOftenAsThePatternSays() {
        final ErrorRecoveryOrchestrator recovery =
                settings().patterns(leadingTo("retry").withRetriesMax(1)).build();
        assertThat(recovery.handleError(broken().build(), this::fail).retryCount())
                .isEqualTo(1);
        assertThat(recovery.handleError(broken().build(), null).errorMessage()).isEqualTo("No operation to try again");
    }

    @Test
    void shouldHoldNoThreadDuringAPause() {
        final ManualTimer standing = ManualTimer.standing();
        final CompletableFuture<RecoveryResult> result = ErrorRecoveryOrchestrator.with()
                .timer(standing)
                .retry(retries(3, 1000))
                .build()
                .handleErrorAsync(broken().build(), failing(2), Runnable::run);
        assertThat(calls).hasValue(1); // and this thread is back
        standing.advance(999 * MS);
        assertThat(calls).hasValue(1);
        standing.advance(MS);
        assertThat(calls).hasValue(2);
        standing.advance(2000 * MS);
        assertThat(result).isCompletedWithValueMatching(RecoveryResult::isSuccess);
        assertThat(result.join().durationNs()).isEqualTo(3000 * MS);
    }

    @Test
    void shouldRunTheOperationOnTheCallersThread() {
        final AtomicReference<Thread> seen = new AtomicReference<>();
        final RecoveryResult result = ErrorRecoveryOrchestrator.with()
                .retry(retries(1, 1))
                .build()
                .handleError(broken().build(), context -> {
                    seen.set(Thread.currentThread());
                    return failing(1).run(context);
                });
        assertThat(result.isSuccess()).isTrue();
        assertThat(seen).hasValue(Thread.currentThread());
    }

    @Test
    void shouldStopWhenItIsCancelled() {
        final ManualTimer standing = ManualTimer.standing();
        final ErrorRecoveryOrchestrator recovery =
                ErrorRecoveryOrchestrator.with().timer(standing).build();
        final CompletableFuture<RecoveryResult> result =
                recovery.handleErrorAsync(broken().build(), this::fail, Runnable::run);
        assertThat(result.cancel(true)).isTrue();
        standing.advance(100_000 * MS);
        assertThat(calls).hasValue(1);
        assertThat(recovery.statistics().failures()).isEqualTo(1);
    }

    @Test
    void shouldEndAtAnInterruptAndKeepTheFlag() {
        final RecoveryResult result = ErrorRecoveryOrchestrator.with()
                .timer(ManualTimer.standing())
                .build()
                .handleError(broken().build(), context -> {
                    calls.incrementAndGet();
                    throw new InterruptedException("stop");
                });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.isSuccess()).isFalse();
        assertThat(calls).hasValue(1);
        Thread.currentThread().interrupt();
        final RecoveryResult waiting = ErrorRecoveryOrchestrator.with()
                .timer(ManualTimer.standing())
                .build()
                .handleError(broken().build(), this::fail);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waiting.isSuccess()).isFalse();
        assertThat(waiting.errorMessage()).contains("stopped");
    }

    // ------------------------------------------------------------------ alternative paths

    @Test
    @Conforms({"T-REC-12", "DIFF-21"})
    void shouldTryTheAlternativesInTurn() {
        final ErrorRecoveryOrchestrator recovery =
                settings().patterns(leadingTo("alternative_path")).build();
        final RecoveryContext first =
                broken().argument("failed_path", "model_template").build();
        final RecoveryResult result = recovery.handleError(first, this::succeed);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.isFallbackUsed()).isTrue();
        assertThat(result.isErrorFixed()).isFalse();
        assertThat(first.state())
                .containsEntry("template_name", "template_v2")
                .containsEntry("alternative_used", "template_v2");
        final RecoveryContext second =
                broken().state("template_name", "model_template").build();
        final RecoveryResult other = recovery.handleError(second, failing(2));
        assertThat(other.isSuccess()).isTrue();
        assertThat(other.metadata()).containsEntry("tried", "template_v2, template_simple");
        assertThat(second.state()).containsEntry("template_name", "template_simple");
    }

    @Test
    @Conforms("T-REC-13")
    void shouldFailWithoutAnAlternativeThatWorks() {
        final ErrorRecoveryOrchestrator recovery = settings()
                .patterns(leadingTo("alternative_path"))
                .alternatives("a", "b", "c")
                .build();
        assertThat(recovery.handleError(broken().build(), this::succeed).errorMessage())
                .isEqualTo("No alternatives available for 'default'");
        assertThat(recovery.handleError(broken().argument("failed_path", "a").build(), null)
                        .errorMessage())
                .isEqualTo("No operation to try the alternatives of 'a' with");
        final RecoveryContext context = broken().state("template_name", "a").build();
        assertThat(recovery.handleError(context, this::fail).errorMessage())
                .isEqualTo("No alternative worked: c: attempt 2 broke");
        assertThat(context.state()).isEqualTo(Map.of("template_name", "a"));
    }

    // ------------------------------------------------------------------ degradation

    @Test
    @Conforms("T-REC-14")
    void shouldDegradeByOneLevel() {
        final ErrorRecoveryOrchestrator recovery =
                settings().patterns(leadingTo("graceful_degradation")).build();
        final RecoveryContext context =
                broken().state("validation_level", "full").build();
        final RecoveryResult result = recovery.handleError(context, null);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.isFallbackUsed()).isTrue();
        assertThat(result.metadata()).containsEntry("verified", "false");
        assertThat(context.state()).containsEntry("validation_level", "basic").containsEntry("degraded", true);
        final RecoveryContext quality = broken().argument("component", "quality")
                .state("quality_level", 0.8)
                .build();
        assertThat(recovery.handleError(quality, failing(1)).metadata()).containsEntry("verified", "true");
        assertThat(quality.state()).containsEntry("quality_level", "0.6");
    }

    @Test
    @Conforms("T-REC-15")
    void shouldFailBelowTheLowestLevelAndAtOneThatIsNotKnown() {
        final ErrorRecoveryOrchestrator recovery =
                settings().patterns(leadingTo("graceful_degradation")).build();
        assertThat(recovery.handleError(
                                broken().state("validation_level", "minimal").build(), null)
                        .errorMessage())
                .startsWith("Already at minimum");
        final RecoveryContext odd = broken().state("validation_level", "odd").build();
        assertThat(recovery.handleError(odd, this::succeed).errorMessage())
                .isEqualTo("'odd' is no level of 'validation'; there are [full, basic, minimal]");
        assertThat(odd.state()).isEqualTo(Map.of("validation_level", "odd"));
        assertThat(recovery.handleError(broken().argument("component", "x").build(), null)
                        .errorMessage())
                .startsWith("No levels are known of 'x'");
        assertThat(recovery.handleError(broken().build(), this::fail).errorMessage())
                .isEqualTo("Even at level 'minimal' of 'validation': attempt 2 broke");
    }

    // ------------------------------------------------------------------ correction

    private static final String CODE = "import os\n\nclass Node:\n    def execute_effect(self, data):\n        pass\n";

    private ErrorRecoveryOrchestrator correcting(final String fix, final String... details) {
        ErrorPattern pattern = leadingTo("error_correction").with("fix", fix);
        for (int i = 0; i < details.length; i += 2) {
            pattern = pattern.with(details[i], details[i + 1]);
        }
        return settings().patterns(pattern).build();
    }

    @Test
    void shouldAddAMissingWordAndLeaveAloneWhatHasIt() {
        final RecoveryContext context = broken().state("code", CODE).build();
        final RecoveryResult result = correcting("add_async_keyword").handleError(context, null);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.isErrorFixed()).isTrue();
        assertThat(context.state().get("code")).isEqualTo(CODE.replace("    def execute", "    async def execute"));
        final RecoveryResult again = correcting("add_async_keyword").handleError(context, null);
        assertThat(again.errorMessage()).isEqualTo("Fix 'add_async_keyword' found nothing to change");
        assertThat(context.state().get("code")).asString().doesNotContain("async async");
    }

    @Test
    @Conforms("T-REC-36")
    void shouldCorrectCodeThatIsPassedAsAnArgument() {
        final RecoveryContext context = RecoveryContext.of("w", "generate")
                .exception(new SyntaxError("invalid syntax: def execute_effect"))
                .argument("code", CODE)
                .build();
        final RecoveryResult result = settings().build().handleError(context, null);
        assertThat(result.strategyUsed()).isEqualTo("error_correction");
        assertThat(result.patternMatched()).isEqualTo("missing_async_keyword");
        assertThat(result.isSuccess()).isTrue();
        assertThat(context.state().get("code")).asString().contains("async def execute_effect");
    }

    @Test
    @Conforms("T-REC-17")
    void shouldCorrectNothingWithoutAFixThatIsKnown() {
        final ErrorRecoveryOrchestrator none =
                settings().patterns(leadingTo("error_correction")).build();
        assertThat(none.handleError(broken().build(), null).errorMessage()).startsWith("No fix metadata");
        final RecoveryContext context = broken().state("code", CODE).build();
        final RecoveryResult unknown = correcting("improve").handleError(context, this::succeed);
        assertThat(unknown.isSuccess()).isFalse();
        assertThat(unknown.isErrorFixed()).isFalse();
        assertThat(unknown.errorMessage()).startsWith("No fix is called 'improve'; there are [");
        assertThat(context.state()).isEqualTo(Map.of("code", CODE));
        assertThat(correcting("add_async_keyword")
                        .handleError(broken().build(), null)
                        .errorMessage())
                .startsWith("No code to correct");
    }

    @Test
    @Conforms("REQ-11")
    void shouldCallItCorrectedOnlyWhenItIs() {
        final ErrorPattern pattern = leadingTo("error_correction").with("fix", "add_async_keyword");
        final RecoveryContext context = broken().state("code", CODE).build();
        final RecoveryResult notWorking = settings().patterns(pattern).build().handleError(context, this::fail);
        assertThat(notWorking.isSuccess()).isFalse();
        assertThat(notWorking.errorMessage()).isEqualTo("The corrected code does not work: attempt 1 broke");
        assertThat(context.state()).isEqualTo(Map.of("code", CODE));
        final RecoveryResult notAccepted = settings()
                .patterns(pattern)
                .check(code -> code.contains("return") ? "" : "nothing is returned")
                .build()
                .handleError(context, this::succeed);
        assertThat(notAccepted.errorMessage()).isEqualTo("The corrected code was not accepted: nothing is returned");
        final RecoveryResult working = settings()
                .patterns(pattern)
                .build()
                .handleError(context, own -> own.state().get("code"));
        assertThat(working.value()).asString().contains("async def");
    }

    @Test
    void shouldCorrectImportsTypesAndRepetitions() {
        final String code = """
                import os
                import osx
                from os.path import join
                import os

                def f(a, b: int):
                    os = a
                """;
        assertThat(corrected(correcting("fix_import", "old_import", "os", "new_import", "pathlib"), code))
                .isEqualTo("""
                import pathlib
                import osx
                from pathlib.path import join
                import pathlib

                def f(a, b: int):
                    os = a
                """);
        assertThat(corrected(correcting("add_type_hint", "parameter", "a", "type_hint", "str"), code))
                .contains("def f(a: str, b: int):");
        assertThat(corrected(correcting("remove_duplicate"), code))
                .isEqualTo(code.replace("join\nimport os\n", "join\n"));
        final RecoveryResult missing = correcting("fix_import")
                .handleError(broken().state("generated_code", code).build(), null);
        assertThat(missing.errorMessage()).contains("fix_import needs 'old_import' in the metadata of its pattern");
        assertThat(correcting("add_type_hint", "parameter", "b", "type_hint", "str")
                        .handleError(broken().state("code", code).build(), null)
                        .errorMessage())
                .contains("found nothing to change");
    }

    private static String corrected(final ErrorRecoveryOrchestrator recovery, final String code) {
        final RecoveryContext context = broken().state("generated_code", code).build();
        assertThat(recovery.handleError(context, null).isSuccess()).isTrue();
        return (String) context.state().get("generated_code");
    }

    // ------------------------------------------------------------------ deciding

    @Test
    @Conforms("T-REC-20")
    void shouldBeginWithItsPatternsAndStrategies() {
        final ErrorRecoveryOrchestrator recovery = ErrorRecoveryOrchestrator.standard();
        assertThat(recovery.errorPatterns())
                .extracting(ErrorPattern::patternId)
                .containsExactly(
                        "missing_async_keyword",
                        "import_not_found",
                        "template_rendering_error",
                        "validation_failed",
                        "quorum_consensus_failed",
                        "operation_timeout");
        assertThat(recovery.strategies())
                .containsExactly(
                        "retry",
                        "alternative_path",
                        "graceful_degradation",
                        "error_correction",
                        "escalation",
                        "circuit_breaker");
    }

    @Test
    @Conforms("T-REC-21")
    void shouldAnalyseAMessage() {
        final ErrorAnalysis analysis = ErrorRecoveryOrchestrator.standard()
                .analyze(RecoveryContext.of("w", "n")
                        .errorMessage("SyntaxError: def execute_effect")
                        .build());
        assertThat(analysis.pattern().patternId()).isEqualTo("missing_async_keyword");
        assertThat(analysis.errorType()).isEqualTo(ErrorType.SYNTAX);
    }

    @Test
    @Conforms({"T-REC-23", "T-REC-32"})
    void shouldSelectStrategiesByPatternAndType() {
        final ErrorRecoveryOrchestrator recovery = ErrorRecoveryOrchestrator.standard();
        final ErrorPattern pattern = leadingTo("error_correction", "retry");
        final long startNs = System.nanoTime();
        assertThat(recovery.selectStrategies(new ErrorAnalysis(pattern, ErrorType.RUNTIME, Map.of())))
                .containsExactly("error_correction", "retry");
        assertThat(recovery.selectStrategies(new ErrorAnalysis(null, ErrorType.SYNTAX, Map.of())))
                .containsExactly("error_correction");
        assertThat(recovery.selectStrategies(new ErrorAnalysis(null, ErrorType.IMPORT, Map.of())))
                .containsExactly("alternative_path");
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofMillis(150));
        final ErrorRecoveryOrchestrator other = settings()
                .select(ErrorType.IMPORT, "retry", "alternative_path")
                .afterwards("escalation", "retry")
                .build();
        assertThat(other.selectStrategies(new ErrorAnalysis(null, ErrorType.IMPORT, Map.of())))
                .containsExactly("retry", "alternative_path", "escalation");
    }

    @Test
    @Conforms({"T-REC-25", "T-REC-33"})
    void shouldTakeLessThanHalfASecond() {
        final RecoveryResult result = ErrorRecoveryOrchestrator.standard().handleError(broken().build(), this::succeed);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.durationMs()).isPositive().isLessThan(500);
    }

    @Test
    @Conforms("T-REC-26")
    void shouldAddAndRemovePatterns() {
        final ErrorRecoveryOrchestrator recovery = ErrorRecoveryOrchestrator.standard();
        final int before = recovery.errorPatterns().size();
        recovery.addErrorPattern(leadingTo("retry").withPriority(10));
        assertThat(recovery.errorPatterns()).hasSize(before + 1);
        assertThat(recovery.errorPatterns().get(0).patternId()).isEqualTo("p");
        recovery.addErrorPattern(leadingTo("escalation"));
        assertThat(recovery.errorPatterns()).hasSize(before + 1);
        recovery.removeErrorPattern("p");
        recovery.removeErrorPattern("absent");
        assertThat(recovery.errorPatterns()).hasSize(before);
        assertThatThrownBy(() -> recovery.addErrorPattern(leadingTo("prayer")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no recovery strategy is called 'prayer'; there are [retry,");
        assertThatThrownBy(() -> settings().select(ErrorType.SYNTAX, "luck").build())
                .hasMessageStartingWith("no recovery strategy is called 'luck'");
    }

    // ------------------------------------------------------------------ chains and strategies of one's own

    @Test
    @Conforms({"FUTURE-33", "REQ-11"})
    void shouldTryTheStrategiesOfAChainFromTheSameState() {
        final List<Map<String, Object>> seen = new ArrayList<>();
        final RecoveryStrategy own = RecoveryStrategy.of("own", attempt -> {
            seen.add(attempt.context().checkpoint());
            assertThat(attempt.tried()).containsExactly("graceful_degradation", "broken");
            return StrategyResult.fallback("by own").with("who", "me");
        });
        final RecoveryStrategy broken = RecoveryStrategy.of("broken", attempt -> {
            attempt.context().state().put("a", "spoiled");
            throw new IllegalStateException("strategy broke");
        });
        final RecoveryContext context = broken().state("a", 1).build();
        final RecoveryResult result = settings()
                .strategy(own)
                .strategy(broken)
                .patterns(leadingTo("graceful_degradation", "broken", "own", "retry"))
                .build()
                .handleError(context, this::fail);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.strategyUsed()).isEqualTo("own");
        assertThat(result.value()).isEqualTo("by own");
        assertThat(result.metadata()).isEqualTo(Map.of("who", "me"));
        assertThat(result.tried())
                .extracting(RecoveryResult.Tried::strategy)
                .containsExactly("graceful_degradation", "broken", "own");
        assertThat(result.tried().get(1).message())
                .isEqualTo("Strategy 'broken' failed: java.lang.IllegalStateException: strategy broke");
        assertThat(seen).containsExactly(Map.of("a", 1));
        assertThat(calls).hasValue(2);
    }

    @Test
    void shouldThrowNothingWhateverGoesWrong() {
        final RecoveryStrategy none = new RecoveryStrategy() {
            @Override
            public String name() {
                return "none";
            }

            @Override
            public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) {
                return null;
            }
        };
        final ErrorRecoveryOrchestrator recovery =
                settings().strategy(none).patterns(leadingTo("none")).build();
        assertThat(recovery.handleError(broken().build(), this::fail).errorMessage())
                .isEqualTo("Strategy 'none' gave no result");
        final RecoveryResult error = settings()
                .retry(RetryPolicy.NONE)
                .build()
                .handleError(broken().build(), context -> {
                    throw new StackOverflowError("deep");
                });
        assertThat(error.errorMessage()).isEqualTo("deep");
        final Executor full = work -> {
            throw new RejectedExecutionException("full");
        };
        assertThat(recovery.handleErrorAsync(broken().build(), this::fail, full)
                        .join()
                        .errorMessage())
                .contains("full");
    }

    @Test
    @Conforms("T-REC-34")
    void shouldRecoverMostErrorsThatPass() {
        final ErrorRecoveryOrchestrator recovery = settings().build();
        for (int i = 0; i < 10; i++) {
            calls.set(0);
            recovery.handleError(RecoveryContext.of("w" + i, "n").build(), failing(1));
        }
        assertThat(recovery.statistics().successRate()).isEqualTo(1);
    }

    @Test
    @Conforms({"T-REC-27", "T-REC-30"})
    void shouldCountAndForget() {
        final ErrorRecoveryOrchestrator recovery = settings().build();
        assertThat(recovery.statistics().total()).isZero();
        recovery.handleError(broken().build(), this::succeed);
        assertThat(recovery.statistics().total()).isEqualTo(1);
        assertThat(recovery.statistics().successRate()).isEqualTo(1);
        for (int i = 0; i < 9; i++) {
            recovery.handleError(broken().build(), i < 7 ? this::succeed : null);
        }
        assertThat(recovery.statistics().total()).isEqualTo(10);
        assertThat(recovery.statistics().successes()).isEqualTo(8);
        recovery.resetStatistics();
        assertThat(recovery.statistics()).isEqualTo(RecoveryStatistics.NONE);
    }

    @Test
    void shouldSendWhatIsLeftToSyntaxWithoutAPatternToRetry() {
        final RecoveryResult result = settings()
                .build()
                .handleError(
                        RecoveryContext.of("w", "n")
                                .exception(new SyntaxError("odd"))
                                .build(),
                        failing(1));
        assertThat(result.strategyUsed()).isEqualTo("error_correction");
        assertThat(result.metadata()).containsEntry("instead", "retry");
        assertThat(settings()
                        .build()
                        .handleError(
                                RecoveryContext.of("w", "n")
                                        .exception(new ImportError("odd"))
                                        .build(),
                                null)
                        .strategyUsed())
                .isEqualTo("alternative_path");
    }

    // ------------------------------------------------------------------ circuit breaker

    @Test
    @Conforms("FUTURE-33")
    void shouldOpenACircuitAfterFiveFailuresForAMinute() {
        final ManualTimer standing = ManualTimer.standing();
        final ErrorRecoveryOrchestrator recovery = ErrorRecoveryOrchestrator.with()
                .timer(standing)
                .patterns(leadingTo("circuit_breaker"))
                .build();
        for (int i = 0; i < 5; i++) {
            assertThat(recovery.handleError(broken().build(), this::fail).errorMessage())
                    .contains("broke");
        }
        assertThat(recovery.handleError(broken().build(), this::succeed).errorMessage())
                .isEqualTo("The circuit of 'fetch' is open after 5 failures");
        assertThat(calls).hasValue(5);
        standing.advance(Duration.ofSeconds(60).toNanos());
        final RecoveryResult trial = recovery.handleError(broken().build(), this::fail);
        assertThat(trial.metadata()).containsEntry("circuit", "OPEN");
        assertThat(recovery.handleError(broken().build(), this::succeed).isSuccess())
                .isFalse();
        standing.advance(Duration.ofSeconds(60).toNanos());
        assertThat(recovery.handleError(broken().build(), this::succeed).isSuccess())
                .isTrue();
        assertThat(recovery.handleError(broken().build(), this::succeed).isSuccess())
                .isTrue();
        assertThat(recovery.handleError(
                                RecoveryContext.of("w", "other")
                                        .errorMessage("it broke")
                                        .build(),
                                this::succeed)
                        .isSuccess())
                .isTrue();
    }

    @Test
    void shouldAllowOneTrialWhenHalfOpen() {
        final ManualTimer standing = ManualTimer.standing();
        final CircuitBreaker breaker = new CircuitBreaker(2, Duration.ofSeconds(1), standing::nowNs);
        breaker.failed();
        breaker.succeeded();
        breaker.failed();
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        breaker.failed();
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(breaker.allows()).isFalse();
        standing.advance(1000 * MS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isFalse();
        standing.advance(1000 * MS);
        assertThat(breaker.allows()).as("the trial never came back").isTrue();
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThatThrownBy(() -> new CircuitBreaker(0, Duration.ofSeconds(1), standing::nowNs))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CircuitBreaker(1, Duration.ZERO, standing::nowNs))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Five kinds, twenty of each; what is tried again works. */
    @Test
    @Conforms("T-IPERF-03")
    void shouldRecoverWhatCanBeRecovered() {
        final ErrorRecoveryOrchestrator recovery = settings().build();
        int recovered = 0;
        for (int i = 0; i < 100; i++) {
            final Exception error = switch (i % 5) {
                case 0 -> new TimeoutException("timed out " + i);
                case 1 -> new ConnectException("connection refused " + i);
                case 2 -> new IllegalStateException("it broke " + i);
                case 3 -> new OutOfPlacesException("no places left " + i);
                default -> new IOException("reset by peer " + i);
            };
            final RecoveryContext context =
                    RecoveryContext.of("w" + i, "n").exception(error).build();
            recovered += recovery.handleError(context, this::succeed).isSuccess() ? 1 : 0;
        }
        assertThat(recovered).isGreaterThanOrEqualTo(90);
        assertThat(recovery.statistics().total()).isEqualTo(100);
        assertThat(recovery.statistics().successRate()).isEqualTo(recovered / 100.0);
    }

    private static final class OutOfPlacesException extends Exception {
        private static final long serialVersionUID = 1;

        OutOfPlacesException(final String message) {
            super(message);
        }
    }
}

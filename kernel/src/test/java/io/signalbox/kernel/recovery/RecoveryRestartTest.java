package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.MemoryJournal;
import io.signalbox.kernel.workflow.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process dies in the middle of a recovery; the next one goes on where it was. */
class RecoveryRestartTest {
    private static final KernelConfig CONFIG = KernelConfig.standard();

    private final ManualTimer timer = ManualTimer.eager();
    private final List<String> tried = new ArrayList<>();

    private RecoverySettings settings(final Kernel kernel) {
        return ErrorRecoveryOrchestrator.with()
                .in(kernel.coordination("build"))
                .durable()
                .timer(timer)
                .retry(new RetryPolicy(2, 1_000_000, 2, 30_000_000, 0))
                .alternatives("m", "v2", "v3", "simple")
                .breaker(2, Duration.ofSeconds(60))
                .patterns()
                .select(ErrorType.UNKNOWN, "retry", "alternative_path");
    }

    private static RecoveryContext broken() {
        return RecoveryContext.of("build-42", "fetch")
                .errorMessage("it broke")
                .argument("failed_path", "m")
                .build();
    }

    private Object fail(final RecoveryContext context) {
        tried.add(String.valueOf(context.state().get("template_name")));
        throw new IllegalStateException("attempt " + tried.size() + " broke");
    }

    /** What a process leaves that dies during attempt number {@code last}, which is tried in the way of {@link #settings}. */
    private MemoryJournal diedIn(final int last) {
        final MemoryJournal journal = new MemoryJournal();
        final List<MemoryJournal> left = new ArrayList<>();
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            settings(kernel).build().handleError(broken(), context -> {
                if (tried.size() + 1 == last) {
                    left.add(journal.reopened());
                }
                return fail(context);
            });
            assertThat(settings(kernel).build().unfinished()).isEmpty();
            assertThat(kernel.coordination("build").state().keys()).isEmpty();
        }
        tried.clear();
        return left.get(0);
    }

    @Test
    void shouldGoOnWithTheAttemptsThatAreLeft() {
        try (Kernel kernel = Kernel.launch(CONFIG, diedIn(2))) {
            final ErrorRecoveryOrchestrator recovery = settings(kernel).build();
            assertThat(recovery.unfinished()).containsExactly("build-42:fetch:0");
            final RecoveryResult result = recovery.handleError(broken(), context -> "done");
            assertThat(result.strategyUsed()).isEqualTo("retry");
            assertThat(result.retryCount()).as("attempts of both processes").isEqualTo(2);
            assertThat(recovery.unfinished()).isEmpty();
        }
    }

    @Test
    void shouldNotTryAStrategyAgainWhoseLastAttemptTookTheProcess() {
        try (Kernel kernel = Kernel.launch(CONFIG, diedIn(3))) {
            final RecoveryResult result = settings(kernel).build().handleError(broken(), this::fail);
            assertThat(tried).containsExactly("v2", "v3", "simple");
            assertThat(result.tried())
                    .extracting(RecoveryResult.Tried::message)
                    .containsExactly(
                            "The process died during attempt 3", "No alternative worked: simple: attempt 3 broke");
        }
    }

    @Test
    void shouldRememberWhichAlternativesWereTried() {
        try (Kernel kernel = Kernel.launch(CONFIG, diedIn(5))) {
            final RecoveryResult result = settings(kernel).build().handleError(broken(), context -> {
                tried.add(String.valueOf(context.state().get("template_name")));
                return "done";
            });
            assertThat(tried).as("v2 failed, v3 was under way").containsExactly("simple");
            assertThat(result.isFallbackUsed()).isTrue();
            assertThat(result.tried())
                    .extracting(RecoveryResult.Tried::strategy)
                    .containsExactly("retry", "alternative_path");
            assertThat(result.tried().get(0).message()).isEqualTo("attempt 3 broke");
        }
    }

    @Test
    void shouldBeginAnewWithOtherStrategies() {
        try (Kernel kernel = Kernel.launch(CONFIG, diedIn(5))) {
            final ErrorRecoveryOrchestrator recovery = settings(kernel)
                    .select(ErrorType.UNKNOWN, "alternative_path")
                    .build();
            recovery.handleError(broken(), this::fail);
            assertThat(tried).containsExactly("v2", "v3", "simple");
        }
    }

    @Test
    void shouldKeepACircuitOpen() {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            final ErrorRecoveryOrchestrator recovery = withBreaker(kernel);
            recovery.handleError(broken(), this::fail);
            recovery.handleError(broken(), this::fail);
        }
        tried.clear();
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened())) {
            final ErrorRecoveryOrchestrator recovery = withBreaker(kernel);
            assertThat(recovery.handleError(broken(), this::fail).errorMessage())
                    .isEqualTo("The circuit of 'fetch' is open after 2 failures");
            assertThat(tried).isEmpty();
            timer.after(Duration.ofSeconds(60).toNanos(), () -> {});
            assertThat(recovery.handleError(broken(), context -> "done").isSuccess())
                    .isTrue();
            assertThat(kernel.coordination("build").state().keys()).isEmpty();
        }
    }

    private ErrorRecoveryOrchestrator withBreaker(final Kernel kernel) {
        return settings(kernel).select(ErrorType.UNKNOWN, "circuit_breaker").build();
    }

    @Test
    void shouldTellWhatCouldNotBeKept() {
        final Kernel kernel = Kernel.launch(CONFIG, new MemoryJournal());
        final ErrorRecoveryOrchestrator recovery = settings(kernel).build();
        kernel.close();
        final RecoveryResult result = recovery.handleError(broken(), context -> "done");
        assertThat(result.value()).isEqualTo("done");
        assertThat(result.metadata().get("checkpoint_refused")).contains("is closed");
        assertThatThrownBy(() -> ErrorRecoveryOrchestrator.with().durable().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a durable recovery needs a coordination: say in(...)");
    }
}

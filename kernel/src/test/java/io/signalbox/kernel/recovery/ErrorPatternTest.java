package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What errors look like, and what kind they are. */
class ErrorPatternTest {
    private static final ErrorPattern SYNTAX = ErrorPattern.ofText(
            "async", ErrorType.SYNTAX, "SyntaxError.*def execute", RecoveryStrategy.ERROR_CORRECTION);

    static final class SyntaxError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyntaxError(final String message) {
            super(message);
        }
    }

    static final class ImportError extends Exception {
        private static final long serialVersionUID = 1L;

        ImportError(final String message) {
            super(message);
        }
    }

    static final class LateReply extends TimeoutException {
        private static final long serialVersionUID = 1L;
    }

    static final class TemplateSyntaxError extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    @Conforms("T-REC-02")
    void shouldMatchTextsUnlessItIsOff() {
        assertThat(SYNTAX.matches("SyntaxError: invalid syntax in def execute_effect"))
                .isTrue();
        assertThat(SYNTAX.matches("syntaxerror near DEF execute")).isTrue();
        assertThat(SYNTAX.matches("SyntaxError: in def process")).isFalse();
        assertThat(SYNTAX.matches("TypeError in def execute")).isFalse();
        assertThat(SYNTAX.enabled(false).matches("SyntaxError: invalid syntax in def execute_effect"))
                .isFalse();
    }

    @Test
    void shouldMatchOverTheEndsOfLines() {
        assertThat(SYNTAX.matches("SyntaxError: invalid syntax\n  file node.py\n    def execute_effect(self):"))
                .isTrue();
    }

    @Test
    @Conforms("T-REC-03")
    void shouldTakeNamedGroupsFromATextThatMatches() {
        final ErrorPattern pattern = ErrorPattern.ofText(
                "import", ErrorType.IMPORT, "No module named '(?P<module>[^']+)'", RecoveryStrategy.ALTERNATIVE_PATH);
        assertThat(pattern.extractGroups("ImportError: No module named 'typing'"))
                .isEqualTo(Map.of("module", "typing"));
        assertThat(pattern.extractGroups("something else")).isEmpty();
    }

    @Test
    @Conforms("REQ-11")
    void shouldMatchTheClassesOfExceptionsAndOfTheirCauses() {
        final ErrorPattern io =
                ErrorPattern.ofType("io", ErrorType.RESOURCE, IOException.class, RecoveryStrategy.RETRY);
        assertThat(io.matches(ErrorDescription.of(new FileNotFoundException("a.txt"))))
                .isTrue();
        assertThat(io.matches(ErrorDescription.of(
                        new CompletionException(new UncheckedIOException(new IOException("disk"))))))
                .isTrue();
        assertThat(io.matches(ErrorDescription.of(new IllegalStateException("IOException"))))
                .isFalse();
        assertThat(io.withTypes("FileNotFoundException").matches(ErrorDescription.of(new IOException())))
                .isFalse();
        final ErrorPattern both = ErrorPattern.ofText("both", ErrorType.RESOURCE, "disk", RecoveryStrategy.RETRY)
                .withTypes("IOException");
        assertThat(both.matches(ErrorDescription.of(new IOException("the disk is full"))))
                .isTrue();
        assertThat(both.matches(ErrorDescription.of(new IOException("no such file"))))
                .isFalse();
        assertThat(both.matches(ErrorDescription.of(new RuntimeException("the disk is full"))))
                .isFalse();
    }

    @Test
    void shouldKnowEachStandardErrorByItsExceptionAlone() {
        assertThat(followed(new SyntaxError("in def execute_effect"))).isEqualTo("missing_async_keyword");
        assertThat(followed(new ImportError("No module named 'typing'"))).isEqualTo("import_not_found");
        assertThat(followed(new ClassNotFoundException("a.B"))).isEqualTo("import_not_found");
        assertThat(followed(new TemplateSyntaxError())).isEqualTo("template_rendering_error");
        assertThat(followed(new TimeoutException())).isEqualTo("operation_timeout");
        assertThat(followed(new LateReply())).isEqualTo("operation_timeout");
        assertThat(followed(new CompletionException(new TimeoutException("late"))))
                .isEqualTo("operation_timeout");
        assertThat(followed(new Exception("ValidationError: 2 fields failed validation")))
                .isEqualTo("validation_failed");
        assertThat(followed(new Exception("ConsensusError: failed to reach consensus")))
                .isEqualTo("quorum_consensus_failed");
        assertThat(followed(new IllegalStateException("no"))).isNull();
    }

    private static String followed(final Throwable exception) {
        final ErrorAnalysis analysis = ErrorRecoveryOrchestrator.standard()
                .analyze(RecoveryContext.of("w", "n").exception(exception).build());
        return analysis.pattern() == null ? null : analysis.pattern().patternId();
    }

    @Test
    @Conforms({"T-REC-22", "DIFF-20"})
    void shouldClassifyErrors() {
        assertThat(type(new SyntaxError("x"))).isEqualTo(ErrorType.SYNTAX);
        assertThat(type(new ImportError("x"))).isEqualTo(ErrorType.IMPORT);
        assertThat(type(new Exception("x"))).isEqualTo(ErrorType.RUNTIME);
        assertThat(type(new TemplateSyntaxError())).isEqualTo(ErrorType.TEMPLATE);
        assertThat(type(new LateReply())).isEqualTo(ErrorType.TIMEOUT);
        assertThat(type(new NumberFormatException("x"))).isEqualTo(ErrorType.VALIDATION);
        assertThat(type(new CompletionException(new RejectedExecutionException())))
                .isEqualTo(ErrorType.RESOURCE);
        assertThat(type(new Exception("TypeError: no number"))).isEqualTo(ErrorType.VALIDATION);
        assertThat(ErrorDescription.ofText("DependencyError: no models").type()).isEqualTo(ErrorType.DEPENDENCY);
        assertThat(ErrorDescription.ofText("QuorumError: 1 of 3").type()).isEqualTo(ErrorType.QUORUM);
        assertThat(ErrorDescription.ofText("OSError: broken pipe").type()).isEqualTo(ErrorType.RUNTIME);
        assertThat(ErrorDescription.ofText("see here: it broke").type()).isEqualTo(ErrorType.UNKNOWN);
        assertThat(ErrorType.values()).hasSize(10);
        for (final ErrorType type : ErrorType.values()) {
            assertThat(ErrorType.of(type.word())).isSameAs(type);
        }
        assertThatThrownBy(() -> ErrorType.of("other")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ErrorType type(final Throwable exception) {
        return ErrorDescription.of(exception).type();
    }

    @Test
    void shouldEndWithACauseThatCausesItselfAndWithALongChain() {
        final Exception first = new Exception("first");
        final Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(ErrorDescription.of(first).links()).hasSize(ErrorDescription.LINKS_MAX);
        assertThat(ErrorDescription.of(new Exception("x".repeat(100_000))).message())
                .hasSize(ErrorDescription.TEXT_LENGTH_MAX);
    }

    @Test
    void shouldRefuseAPatternThatIsNotOne() {
        refuses(() -> ErrorPattern.ofText(" ", ErrorType.RUNTIME, "x", "retry"), "an error pattern needs an id");
        refuses(() -> ErrorPattern.ofText("p", ErrorType.RUNTIME, "", "retry"), "'p' needs types of exceptions or");
        refuses(() -> ErrorPattern.ofText("p", ErrorType.RUNTIME, "(", "retry"), "not a safe regular expression");
        refuses(() -> ErrorPattern.ofText("p", ErrorType.RUNTIME, "(a+)+(b+)+", "retry"), "repeats what repeats");
        refuses(() -> ErrorPattern.ofText("p", ErrorType.RUNTIME, "x"), "'p' needs a strategy");
        refuses(() -> SYNTAX.withPriority(11), "priority must be in 1..10: 11");
        refuses(() -> SYNTAX.withPriority(0), "priority must be in 1..10: 0");
        refuses(() -> SYNTAX.withRetriesMax(-1), "retriesMax must be in 0..1000: -1");
    }

    private static void refuses(final Runnable making, final String text) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}

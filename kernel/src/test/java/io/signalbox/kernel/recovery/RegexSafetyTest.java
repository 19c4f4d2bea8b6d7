package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.recovery.RegexReport.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions may be used, and that nothing that may can hang. */
class RegexSafetyTest {
    private final RegexSafety safety = RegexSafety.shared();

    @ParameterizedTest
    @ValueSource(strings = {"hello", "\\d+", "[a-z]+@[a-z]+", "^start.*end$", "(one|two) three?"})
    @Conforms("T-REGEX-01")
    void shouldAcceptHarmlessExpressions(final String expression) {
        final RegexReport report = safety.check(expression);
        assertThat(report.isValid()).isTrue();
        assertThat(report.compiled()).hasToString(expression);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    @Conforms("T-REGEX-03")
    void shouldRefuseWhatIsTooComplex() {
        final RegexReport report = safety.checkStrictly("(?=.*a)".repeat(40));
        assertThat(report.isValid()).isFalse();
        assertThat(report.compiled()).isNull();
        assertThat(report.errors()).anyMatch(error -> error.contains("complexity is 800, at most 500"));
        assertThat(safety.check("a".repeat(500)).isValid()).isTrue();
        assertThat(safety.check("a".repeat(490) + "|a|a|a|").errors())
                .containsExactly("its complexity is 501, at most 500");
    }

    @Test
    @Conforms("T-REGEX-04")
    void shouldRefuseWhatIsNestedTooDeep() {
        assertThat(safety.checkStrictly("(".repeat(20) + "a" + ")".repeat(20)).errors())
                .containsExactly("the nesting of its groups is 20, at most 15");
        assertThat(safety.checkStrictly("(".repeat(15) + "a" + ")".repeat(15)).isValid())
                .isTrue();
    }

    @Test
    @Conforms("T-REGEX-06")
    void shouldMatchFromTheBeginning() {
        assertThat(safety.match("hello (\\w+)", "hello world, hello").groups()).containsExactly("hello world", "world");
        assertThat(safety.match("hello (\\w+)", "say hello world")).isNull();
    }

    @Test
    @Conforms("T-REGEX-07")
    void shouldSearchAnywhere() {
        assertThat(safety.search("error: (.*)", "an error: it broke").groups().get(1))
                .isEqualTo("it broke");
        assertThat(safety.search("error: (?P<what>\\w+)|(?P<other>x)", "error: it")
                        .named())
                .isEqualTo(Map.of("what", "it"));
        assertThat(safety.search("error: (.*)", "all is well")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {".*x", "(a+)+$", "(a|a)*b", "(.*)(.*)(.*)(.*)z"})
    @Conforms("T-REGEX-08")
    void shouldEndInALongTextOnAnyThread(final String expression) {
        final String text = "a".repeat(30_000);
        assertThat(CompletableFuture.supplyAsync(() -> safety.search(expression, text)))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    @Conforms("T-REGEX-09")
    void shouldCompileTheSameExpressionOnce() {
        assertThat(safety.check("once (only)").compiled())
                .isSameAs(safety.check("once (only)").compiled());
        assertThat(safety.ofMessages("once (only)")).isSameAs(safety.ofMessages("once (only)"));
    }

    @Test
    void shouldKeepSoManyAndNoMore() {
        final RegexReport first = safety.check("kept 0");
        for (int i = 1; i <= RegexSafety.KEPT_MAX; i++) {
            safety.check("kept " + i);
        }
        assertThat(safety.check("kept 0")).isNotSameAs(first);
    }

    @Test
    @Conforms("T-REGEX-10")
    void shouldBeTheOneOfTheProcess() {
        assertThat(RegexSafety.shared()).isSameAs(RegexSafety.shared());
    }

    @Test
    @Conforms("T-REGEX-11")
    void shouldWarnOfDoubledWildcards() {
        final RegexReport report = safety.check(".*.*");
        assertThat(report.isValid()).isTrue();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(finding.text()).isEqualTo("an endless wildcard behind another, at 3");
        });
        assertThat(safety.check(".*a.*").findings()).isEmpty();
    }

    @Test
    void shouldRefuseTwoHighFindingsAndStrictlyOne() {
        assertThat(safety.check("(a+)+").isValid()).isTrue();
        assertThat(safety.check("(a+)+").findings())
                .extracting(RegexReport.Finding::severity)
                .containsExactly(Severity.HIGH);
        assertThat(safety.checkStrictly("(a+)+").errors()).containsExactly("it repeats what repeats, at 4");
        assertThat(safety.check("(a+)+(b*)*").errors()).hasSize(2);
        assertThat(safety.checkStrictly("a{200}").errors()).containsExactly("it repeats more than 100 times: {200}");
        assertThat(safety.checkStrictly("a{2,3}b{x}").isValid()).isTrue();
        assertThat(safety.checkStrictly("[(+]+\\(+").isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(unclosed", "[unclosed", "*nothing", "(?=ahead)", "(a)\\1"})
    @Conforms("T-REGEX-12")
    void shouldRefuseBrokenExpressions(final String expression) {
        assertThat(safety.check(expression).errors()).singleElement().asString().contains("RE2");
        assertThatThrownBy(() -> safety.search(expression, "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a safe regular expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    @Conforms("T-REGEX-13")
    void shouldRefuseEmptyExpressions(final String expression) {
        assertThat(safety.check(expression).errors()).containsExactly("it must not be empty");
    }

    @Test
    @Conforms("T-REGEX-14")
    void shouldRefuseLongExpressions() {
        assertThat(safety.check("a".repeat(800)).errors()).containsExactly("its length is 800, the maximum length 500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ImportError.*No module named '([^']+)'",
                "(?P<type>\\w+Error): (?P<text>.+)",
                "line (\\d+), column (\\d+)",
                "expected .* but (was|got) .*"
            })
    @Conforms("T-REGEX-15")
    void shouldAcceptExpressionsForErrors(final String expression) {
        assertThat(safety.checkStrictly(expression).isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}",
                "\\[(DEBUG|INFO|WARN|ERROR)\\] (.*)",
                "^(\\S+) \\S+ \\S+ \\[([^\\]]+)\\] \"(\\w+) (\\S+)"
            })
    @Conforms("T-REGEX-16")
    void shouldAcceptExpressionsForLogLines(final String expression) {
        assertThat(safety.checkStrictly(expression).isValid()).isTrue();
    }

    @Test
    void shouldTellWhichGroupsTookPart() {
        final List<String> groups = safety.search("(a)|(b)", "b").groups();
        assertThat(groups).containsExactly("b", "", "b");
    }
}

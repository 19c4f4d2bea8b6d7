package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code problems.txt}: a bad file and the full text of what is said about it. */
class ProblemsTest {
    private static final Pattern REPEATED = Pattern.compile("@\\{(.+?) x ([0-9]+)}");

    static Stream<Arguments> cases() throws IOException {
        final List<Arguments> cases = ProblemTable.read("problems.txt", ProblemsTest::writtenOut);
        assertThat(cases).hasSizeGreaterThan(150);
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldSayWhatIsWrong(final String name, final String text, final String expected) {
        assertThat(String.join("\n", Loading.problems(text))).as(name).isEqualTo(expected);
    }

    @Test
    void shouldCountWhatIsBeyondAHundredProblems() {
        final StringBuilder text = new StringBuilder("steps: [{id: a, run: x}]\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("unknown_").append(i).append(": 1\n");
        }
        final List<String> problems = Loading.problems(text.toString());
        assertThat(problems).hasSize(Limits.PROBLEMS_MAX + 1);
        assertThat(problems.get(100)).isEqualTo("w.yaml: and 900 more problems");
    }

    @Test
    void shouldShortenALongCycle() {
        final StringBuilder text = new StringBuilder("steps:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("  - {id: s")
                    .append(i)
                    .append(", run: x, needs: s")
                    .append((i + 1) % 10_000)
                    .append("}\n");
        }
        assertThat(Loading.problems(text.toString()))
                .containsExactly(
                        "w.yaml:2:10: the needs of step 's0' form a cycle: s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6"
                                + " -> s7 -> s8 -> s9 -> s10 -> s11 -> s12 -> s13 -> s14 -> s15 -> s16 -> s17 -> s18"
                                + " -> ... (9980 more) -> s9999 -> s0; take one of these needs out");
    }

    @Test
    void shouldRefuseTooManySteps() {
        assertThat(Loading.problems("steps:\n" + "  - {id: a, run: x}\n".repeat(10_001)))
                .containsExactly("w.yaml:2:3: 'steps' has at most 10000 steps, got 10001");
    }

    @Test
    void shouldRefuseTooManyItems() {
        assertThat(Loading.problems("steps:\n  - id: a\n    run: x\n    foreach: [" + "1, ".repeat(10_000) + "1]\n"))
                .containsExactly("w.yaml:4:14: 'foreach' of step 'a' has at most 10000 items, got 10001");
    }

    @Test
    void shouldRefuseTooManyStepsAfterExpansion() {
        final String step = ", run: x, foreach: [" + "1, ".repeat(5_999) + "1]}\n";
        assertThat(Loading.problems("steps:\n  - {id: a" + step + "  - {id: b" + step))
                .containsExactly(
                        "w.yaml:2:3: a workflow has at most 10000 steps after 'foreach' is expanded, got 12000");
    }

    private static String writtenOut(final String text) {
        return REPEATED.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))))
                .replace("@{U+0001}", "\u0001");
    }
}

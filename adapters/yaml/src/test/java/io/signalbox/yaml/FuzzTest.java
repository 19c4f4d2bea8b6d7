package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in a file: it is a workflow, or a {@link WorkflowFileException} says why not, in bounded time. */
class FuzzTest {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
    private static final List<String> PIECES = List.of(
            "\n",
            "  ",
            "\t",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            "\"",
            "|\n",
            ">",
            "&a ",
            "*a",
            "!!int ",
            "? ",
            "#",
            "%",
            "---\n",
            "...\n",
            "<<: ",
            "\0",
            "\u0007",
            "\uFEFF",
            "\u2028",
            "${",
            "}",
            "${inputs.",
            "${steps.parse.result}",
            "$${",
            "id: ",
            "run: ",
            "needs: ",
            "foreach: ",
            "when: ",
            "steps:\n",
            "not ",
            "((",
            "'a' == ",
            "null",
            "1e999",
            "-1",
            ".nan");
    private static Path folder;
    private static String valid;

    @BeforeContainer
    static void readTheManual() throws IOException {
        folder = Files.createTempDirectory("signalbox-fuzz");
        final Matcher example = Pattern.compile("```yaml\n(name: codegen.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/workflow-files.md")));
        assertThat(example.find()).isTrue();
        valid = example.group(1);
    }

    @AfterContainer
    static void removeTheFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("w.yaml"));
        Files.delete(folder);
    }

    @Property(tries = 500)
    void shouldAnswerAnyBytes(@ForAll final byte[] bytes) throws IOException {
        final Path path = folder.resolve("w.yaml");
        Files.write(path, bytes);
        assertAnswer(() -> WorkflowFiles.load(path));
    }

    @Property(tries = 1_000)
    void shouldAnswerAnyPiecesOfYaml(@ForAll("pieces") final List<String> pieces) {
        assertAnswer(() -> Loading.load(String.join("", pieces)));
    }

    @Property(tries = 2_000)
    void shouldAnswerAChangedValidFile(@ForAll final long seed) {
        final Random random = new Random(seed);
        final StringBuilder text = new StringBuilder(valid);
        final int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            final int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(60)));
            }
        }
        assertAnswer(() -> Loading.load(text.toString()));
    }

    @Property(tries = 2_000)
    void shouldAnswerAnyTemplateAndCondition(@ForAll("pieces") final List<String> pieces) {
        final String text = String.join("", pieces);
        try {
            Template.parse(text);
        } catch (final SyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
        }
        try {
            Expression.parse(text);
        } catch (final SyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(4))
                .list()
                .ofMaxSize(40);
    }

    @Example
    void shouldAnswerTheWorstFilesOfFullLengthInTime() {
        final List<String> worst = List.of(
                "[".repeat(3_000_000),
                "{".repeat(3_000_000),
                "? ".repeat(1_500_000),
                "- ".repeat(1_500_000),
                "a: ".repeat(1_000_000),
                "[" + "1,".repeat(1_500_000) + "1]",
                "a: " + "x".repeat(3_000_000),
                "a: \"" + "\\n".repeat(1_500_000) + "\"",
                "a: |\n" + "  x\n".repeat(750_000),
                "a: " + "x\n ".repeat(1_000_000),
                "'".repeat(3_000_000),
                "&a ".repeat(1_000_000),
                "#\n".repeat(1_500_000),
                "\n".repeat(3_000_000),
                "%A\n".repeat(1_000_000),
                "---\n".repeat(750_000),
                "{" + distinctKeys("") + "}",
                "steps:\n- {id: a, run: x}\n" + "- {id: a, run: x}\n".repeat(9_999),
                "steps: [" + "{},".repeat(9_999) + "{}]",
                "steps: [{id: a, run: [" + "'${inputs.',".repeat(200_000) + "]}]",
                "steps: [{id: a, run: '" + "${inputs.x}".repeat(270_000) + "'}]",
                "steps: [{id: a, run: ['" + "${inputs.x}".repeat(270_000) + "']}]",
                "steps: [{id: a, run: [x], needs: [" + "b,".repeat(1_000_000) + "]}]",
                "inputs: {" + distinctKeys("") + "}\nsteps: [{id: a, run: ['" + "${inputs.y}".repeat(60_000) + "']}]",
                denseGraph(1_000),
                backwardCycles(2_000));
        for (final String text : worst) {
            assertAnswer(() -> Loading.load(text));
        }
    }

    private static String distinctKeys(final String value) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < 150_000; i++) {
            text.append('k').append(i).append(": {").append(value).append("},\n");
        }
        return text.toString();
    }

    /** Every step needs many earlier ones and refers to one it does not need. */
    private static String denseGraph(final int steps) {
        final StringBuilder text = new StringBuilder("steps:\n");
        for (int i = 0; i < steps; i++) {
            text.append("- {id: s")
                    .append(i)
                    .append(", run: ['${steps.s")
                    .append(steps - 1)
                    .append(".state}'], needs: [");
            for (int need = Math.max(0, i - 400); need < i; need++) {
                text.append('s').append(need).append(',');
            }
            text.append("]}\n");
        }
        return text.toString();
    }

    /** A long chain whose every step also needs many later ones. */
    private static String backwardCycles(final int steps) {
        final StringBuilder text = new StringBuilder("steps:\n");
        for (int i = 0; i < steps; i++) {
            text.append("- {id: s").append(i).append(", run: x, needs: [");
            for (int need = 1; need < 200; need++) {
                text.append('s').append((i + need) % steps).append(',');
            }
            text.append("]}\n");
        }
        return text.toString();
    }

    private interface Load {
        WorkflowFile load();
    }

    private static void assertAnswer(final Load load) {
        assertTimeoutPreemptively(TIME_LIMIT, () -> {
            try {
                final WorkflowFile file = load.load();
                assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
            } catch (final WorkflowFileException e) {
                assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(Limits.PROBLEMS_MAX + 1);
                assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1 << 20);
            }
        });
    }
}

package io.signalbox.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final String SUMMARY = """
               step     state                   time  retries
             + parse    succeeded 2/2          1.5 s
             x compile  failed                 2.9 s        1
             - docs     skipped
             # package  cancelled

             failed: 5 steps, 2 succeeded, 1 failed, 1 cancelled, 1 skipped
             wall time 5.1 s | steps together 4.4 s | speed-up 0.9x | retries 1 | journal position 42
             result digest d1ge57
             outputs
               parse[0].model  2.0 KiB  /data/outputs/parse.0/model.json
             continue it with: signalbox resume x7k2
            """;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);
    private final Story story = new Story();

    @Test
    void shouldTellPlainLines() {
        try (RunView view = new PlainView(out, Style.ASCII, story::nowMs)) {
            story.tellUntilTheRetry(view);
            story.tellTheRest(view);
        }
        assertThat(trimmed()).isEqualTo("""
                             0.0 s  run        20261121-101530-x7k2  codegen, 4 steps  /data/runs/20261121-101530-x7k2
                             0.0 s  foreach    parse  2 instances
                             0.0 s  start      parse[0]
                             0.0 s  start      parse[1]
                             0.3 s  succeeded  parse[0]  300 ms
                             1.2 s  succeeded  parse[1]  1.2 s
                             1.2 s  start      compile
                             1.2 s  skipped    docs  its condition ${inputs.docs} == true is false
                             1.6 s  retry      compile  attempt 1 of 3 failed (exit code 2), next in 1.0 s
                             2.6 s  start      compile  attempt 2
                             5.1 s  failed     x compile failed after 2.5 s, exit code 2, attempt 2
                            | error: no such symbol
                            | 1 error
                            its whole standard error: /data/logs/compile.2.stderr
                             5.1 s  cancelled  package  compile failed
                             5.1 s  note       workflow failed

                        """ + SUMMARY);
    }

    @Test
    void shouldDrawAPictureThatFitsTheTerminal() {
        final LiveView view = new LiveView(out, terminal(60, 12), Style.ASCII, story::nowMs);
        story.tellUntilTheRetry(view);
        bytes.reset();
        view.redraw();
        final String[] frame =
                bytes.toString(UTF_8).replaceAll("\u001b\\[[0-9]*[A-Z]", "").split("\n");
        assertThat(frame)
                .containsExactly(
                        "\rcodegen  20261121-101530-x7k2                         1.6 s",
                        " + parse    2/2     1.5 s",
                        " ~ compile    400 ms  attempt 1 of 3 failed, next in 1.0 s~",
                        " - docs     its condition ${inputs.docs} == true is false",
                        " . package",
                        " ========================----------------  3/5 steps");
        assertThat(frame).allMatch(line -> Words.width(line.replace("\r", "")) < 60);
        view.close();
    }

    @Test
    void shouldHideTheCursorAndGiveItBack() {
        final LiveView view = new LiveView(out, terminal(60, 12), Style.ASCII, story::nowMs);
        story.tellUntilTheRetry(view);
        view.close();
        view.close();
        assertThat(bytes.toString(UTF_8)).startsWith("\u001b[?25l").endsWith("\u001b[?25h");
        bytes.reset();
        view.redraw();
        assertThat(bytes.size()).as("nothing is drawn after the end").isZero();
    }

    @Test
    void shouldEndWithTheSummaryBelowTheFailures() {
        final LiveView view = new LiveView(out, terminal(100, 30), Style.ASCII, story::nowMs);
        story.tellUntilTheRetry(view);
        story.tellTheRest(view);
        final String screen = bytes.toString(UTF_8);
        assertThat(screen).contains("    | error: no such symbol\n").doesNotContain("pwned");
        assertThat(screen.substring(screen.lastIndexOf("\u001b[J") + 3).replace("\u001b[?25h", ""))
                .isEqualToNormalizingWhitespace(SUMMARY);
    }

    @Test
    void shouldShowWhatHappensWhenThereAreMoreStepsThanLines() {
        final List<PlannedStep> steps = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            steps.add(new PlannedStep("step" + i, List.of(), false));
        }
        final RunProgress progress = new RunProgress();
        final RunStart start = new RunStart("r", "w", Path.of("/r"), steps, Map.of(), false);
        progress.start(start);
        for (int i = 0; i < 100; i++) {
            progress.attemptStarted("step" + i, i);
            progress.change("step" + i, StepState.SUCCEEDED, i + 1);
        }
        progress.attemptStarted("step300", 200);
        progress.change("step20", StepState.BACKING_OFF, 150);
        progress.attemptStarted("step20", 200);
        final List<String> frame = new LiveFrame(progress, Style.ASCII, 80, 10, 300).render(start, 300);
        assertThat(frame).hasSize(9);
        assertThat(frame)
                .map(String::strip)
                .contains("> step20     100 ms  1 retry", "> step300    100 ms", "+ step99")
                .contains("and 494 more steps: 95 over, 0 active, 399 waiting");
    }

    @Test
    void shouldShowABlockThatWasCancelledAsCancelled() {
        final RunProgress progress = new RunProgress();
        progress.start(new RunStart(
                "r",
                "w",
                Path.of("/r"),
                List.of(new PlannedStep("votes", List.of(), true), new PlannedStep("last", List.of("votes"), false)),
                Map.of(),
                false));
        progress.expect("votes", 2);
        progress.change("votes[0]", StepState.FAILED, 1);
        progress.attemptStarted("votes[1]", 1);
        progress.change("votes[1]", StepState.CANCELLED, 501);
        progress.change("votes", StepState.CANCELLED, 501);
        assertThat(progress.rows().get(0).state()).isEqualTo(StepState.CANCELLED);
        assertThat(progress.rows().get(0).elapsedMs(600)).isEqualTo(500);
        assertThat(progress.total()).isEqualTo(3);
    }

    @Test
    void shouldSayWhatWasStoppedWithTheRun() {
        try (RunView view = new PlainView(out, Style.ASCII, story::nowMs)) {
            story.tellUntilTheStop(view);
        }
        assertThat(trimmed().substring(trimmed().indexOf("   step"))).isEqualTo("""
                           step     state                     time  retries
                         + parse    succeeded 2/2 before
                         # compile  stopped                  2.0 s
                         . docs     waiting
                         . package  waiting

                         stopped: 5 steps, 2 succeeded, 1 stopped, 2 not run
                         wall time 2.0 s | steps together 2.0 s | speed-up 1.0x | retries 0 | journal position 9
                        """);
    }

    @Test
    void shouldColourOnlyWhenAllowed() {
        final Map<String, String> terminal = new HashMap<>(Map.of("TERM", "xterm-256color"));
        assertThat(Terminal.canColour(terminal)).isTrue();
        terminal.put("NO_COLOR", "1");
        assertThat(Terminal.canColour(terminal)).isFalse();
        assertThat(Terminal.canMove(terminal)).isTrue();
        assertThat(Terminal.canMove(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.canColour(Map.of("TERM", "dumb"))).isFalse();
        assertThat(new Style(true, true).colour(StepState.FAILED, "x")).isEqualTo("\u001b[31mx\u001b[0m");
    }

    @Test
    void shouldTellJsonLines() {
        final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC);
        try (RunView view = new JsonView(out, clock)) {
            story.tellUntilTheRetry(view);
            story.tellTheRest(view);
        }
        final List<String> lines = bytes.toString(UTF_8).lines().toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(
                                JsonView.MAPPER.readTree(line).get("run").asString())
                        .isEqualTo("20261121-101530-x7k2"));
        assertThat(lines)
                .contains(
                        "{\"event\":\"step_started\",\"time\":\"2026-11-21T10:15:30Z\",\"run\":\"20261121-101530-x7k2\","
                                + "\"step\":\"parse[0]\",\"attempt\":1,\"pid\":101}",
                        "{\"event\":\"step_finished\",\"time\":\"2026-11-21T10:15:30Z\",\"run\":\"20261121-101530-x7k2\","
                                + "\"step\":\"compile\",\"attempt\":2,\"state\":\"failed\",\"exit_code\":2,\"elapsed_ms\":2500,"
                                + "\"message\":\"exit code 2\",\"stderr_tail\":[\"error: no such symbol\",\"1 error\"],"
                                + "\"log\":\"/data/logs/compile.2.stderr\"}");
        assertThat(lines)
                .last()
                .asString()
                .contains("\"state\":\"failed\"", "\"size_bytes\":2048", "\"speed_up\":0.86");
    }

    @Test
    void shouldBeQuietUnlessAStepFails() {
        try (RunView view = new QuietView(out)) {
            story.tellUntilTheRetry(view);
            assertThat(bytes.size()).isZero();
            story.tellTheRest(view);
        }
        assertThat(trimmed()).startsWith("x compile failed after 2.5 s, exit code 2, attempt 2\n");
    }

    @Test
    void shouldCountColumnsOfWideAndCombiningCharacters() {
        assertThat(Words.width("ab")).isEqualTo(2);
        assertThat(Words.width("日本")).isEqualTo(4);
        assertThat(Words.width("e\u0301")).isEqualTo(1);
        assertThat(Words.fit("日本語", 5)).isEqualTo("日本~");
        assertThat(Words.pad("日", 4)).isEqualTo("日  ");
        assertThat(List.of(
                        Words.duration(850), Words.duration(3_400), Words.duration(125_000), Words.duration(3_720_000)))
                .containsExactly("850 ms", "3.4 s", "2 m 05 s", "1 h 02 m");
        assertThat(List.of(Words.size(17), Words.size(3_500), Words.size(5L << 30)))
                .containsExactly("17 B", "3.4 KiB", "5.0 GiB");
    }

    private static Terminal terminal(final int columns, final int lines) {
        return new Terminal(Map.of("COLUMNS", "" + columns, "LINES", "" + lines));
    }

    /** The text with the leading blanks of a text block's own indentation kept, trailing ones gone. */
    private String trimmed() {
        final List<String> lines =
                bytes.toString(UTF_8).lines().map(String::stripTrailing).toList();
        return String.join("\n", lines) + "\n";
    }
}

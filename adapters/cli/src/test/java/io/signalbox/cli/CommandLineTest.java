package io.signalbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.JsonView;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CommandLineTest {
    private static final long PATIENCE_S = 60;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                           | expected a command, got none; see signalbox --help",
                "rnu                          | there is no command 'rnu'; did you mean 'run'?; see signalbox --help",
                "run                          | Missing required parameter: 'FILE'; see signalbox run --help",
                "run x.yaml --sgv             | Unknown option: '--sgv'; did you mean '--svg'?; see signalbox run --help",
                "run x.yaml --json --quiet    | --json, --quiet are mutually exclusive",
                "run x.yaml --dot --svg       | --dot, --svg are mutually exclusive",
                "run x.yaml -o y              | --output goes with --dot or --svg, neither was given",
                "run x.yaml --input novalue   | --input expects NAME=VALUE, got \"novalue\"",
                "run x.yaml --input =v        | --input expects NAME=VALUE, got \"=v\"",
                "run x.yaml -i a=1 -i a=2     | --input a is given twice",
                "run x.yaml                   | x.yaml: no such file",
                "run @x.yaml                  | @x.yaml: no such file",
                "inspect --data nowhere       | there are no runs in nowhere/runs",
                "replay zzz --data nowhere    | no run \"zzz\" in nowhere/runs",
                "resume                       | nothing to resume in .signalbox",
                "explain --signal 3           | --signal goes with --agent A",
                "explain --agent ben          | --agent goes with --signal POSITION",
                "explain --journal x          | --journal goes with --signal POSITION",
                "explain --signal -4 --agent a | --signal expects a position of the journal, 0 or more, got -4",
                "explain --signal x --agent a | Invalid value for option '--signal': 'x' is no whole number",
                "explain --signal 3 --agent a --step s | --signal and --step ask different questions",
                "explain r --journal x --signal 3 --agent a | --journal stands in place of a run",
                "run x.yaml --only a --from b | x.yaml: no such file",
                "fork x7k2                    | Missing required option: '--at=POSITION'; see signalbox fork --help",
                "diff x7k2                    | Missing required parameter: 'RUN'; see signalbox diff --help",
                "approve x7k2                 | Missing required parameter: 'STEP'; see signalbox approve --help",
                "list --last 0                | --last expects how many runs are listed, 1 or more, got 0",
                "list --last -1               | --last expects how many runs are listed, 1 or more, got -1",
                "list --last few              | Invalid value for option '--last': 'few' is no whole number",
                "list --state faild           | --state expects one of running, interrupted, succeeded, failed,",
                "list --state faild           | got \"faild\"; did you mean 'failed'?",
                "list --data=                 | --data is an empty text: give the folder in which runs are kept",
                "list more                    | 'more' is one argument too many",
            })
    void shouldRefuseWrongUseWithOneMessage(final String line, final String message) {
        final String[] args = line.isEmpty() ? new String[0] : line.split(" +");
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err()).startsWith("signalbox: ").contains(message).doesNotContain("\tat ");
        assertThat(err().lines()).hasSize(1);
        assertThat(out()).isEqualTo(line.contains("--json") ? out() : "");
    }

    @Test
    void shouldShowWhereAFaultCameFromWhenAsked() {
        assertThat(execute("run", "x.yaml", "--debug")).isEqualTo(2);
        assertThat(err()).contains("\tat io.signalbox.cli.RunCommand.call");
        errBytes.reset();
        environment.put("SIGNALBOX_DEBUG", "1");
        assertThat(execute("run", "x.yaml")).isEqualTo(2);
        assertThat(err()).contains("\tat io.signalbox.cli.RunCommand.call");
    }

    @Test
    void shouldTellErrorsAsJsonToo() {
        assertThat(execute("run", "x.yaml", "--json")).isEqualTo(2);
        final JsonNode line = JsonView.MAPPER.readTree(out());
        assertThat(line.get("event").asString()).isEqualTo("error");
        assertThat(line.get("exit_code").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run", "resume", "list", "inspect", "explain", "replay", "version", "diff", "fork", "approve", "cancel"
            })
    void shouldHelpWithExamples(final String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out()).contains("Usage: signalbox " + command, "Example", "signalbox " + command);
        assertThat(out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void shouldShowVersions() {
        assertThat(execute("version")).isZero();
        assertThat(out()).startsWith("signalbox ").contains(System.getProperty("java.home"));
        assertThat(execute("--version")).isZero();
        assertThat(execute("--help")).isZero();
        assertThat(out()).contains("run", "resume", "replay");
    }

    @Test
    void shouldRunAFileAndTellItLineByLine() throws Exception {
        workflow("{id: hello, run: [echo, 'hello ${inputs.who}'], outputs: {f: f}}");
        assertThat(execute("run", file(), "--data", data(), "-i", "who=a=b")).isEqualTo(1);
        assertThat(out())
                .contains("hello failed", "output \"f\" (f) does not exist", "failed: 1 step, 0 succeeded, 1 failed");
        outBytes.reset();
        workflow("{id: hello, run: 'echo $X > $SIGNALBOX_OUT/f', env: {X: '${inputs.who}'}, outputs: {f: f}}");
        assertThat(execute("run", file(), "--data", data(), "-i", "who=$(touch pwned); x"))
                .isZero();
        assertThat(out()).contains("succeeded: 1 step, 1 succeeded").contains("hello.f  18 B");
        assertThat(folder.resolve("pwned")).doesNotExist();
        assertThat(RunFolder.latest(Path.of(data())).outputs("hello").resolve("f"))
                .hasContent("$(touch pwned); x");
    }

    @Test
    void shouldPrintOnlyJsonLinesWithJson() throws Exception {
        workflow("{id: hello, run: 'echo hi; echo oops >&2; exit 3'}, {id: next, run: 'true', needs: [hello]}");
        assertThat(execute("run", file(), "--data", data(), "--json")).isEqualTo(1);
        assertThat(out().lines()
                        .map(line -> JsonView.MAPPER.readTree(line).get("event").asString()))
                .containsExactly("run_started", "step_started", "step_finished", "step_cancelled", "run_finished");
        assertThat(out()).contains("\"stderr_tail\":[\"oops\"]");
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldMaskSecretsEverywhere() throws Exception {
        environment.put("TOKEN", "hunter2-hunter2");
        Files.writeString(
                folder.resolve("workflow.yaml"),
                "name: t\nsecrets: [TOKEN]\nsteps:\n  - {id: a, run: 'echo $TOKEN; echo no $TOKEN >&2; exit 1'}\n");
        assertThat(execute("run", file(), "--data", data(), "--json")).isEqualTo(1);
        assertThat(out()).contains("no ***").doesNotContain("hunter2");
        outBytes.reset();
        environment.remove("TOKEN");
        assertThat(execute("run", file(), "--data", data())).isEqualTo(1);
        assertThat(out()).contains("no value for secret TOKEN");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(path -> read(path).contains("hunter2"));
        }
    }

    @Test
    void shouldTakeAJsonResultApart() throws Exception {
        workflow("{id: a, run: [echo, '{\"n\": [1, 2]}'], result: json},"
                + " {id: b, run: [echo, '${steps.a.result.n.1}'], needs: [a]},"
                + " {id: c, run: [echo, 'not json'], result: json, needs: [b]}");
        assertThat(execute("run", file(), "--data", data(), "--quiet")).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("c failed").contains("result: json, but standard output is not one JSON value");
    }

    @Test
    void shouldDrawAFileWithoutRunningIt() throws Exception {
        workflow("{id: a, run: 'touch ran'}, {id: b, run: 'true', needs: [a]}");
        assertThat(execute("run", file(), "--dot", "--data", data())).isZero();
        assertThat(out()).startsWith("digraph \"t\"").contains("\"a\" -> \"b\";");
        final Path svg = folder.resolve("t.svg");
        assertThat(execute("run", file(), "--svg", "-o", svg.toString(), "--data", data()))
                .isZero();
        assertThat(svg).content().startsWith("<svg ");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void shouldAnswerQuestionsAboutRuns() throws Exception {
        assertThat(execute("list", "--data", data())).isZero();
        assertThat(out()).startsWith("no runs in ");
        outBytes.reset();
        final RunFolder run = RunFolder.create(Path.of(data()), Clock.systemUTC(), new Random(1));
        assertThat(execute("list", "--data", data())).isZero();
        assertThat(out()).contains(run.id() + "  interrupted").contains("1/2").contains("1.5 s");
        assertThat(execute("inspect", "--data", data())).isZero();
        assertThat(out())
                .contains("parse  succeeded", "exit 2", "    result  red", "the workflow file has changed since");
        assertThat(execute("explain", run.id().substring(16), "--data", data())).isZero();
        assertThat(out()).contains("pack waiting\n    parse has not ended");
        assertThat(execute("replay", "--verify", "--data", data())).isZero();
        assertThat(out()).contains("12 commands replayed, up to position 11", "3 marks met");
        outBytes.reset();
        assertThat(execute("inspect", "--svg", "--data", data())).isZero();
        assertThat(out()).startsWith("<svg ");
        outBytes.reset();
        assertThat(execute("inspect", "--json", "--data", data())).isZero();
        assertThat(JsonView.MAPPER.readTree(out()).get("step_list").size()).isEqualTo(2);
    }

    @Test
    void shouldListARunThatCannotBeRead() throws Exception {
        Files.createDirectories(folder.resolve("data/runs/20261121-101530-zzzz"));
        assertThat(execute("list", "--data", data())).isZero();
        assertThat(out()).contains("20261121-101530-zzzz  unreadable              record 7 is damaged");
        assertThat(execute("replay", "--verify", "--data", data())).isEqualTo(3);
        assertThat(err()).isEqualTo("signalbox: record 7 is damaged\n");
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void shouldStopCleanlyOnASignal(final String signal, final int exitCode) throws Exception {
        workflow("{id: a, run: 'trap \"echo bye >&2; exit 9\" TERM; echo $$ > pid; while :; do sleep 0.05; done'},"
                + " {id: b, run: 'touch ran', needs: [a]}");
        final Process process = start("run", file(), "--data", data(), "--json");
        final List<String> lines = new ArrayList<>();
        final ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor();
        final Future<Process> end = patience.schedule(process::destroyForcibly, PATIENCE_S, TimeUnit.SECONDS);
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.contains("\"step_started\"")) {
                    awaitFile("pid");
                    new ProcessBuilder("sh", "-c", "kill -s $0 $1", signal, Long.toString(process.pid()))
                            .start()
                            .waitFor();
                }
            }
        } finally {
            patience.shutdownNow();
        }
        final long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        if (!end.isCancelled() && end.isDone()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            throw new AssertionError("SIG" + signal + " did not end it within " + PATIENCE_S + " s; it said " + lines);
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(lines)
                .anyMatch(line -> line.contains("\"notice\"") && line.contains("SIGTERM"))
                .anyMatch(line -> line.contains("\"exit_code\":9") && line.contains("\"cancelled\""))
                .last()
                .asString()
                .contains("\"state\":\"stopped\"");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private Process start(final String... args) throws Exception {
        // whoever starts the tests in the background of a shell has SIGINT ignored, and so has everybody below
        final List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,HUP,TERM",
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                SequentialMain.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void awaitFile(final String name) throws Exception {
        final Process wait = new ProcessBuilder("sh", "-c", "while ! [ -s \"$1\" ]; do sleep 0.02; done", "wait", name)
                .directory(folder.toFile())
                .start();
        assertThat(wait.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private void workflow(final String steps) throws Exception {
        Files.writeString(
                folder.resolve("workflow.yaml"),
                "name: t\ninputs: {who: {type: string, default: you}}\nsteps: [" + steps + "]\n");
    }

    private String file() {
        return folder.resolve("workflow.yaml").toString();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String read(final Path path) {
        try {
            return Files.readString(path);
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private int execute(final String... args) {
        final Console console = new Console(
                new PrintStream(outBytes, true, UTF_8),
                new PrintStream(errBytes, true, UTF_8),
                environment,
                SequentialEngine::new);
        return Main.execute(console, args);
    }

    private String out() {
        return outBytes.toString(UTF_8);
    }

    private String err() {
        return errBytes.toString(UTF_8);
    }
}

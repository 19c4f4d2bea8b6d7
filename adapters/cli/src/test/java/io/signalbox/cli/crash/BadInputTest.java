package io.signalbox.cli.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.engine.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input ends with one clear message and its exit code, and never with a stack trace. */
class BadInputTest {
    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        "stpes:\n  - {id: a, run: echo}\n",
                        "w.yaml:1:1: unknown key 'stpes' in the workflow; did you mean 'steps'?\n"
                                + "w.yaml:1:1: the workflow has no 'steps'; add a list of at least one step with"
                                + " 'id' and 'run'\n"),
                Arguments.of(
                        "steps:\n  - {id: a, run: echo}\n  - {id: a, run: echo}\n",
                        "w.yaml:3:10: step id 'a' is already on line 2; give each step an id of its own\n"),
                Arguments.of(
                        "steps:\n  - {id: alpha, run: echo}\n  - {id: b, needs: alhpa, run: echo}\n",
                        "w.yaml:3:20: step 'b' needs 'alhpa', which is not a step; did you mean 'alpha'?\n"),
                Arguments.of(
                        """
                        steps:
                          - {id: a, needs: c, run: x}
                          - {id: b, needs: a, run: x}
                          - {id: c, needs: b, run: x}
                        """,
                        "w.yaml:2:10: the needs of step 'a' form a cycle: a -> c -> b -> a; take one of these needs"
                                + " out\n"),
                Arguments.of(
                        "steps:\n  - {id: a, run: 5, timeout: 3}\n",
                        "w.yaml:2:18: 'run' of step 'a' must be a string (a shell script) or a list (program and"
                                + " arguments), got number 5\n"
                                + "w.yaml:2:30: 'timeout' of step 'a' must be a duration such as 250ms, 90s, 5m or 1h,"
                                + " longer than 0 and at most 720h, got number 3; a bare number has no unit, write"
                                + " 3s\n"),
                Arguments.of(
                        "steps:\n  - {id: a, run: [echo, '${steps.b.result}', '${inputs.x}']}\n",
                        "w.yaml:2:26: placeholder '${steps.b.result}': there is no step 'b'\n"
                                + "w.yaml:2:47: placeholder '${inputs.x}': there is no input 'x'; declare it in"
                                + " 'inputs'\n"),
                Arguments.of(
                        "inputs: {x: {default: y}}\nsteps:\n  - {id: a, run: 'echo ${inputs.x}'}\n",
                        "w.yaml:3:24: 'run' of step 'a' is a shell script and cannot hold ${inputs.x}, because a value"
                                + " could become a command; either set it in 'env:' and write \"$NAME\", or write"
                                + " 'run' as a list of program and arguments\n"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldRefuseAFileWithWhatIsWrongAndWhere(final String text, final String message) throws Exception {
        Files.writeString(folder.resolve("w.yaml"), text);
        final Launched.Ended ended = Launched.run(folder, "run", "w.yaml").exits(2);
        assertThat(ended.err()).isEqualTo("signalbox: " + message);
        assertThat(ended.out()).isEmpty();
        assertThat(folder.resolve(".signalbox")).doesNotExist();
    }

    static Stream<Arguments> wrongUse() {
        return Stream.of(
                Arguments.of(
                        List.of("run", "nothing.yaml"),
                        2,
                        "nothing.yaml: no such file; give the path of a workflow file\n"),
                Arguments.of(
                        List.of("run", "."),
                        2,
                        ".: is a directory; give the path of a workflow file, such as ./workflow.yaml\n"),
                Arguments.of(
                        List.of("resume"),
                        2,
                        "nothing to resume in .signalbox: no run there is interrupted or has failed (0 runs; see"
                                + " signalbox list)\n"),
                Arguments.of(
                        List.of("resume", "x7k2"),
                        2,
                        "no run \"x7k2\" in .signalbox/runs (0 runs there): see signalbox list\n"),
                Arguments.of(
                        List.of("inspect"),
                        2,
                        "there are no runs in .signalbox/runs: start one with signalbox run FILE, or say where with"
                                + " --data\n"),
                Arguments.of(
                        List.of("list", "--data", "file"),
                        2,
                        "@/file: expected the folder that holds the runs, found a file: correct --data\n"),
                Arguments.of(
                        List.of("run", "good.yaml", "--data", "file"),
                        3,
                        "cannot make a folder for the run in file: @/file/runs: Not a directory; name another place"
                                + " with --data\n"),
                Arguments.of(
                        List.of("run", "good.yaml", "-i", "colour=red"),
                        2,
                        "workflow 'good' has no input 'colour'; it has none at all\n"));
    }

    @ParameterizedTest
    @MethodSource("wrongUse")
    void shouldRefuseWrongUse(final List<String> arguments, final int exitCode, final String message) throws Exception {
        Files.writeString(folder.resolve("file"), "");
        Files.writeString(folder.resolve("good.yaml"), "steps: [{id: a, run: echo}]\n");
        final Launched.Ended ended =
                Launched.start(folder, Map.of(), arguments).end().exits(exitCode);
        assertThat(ended.err())
                .isEqualTo(
                        "signalbox: " + message.replace("@", folder.toRealPath().toString()));
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void shouldNotCallAnAnswerWholeThatIsNot() throws Exception {
        Files.writeString(folder.resolve("good.yaml"), "steps: [{id: a, run: echo}]\n");
        final String signalbox = House.launcher().toString();
        assertThat(shell(signalbox + " run good.yaml > /dev/full")).isZero();
        assertThat(shell(signalbox + " inspect --dot > /dev/full")).isEqualTo(2);
        assertThat(shell(signalbox + " run good.yaml --dot > /dev/full")).isEqualTo(2);
        assertThat(shell(signalbox + " inspect >&-")).isZero();
    }

    @Test
    void shouldRefuseAWorkingDirectoryThatIsGone() throws Exception {
        assertThat(shell("mkdir gone && cd gone && rmdir ../gone && " + House.launcher() + " list"))
                .isEqualTo(2);
    }

    private int shell(final String script) throws Exception {
        return new ProcessBuilder("/bin/sh", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void shouldFailTheStepWhosePlaceholderHasNoValueAtRunTime() throws Exception {
        Files.writeString(folder.resolve("w.yaml"), """
                on_error: collect_all
                steps:
                  - {id: a, run: [echo, '${env.NOT_SET_ANYWHERE}']}
                  - {id: b, result: json, run: "echo '{}'"}
                  - {id: c, needs: b, run: [echo, '${steps.b.result.x.y}']}
                """);
        final Launched.Ended ended =
                Launched.run(folder, "run", "w.yaml", "--json").exits(4);
        assertThat(ended.events("step_finished"))
                .extracting(line -> line.path("message").asString())
                .contains(
                        "${env.NOT_SET_ANYWHERE}: the environment variable 'NOT_SET_ANYWHERE' is not set; set it before"
                                + " the run, or use an input with a default",
                        "${steps.b.result.x.y}: there is no field 'x', the object is empty");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void shouldRefuseAJournalThatIsNewerOrCorrupt() throws Exception {
        Files.writeString(folder.resolve("w.yaml"), "steps: [{id: a, run: exit 1}]\n");
        Launched.run(folder, "run", "w.yaml").exits(1);
        final RunFolder run = Launched.newest(folder.toRealPath());
        final Path format = run.journal().resolve("format");
        final String before = Files.readString(format);
        Files.writeString(format, before.replace("signalbox-journal 1", "signalbox-journal 7"));
        for (final List<String> command :
                List.of(List.of("resume", run.id()), List.of("inspect"), List.of("explain"), List.of("replay"))) {
            final Launched.Ended ended =
                    Launched.start(folder, Map.of(), command).end().exits(3);
            assertThat(ended.err())
                    .isEqualTo("signalbox: The journal in " + run.journal()
                            + " has format 7; this version knows format 1. Open it with a newer version."
                            + " Nothing was changed.\n");
        }
        assertThat(Launched.run(folder, "resume").exits(2).err())
                .startsWith("signalbox: nothing to resume in .signalbox: ")
                .contains(run.id() + " cannot be continued: The journal in ", "has format 7");
        assertThat(Launched.run(folder, "list").exits(0).out()).contains("unreadable");
        Files.writeString(format, before);
        final Journals.Found record = Journals.records(run.journal()).get(2);
        Journals.damage(record, record.payloadOffset(), false);
        for (final String command : List.of("resume", "inspect", "explain", "replay")) {
            final Launched.Ended ended = Launched.run(folder, command, run.id()).exits(3);
            assertThat(ended.err())
                    .startsWith("signalbox: Journal corrupt after position 0, in " + record.file() + " at offset "
                            + record.offset() + ": its CRC32C is stored as 0x")
                    .endsWith("Restore the folder from a copy, or keep it and repair it with the journal tools.\n");
        }
    }

    @ParameterizedTest
    @MethodSource("injections")
    void shouldExecuteNothingThatAnInputHolds(final String value) throws Exception {
        Files.writeString(folder.resolve("w.yaml"), """
                inputs: {x: {type: string}}
                steps:
                  - {id: list, run: [printf, '%s', '${inputs.x}']}
                  - {id: script, env: {X: '${inputs.x}'}, run: 'printf %s "$X"'}
                  - {id: again, needs: list, env: {X: '${steps.list.result}'}, run: 'printf %s "$X"'}
                  - {id: "each", foreach: ['${HOME}', '$(touch pwned)'], run: [printf, '%s', '${foreach.item}']}
                """);
        Launched.run(folder, "run", "w.yaml", "--input", "x=" + value).exits(0);
        final var steps = Launched.run(folder, "inspect", "--json").json().path("step_list");
        for (final var step : steps) {
            final String expected = switch (step.path("id").asString()) {
                case "each[0]" -> "${HOME}";
                case "each[1]" -> "$(touch pwned)";
                default -> value;
            };
            assertThat(step.path("result").asString()).as(step.toString()).isEqualTo(expected);
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(path -> path.getFileName().toString().equals("pwned")))
                    .isEmpty();
        }
    }

    static List<String> injections() {
        return List.of(
                "'; touch pwned #",
                "$(touch pwned)",
                "`touch pwned`",
                "a\ntouch pwned\nb",
                "-rf",
                "\"; touch pwned; \"");
    }

    @Test
    void shouldNeverKeepOrShowASecret() throws Exception {
        final String secret = "s3cret-Value+9";
        Files.writeString(folder.resolve("w.yaml"), """
                secrets: [TOKEN]
                on_error: collect_all
                steps:
                  - {id: text, run: 'echo "it is $TOKEN"; echo "$TOKEN" >&2'}
                  - {id: json, result: json, run: 'printf "{\\"t\\": \\"%s\\"}" "$TOKEN"'}
                  - {id: use, needs: [text, json], run: [echo, '${steps.text.result}', '${steps.json.result}']}
                  - {id: argument, run: [echo, '${env.TOKEN}']}
                  - {id: fails, run: 'echo "no $TOKEN" >&2; exit 9'}
                  - {id: program, run: ['${env.TOKEN}']}
                  - {id: condition, when: env.TOKEN < 5, run: echo}
                  - {id: long, run: 'for i in $(seq 5000); do echo "$TOKEN and more"; done'}
                  - {id: broken, result: json, run: 'echo "[$TOKEN"'}
                  - {id: slow, timeout: 300ms, run: 'echo "$TOKEN"; echo "$TOKEN" >&2; sleep 60'}
                """);
        final Map<String, String> environment = Map.of("TOKEN", secret);
        final Launched.Ended json =
                Launched.run(folder, environment, "run", "w.yaml", "--json").exits(4);
        final Launched.Ended plain = Launched.run(folder, environment, "resume").exits(4);
        assertThat(json.out() + json.err() + plain.out() + plain.err())
                .contains("***")
                .doesNotContain(secret);
        for (final String command : List.of("inspect", "explain")) {
            assertThat(Launched.run(folder, environment, command, "--json")
                            .exits(0)
                            .out())
                    .doesNotContain(secret);
        }
        int files = 0;
        try (Stream<Path> all = Files.walk(folder.resolve(".signalbox"))) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                files++;
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1).contains(secret))
                        .as(file.toString())
                        .isFalse();
            }
        }
        assertThat(files).isGreaterThan(8);
        assertThat(Launched.run(folder, "resume").exits(4).out())
                .contains("no value for secret TOKEN: expected in the environment of signalbox, nothing came");
    }
}

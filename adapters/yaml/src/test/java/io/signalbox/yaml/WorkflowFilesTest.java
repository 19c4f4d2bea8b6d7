package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowFilesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadAFileWithEverything() {
        final WorkflowFile file = Loading.load("""
                name: demo
                description: |
                  Two lines,
                  both shown.
                inputs:
                  files: {default: [a, b], description: What to read.}
                  mode:
                defaults:
                  env: {LANG: C, LEVEL: 3}
                  timeout: 5m
                  retry: {max: 1, backoff: 250ms}
                  result: json
                concurrency: 4
                on_error: collect_all
                secrets: TOKEN
                steps:
                  - id: parse
                    foreach: ${inputs.files}
                    run: [cat, '${foreach.item}']
                    env: {LEVEL: 4, MODE: '${inputs.mode}'}
                  - id: join
                    needs: parse
                    when: inputs.mode == 'fast'
                    run: echo "$ALL ${HOME} $${inputs.mode}"
                    env: {ALL: '${steps.parse.result}'}
                    timeout: 90s
                    retry: 3
                    result: text
                    outputs: {b: out/b.txt, a: a.txt}
                """);
        assertThat(file.name()).isEqualTo("demo");
        assertThat(file.description()).contains("Two lines,\nboth shown.\n");
        assertThat(file.concurrency()).isEqualTo(4);
        assertThat(file.onError()).isEqualTo(OnError.COLLECT_ALL);
        assertThat(file.secrets()).containsExactly("TOKEN");
        assertThat(file.inputs())
                .containsExactly(
                        new Input(
                                "files",
                                Input.Type.LIST,
                                Optional.of(MapScope.json("[\"a\",\"b\"]")),
                                Optional.of("What to read.")),
                        new Input("mode", Input.Type.STRING, Optional.empty(), Optional.empty()));
        final Step parse = file.step("parse").orElseThrow();
        assertThat(parse.env().keySet()).containsExactly("LANG", "LEVEL", "MODE");
        assertThat(parse.env()).containsEntry("LEVEL", Template.parse("4"));
        assertThat(parse.timeout()).contains(Duration.ofMinutes(5));
        assertThat(parse.retry()).isEqualTo(new Retry(1, Duration.ofMillis(250), 2, Duration.ofSeconds(60), 0.1));
        assertThat(parse.result()).isEqualTo(ResultKind.JSON);
        assertThat(parse.foreach()).contains(new Foreach.FromInput(new Placeholder.InputValue("files", List.of())));
        assertThat(parse.line()).isEqualTo(17);
        final Step join = file.step("join").orElseThrow();
        assertThat(join.needs()).containsExactly("parse");
        assertThat(join.run()).isEqualTo(new Run.Shell("echo \"$ALL ${HOME} ${inputs.mode}\""));
        assertThat(join.timeout()).contains(Duration.ofSeconds(90));
        assertThat(join.retry()).isEqualTo(new Retry(3, Duration.ofMillis(250), 2, Duration.ofSeconds(60), 0.1));
        assertThat(join.result()).isEqualTo(ResultKind.TEXT);
        assertThat(join.outputs()).isEqualTo(Map.of("a", "a.txt", "b", "out/b.txt"));
        assertThat(join.outputs().keySet()).containsExactly("b", "a");
        assertThat(join.when()).contains(Expression.parse("inputs.mode == 'fast'"));
    }

    @Test
    void shouldGiveDefaultsToTheSmallestFile() {
        final WorkflowFile file = Loading.load("steps: [{id: a, run: x}]\n");
        assertThat(file.name()).isEqualTo("w");
        assertThat(file.concurrency()).isZero();
        assertThat(file.onError()).isEqualTo(OnError.FAIL_FAST);
        assertThat(file.defaults()).isEqualTo(Defaults.NONE);
        assertThat(file.sourceText()).isEqualTo("steps: [{id: a, run: x}]\n");
        assertThat(file.steps())
                .containsExactly(new Step(
                        "a",
                        new Run.Shell("x"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Retry.NONE,
                        ResultKind.TEXT,
                        Map.of(),
                        1));
    }

    @Test
    void shouldReadNumbersOfTheCoreSchema() {
        final WorkflowFile file = Loading.load("inputs: {n: {default: [0x1F, 0o17, +5, -3, 1e3, .5, 99999999999, 1.0,"
                + " 123456789012345678901234567890, yes, 0b1]}}\nsteps: [{id: a, run: x}]\n");
        assertThat(file.inputs().get(0).defaultValue())
                .contains(MapScope.json(
                        "[31,15,5,-3,1000.0,0.5,99999999999,1.0,123456789012345678901234567890," + "\"yes\",\"0b1\"]"));
    }

    @Test
    void shouldLetAliasesStandForWhatTheyName() {
        final WorkflowFile file = Loading.load("defaults: {env: &e {A: b}}\nsteps: [{id: a, run: x, env: *e}]\n");
        assertThat(file.steps().get(0).env()).isEqualTo(file.defaults().env());
    }

    @Test
    void shouldNotBeChangedThroughWhatItGivesAway() {
        final WorkflowFile file =
                Loading.load("inputs: {n: {default: [1]}}\nsteps: [{id: a, run: x, env: {A: b}, outputs: {o: p}}]\n");
        final Step step = file.steps().get(0);
        assertThatThrownBy(() -> file.steps().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> step.env().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> step.outputs().clear()).isInstanceOf(UnsupportedOperationException.class);
        ((tools.jackson.databind.node.ArrayNode)
                        file.inputs().get(0).defaultValue().orElseThrow())
                .add(2);
        assertThat(file.inputs().get(0).defaultValue()).contains(MapScope.json("[1]"));
    }

    @Test
    void shouldReadAChainOfTenThousandSteps() {
        final StringBuilder text = new StringBuilder("steps:\n  - {id: s0, run: x}\n");
        for (int i = 1; i < 10_000; i++) {
            text.append("  - {id: s")
                    .append(i)
                    .append(", run: [x, '${steps.s0.result}'], needs: s")
                    .append(i - 1)
                    .append("}\n");
        }
        final WorkflowFile file = Loading.load(text.toString());
        assertThat(file.steps()).hasSize(10_000);
        assertThat(Plan.of(file, MapScope.json("{}")).steps()).hasSize(10_000);
    }

    @Test
    void shouldLoadAFileWithAByteOrderMark() throws IOException {
        final Path path = folder.resolve("build.yaml");
        Files.writeString(path, "\uFEFFsteps: [{id: a, run: echo ä}]\r\n");
        assertThat(WorkflowFiles.load(path).name()).isEqualTo("build");
        assertThat(WorkflowFiles.load(path).source()).isEqualTo(path);
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        final Path path = folder.resolve("none.yaml");
        assertThatThrownBy(() -> WorkflowFiles.load(path))
                .isInstanceOf(WorkflowFileException.class)
                .hasMessage(path + ": no such file; give the path of a workflow file");
    }

    @Test
    void shouldSayThatAFolderIsNoFile() {
        assertThatThrownBy(() -> WorkflowFiles.load(folder))
                .isInstanceOf(WorkflowFileException.class)
                .hasMessage(folder + ": is a directory; give the path of a workflow file, such as "
                        + folder.resolve("workflow.yaml"));
    }

    @Test
    void shouldSayWhereAFileIsNotUtf8() throws IOException {
        final Path path = folder.resolve("latin.yaml");
        Files.write(path, "steps:\n  - id: a\n    run: echo ä\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> WorkflowFiles.load(path))
                .isInstanceOf(WorkflowFileException.class)
                .hasMessage(path + ":3:15: not UTF-8: byte 0xE4 at offset 31; save the file as UTF-8");
    }

    @Test
    void shouldSayThatACutOffCharacterIsNotUtf8() throws IOException {
        final Path path = folder.resolve("cut.yaml");
        Files.write(path, new byte[] {'a', (byte) 0xE2, (byte) 0x82});
        assertThatThrownBy(() -> WorkflowFiles.load(path))
                .isInstanceOf(WorkflowFileException.class)
                .hasMessage(path + ":1:2: not UTF-8: byte 0xE2 at offset 1; save the file as UTF-8");
    }

    @Test
    void shouldRefuseAFileOfMoreThanThreeMebibytes() throws IOException {
        final Path path = folder.resolve("long.yaml");
        Files.writeString(path, "#".repeat(Limits.FILE_LENGTH_MAX + 1));
        final String expected = ": longer than 3145728 bytes (3 MiB); move data into files that steps read";
        assertThatThrownBy(() -> WorkflowFiles.load(path))
                .isInstanceOf(WorkflowFileException.class)
                .hasMessage(path + expected);
        assertThat(Loading.problems("#".repeat(Limits.FILE_LENGTH_MAX + 1))).containsExactly("w.yaml" + expected);
    }
}

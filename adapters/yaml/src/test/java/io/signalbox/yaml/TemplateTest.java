package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.StringNode;

class TemplateTest {
    private final MapScope scope = new MapScope()
            .input("text", "\"a b\"")
            .input("count", "3")
            .input("on", "true")
            .input("none", "null")
            .input("list", "[\"a\",\"b\"]")
            .input("deep", "{\"a\":[{\"b\":\"c\"}],\"0\":\"zero\"}")
            .variable("HOME", "/home/me")
            .item(2, "{\"name\":\"order\"}")
            .step("compile", MapScope.succeeded("{\"ok\":true,\"name\":\"n\"}"))
            .step("skip", MapScope.skipped())
            .foreachStep("parse", MapScope.succeeded("{\"n\":1}"), MapScope.succeeded("{\"n\":2}"))
            .foreachStep("empty");

    static Stream<String> hostileData() {
        return Stream.of(
                "'; touch pwned #",
                "$(touch pwned)",
                "`touch pwned`",
                "a\nb",
                "a\r\nb",
                "-rf",
                "--output=/etc/passwd",
                "${inputs.secret}",
                "$${inputs.secret}",
                "${env.HOME}",
                "${HOME}",
                "$1 \\1 \\E",
                "\"quoted\" 'too'",
                "}",
                "",
                "\u001b[31m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "plain | plain",
                "${inputs.text} | a b",
                "<${inputs.text}-${inputs.count}> | <a b-3>",
                "${inputs.on} | true",
                "${inputs.none} | null",
                "${inputs.list} | [\"a\",\"b\"]",
                "${inputs.list.1} | b",
                "${inputs.deep} | {\"a\":[{\"b\":\"c\"}],\"0\":\"zero\"}",
                "${inputs.deep.a.0.b} | c",
                "${inputs.deep.0} | zero",
                "${steps.compile.result} | {\"ok\":true,\"name\":\"n\"}",
                "${steps.compile.result.name} | n",
                "${steps.compile.state} | succeeded",
                "${steps.compile.exit_code} | 0",
                "${steps.compile.outputs.jar} | /out/a.jar",
                "${steps.parse.result} | [{\"n\":1},{\"n\":2}]",
                "${steps.parse.result.n} | [1,2]",
                "${steps.parse[1].result} | {\"n\":2}",
                "${steps.parse[1].result.n} | 2",
                "${steps.parse.state} | [\"succeeded\",\"succeeded\"]",
                "${steps.empty.result} | []",
                "${steps.skip.state} | skipped",
                "${env.HOME} | /home/me",
                "${foreach.item} | {\"name\":\"order\"}",
                "${foreach.item.name} | order",
                "${foreach.index} | 2",
                "${run.dir} | /runs/1",
                "${workflow.dir} | /flows",
                "${signalbox.classpath} | /lib/a.jar:/lib/b.jar",
                // Not ours: passes through.
                "${HOME} | ${HOME}",
                "$HOME | $HOME",
                "${inputs} | ${inputs}",
                "${inputsx.y} | ${inputsx.y}",
                "${matrix.os} | ${matrix.os}",
                "${{ matrix.os }} | ${{ matrix.os }}",
                "${ | ${",
                "$ | $",
                "${} | ${}",
                "${HOME:-${inputs.text}} | ${HOME:-a b}",
                // Escapes.
                "$${inputs.text} | ${inputs.text}",
                "$${HOME} | ${HOME}",
                "$$${inputs.text} | $${inputs.text}",
                "$$ | $$",
                "$${${inputs.text} | ${a b",
            })
    void shouldRender(final String text, final String expected) {
        assertThat(Template.parse(text).render(scope)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("hostileData")
    void shouldPassDataThroughUnchangedAndNeverReadItAgain(final String data) {
        final MapScope given = new MapScope()
                .input("data", StringNode.valueOf(data).toString())
                .input("secret", "\"never\"")
                .variable("HOME", data)
                .item(0, StringNode.valueOf(data).toString())
                .step("s", MapScope.succeeded(StringNode.valueOf(data).toString()));
        for (final String placeholder :
                List.of("${inputs.data}", "${env.HOME}", "${foreach.item}", "${steps.s.result}")) {
            assertThat(Template.parse(placeholder).render(given)).isEqualTo(data);
            assertThat(Template.parse("$${" + placeholder + "}" + placeholder).render(given))
                    .isEqualTo("${" + data + "}" + data);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "x${inputs.gone} | ${inputs.gone} in 'x${inputs.gone}': the run has no input 'gone'; give it with --input gone=VALUE",
                "${inputs.gone} | ${inputs.gone}: the run has no input 'gone'; give it with --input gone=VALUE",
                "${inputs.deep.b} | ${inputs.deep.b}: there is no field 'b'; did you mean 'a'?",
                "${inputs.list.2} | ${inputs.list.2}: a list of 2 has no element '2'; the index counts from 0",
                "${inputs.list.x} | ${inputs.list.x}: a list of 2 has no element 'x'; the index counts from 0",
                "${inputs.text.x} | ${inputs.text.x}: there is no field 'x' in string 'a b'; a step's result has fields with 'result: json'",
                "${steps.gone.state} | ${steps.gone.state}: the run has no step 'gone'; add the step or take this out",
                "${steps.skip.result} | ${steps.skip.result}: step 'skip' is skipped and has no result that can be passed on; only a step that has succeeded has one",
                "${steps.skip.exit_code} | ${steps.skip.exit_code}: step 'skip' is skipped and has no exit code; ask for its state instead",
                "${steps.skip.outputs.jar} | ${steps.skip.outputs.jar}: step 'skip' is skipped and has left no output 'jar'; only a step that has succeeded has its outputs",
                "${steps.parse[2].state} | ${steps.parse[2].state}: step 'parse' has 2 instances, counted from 0; take a smaller index or give foreach more items",
                "${steps.parse.result.m} | ${steps.parse.result.m}: there is no field 'm'; did you mean 'n'?",
                "${env.GONE} | ${env.GONE}: the environment variable 'GONE' is not set; set it before the run, or use an input with a default",
            })
    void shouldSayWhichPlaceholderHasNoValueAndWhatToDo(final String text, final String expected) {
        assertThatThrownBy(() -> Template.parse(text).render(scope))
                .isInstanceOf(UnresolvedPlaceholderException.class)
                .hasMessage(expected);
    }

    @ParameterizedTest
    @MethodSource("hostileData")
    void shouldNotLetDataBecomeACommand(final String data, @TempDir final Path folder) throws Exception {
        final WorkflowFile file = Loading.load("""
                inputs: {data: {type: string}}
                steps:
                  - {id: list, run: [printf, '%s', '${inputs.data}']}
                  - {id: script, run: 'printf %s "$DATA"', env: {DATA: '${inputs.data}'}}
                """);
        final MapScope given = new MapScope();
        given.inputs().setAll(Inputs.resolve(file, Map.of("data", data)));
        for (final Step step : file.steps()) {
            final List<String> command = step.run() instanceof Run.Exec exec
                    ? exec.argv().stream()
                            .map(argument -> argument.render(given))
                            .toList()
                    : List.of("/bin/sh", "-e", "-c", ((Run.Shell) step.run()).script());
            final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            step.env().forEach((name, value) -> builder.environment().put(name, value.render(given)));
            final Process process = builder.start();
            process.getOutputStream().close();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(step.id()).isZero();
            assertThat(output).as(step.id()).isEqualTo(data);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldSayThatThereIsNoItemOutsideForeach() {
        assertThatThrownBy(() -> Template.parse("${foreach.item}").render(new MapScope()))
                .isInstanceOf(UnresolvedPlaceholderException.class)
                .hasMessage("${foreach.item}: the step has no foreach; add one or take this out");
    }

    @Test
    void shouldRefuseAValueWithANulCharacter() {
        assertThatThrownBy(() -> Template.parse("${inputs.x}").render(new MapScope().input("x", "\"a\\u0000b\"")))
                .isInstanceOf(UnresolvedPlaceholderException.class)
                .hasMessage(
                        "${inputs.x}: its value holds a NUL character, which no argument and no environment variable can"
                                + " carry; pass it as a file in 'outputs'");
    }

    @Test
    void shouldNameItsPlaceholdersInOrder() {
        assertThat(Template.parse("${run.dir}/$${env.X}${foreach.index}").placeholders())
                .containsExactly(new Placeholder.RunDirectory(), new Placeholder.ForeachIndex());
    }
}

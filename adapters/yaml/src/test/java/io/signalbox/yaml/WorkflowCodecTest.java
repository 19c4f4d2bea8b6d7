package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class WorkflowCodecTest {

    @Property(tries = 300)
    void shouldGiveBackAnEqualWorkflow(@ForAll("workflows") final WorkflowFile workflow) {
        final String json = WorkflowCodec.toJson(workflow);
        final WorkflowFile back = WorkflowCodec.fromJson(json);
        assertThat(back).isEqualTo(workflow);
        assertThat(WorkflowCodec.toJson(back)).isEqualTo(json);
        for (int i = 0; i < workflow.steps().size(); i++) {
            assertThat(List.copyOf(back.steps().get(i).env().keySet()))
                    .isEqualTo(List.copyOf(workflow.steps().get(i).env().keySet()));
            assertThat(List.copyOf(back.steps().get(i).outputs().keySet()))
                    .isEqualTo(List.copyOf(workflow.steps().get(i).outputs().keySet()));
        }
    }

    @Test
    void shouldKeepTheFormatThatJournalsHold() {
        final WorkflowFile file = Loading.load("""
                inputs: {l: {default: [1]}}
                secrets: [T]
                steps:
                  - {id: a, run: x, foreach: '${inputs.l}', timeout: 5s}
                  - {id: b, run: [y, '${run.dir}'], needs: a, when: true, env: {A: b}, outputs: {o: p}}
                """);
        final String retry = "{\"max\":0,\"backoff_ms\":1000,\"factor\":2.0,\"max_backoff_ms\":60000,\"jitter\":0.1}";
        assertThat(WorkflowCodec.toJson(file))
                .isEqualTo(
                        "{\"format\":1,\"name\":\"w\",\"inputs\":[{\"name\":\"l\",\"type\":\"list\",\"default\":[1]}],"
                                + "\"defaults\":{\"env\":{},\"retry\":" + retry + ",\"result\":\"text\"},"
                                + "\"concurrency\":0,\"on_error\":\"fail_fast\",\"secrets\":[\"T\"],\"steps\":["
                                + "{\"id\":\"a\",\"script\":\"x\",\"needs\":[],\"foreach\":\"${inputs.l}\",\"env\":{},"
                                + "\"timeout_ms\":5000,\"retry\":" + retry
                                + ",\"result\":\"text\",\"outputs\":{},\"line\":4},"
                                + "{\"id\":\"b\",\"argv\":[\"y\",\"${run.dir}\"],\"needs\":[\"a\"],\"when\":\"true\","
                                + "\"env\":{\"A\":\"b\"},\"retry\":" + retry
                                + ",\"result\":\"text\",\"outputs\":{\"o\":\"p\"},\"line\":5}],"
                                + "\"source\":\"w.yaml\",\"source_text\":" + StringNode.valueOf(file.sourceText())
                                + "}");
    }

    @Test
    void shouldRefuseALaterFormat() {
        assertThatThrownBy(() -> WorkflowCodec.fromJson("{\"format\":2}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a workflow definition of format 1 was expected, got format 2; use the version of Signalbox that"
                                + " wrote it");
    }

    @Test
    void shouldRefuseWhatIsNoDefinition() {
        for (final String text : List.of("", "{", "[]", "5", "{\"format\":1}", "{\"format\":1,\"name\":5}")) {
            assertThatThrownBy(() -> WorkflowCodec.fromJson(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not a workflow definition: ");
        }
    }

    @Provide
    Arbitrary<WorkflowFile> workflows() {
        return Combinators.combine(
                        anyText(),
                        anyText().optional(),
                        inputs(),
                        defaults(),
                        steps(),
                        ids().list().ofMaxSize(3),
                        anyText())
                .as((name, description, inputs, defaults, steps, secrets, text) -> new WorkflowFile(
                        name,
                        description,
                        inputs,
                        defaults,
                        text.length(),
                        text.length() % 2 == 0 ? OnError.FAIL_FAST : OnError.COLLECT_ALL,
                        secrets,
                        steps,
                        Path.of("flows", "w.yaml"),
                        text));
    }

    private static Arbitrary<List<Step>> steps() {
        final Arbitrary<Run> runs = Arbitraries.oneOf(
                anyText().map(Run.Shell::new),
                templates().list().ofMinSize(1).ofMaxSize(4).map(Run.Exec::new));
        final Arbitrary<Foreach> foreachs = Arbitraries.oneOf(
                values().list().ofMaxSize(3).map(Foreach.Items::new),
                Combinators.combine(ids(), ids().list().ofMaxSize(2))
                        .as((name, path) -> new Foreach.FromInput(new Placeholder.InputValue(name, path))),
                Combinators.combine(ids(), ids().list().ofMaxSize(2))
                        .as((id, path) ->
                                new Foreach.FromResult(new Placeholder.StepResult(id, OptionalInt.empty(), path))));
        final Arbitrary<Map<String, String>> outputs =
                Arbitraries.maps(ids(), anyText()).ofMaxSize(3);
        return Combinators.combine(
                        ids(),
                        runs,
                        ids().list().ofMaxSize(3),
                        expressions().optional(),
                        foreachs.optional(),
                        defaults(),
                        outputs)
                .as((id, run, needs, when, foreach, settings, paths) -> new Step(
                        id,
                        run,
                        needs,
                        when,
                        foreach,
                        settings.env(),
                        settings.timeout(),
                        settings.retry(),
                        settings.result(),
                        paths,
                        needs.size() + 1))
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<List<Input>> inputs() {
        return Combinators.combine(
                        ids(),
                        Arbitraries.of(Input.Type.class),
                        values().optional(),
                        anyText().optional())
                .as(Input::new)
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<Defaults> defaults() {
        final Arbitrary<Duration> durations =
                Arbitraries.longs().between(0, Limits.DURATION_MAX.toMillis()).map(Duration::ofMillis);
        final Arbitrary<Retry> retries = Combinators.combine(
                        Arbitraries.integers().between(0, 100),
                        durations,
                        Arbitraries.doubles().between(1, 100),
                        durations,
                        Arbitraries.doubles().between(0, 1))
                .as(Retry::new);
        final Arbitrary<Map<String, Template>> environments =
                Arbitraries.maps(ids(), templates()).ofMaxSize(3).map(LinkedHashMap::new);
        return Combinators.combine(environments, durations.optional(), retries, Arbitraries.of(ResultKind.class))
                .as(Defaults::new);
    }

    private static Arbitrary<Template> templates() {
        return Arbitraries.oneOf(
                        anyText().filter(text -> !text.contains("${")),
                        Arbitraries.of(
                                "${inputs.x.y}",
                                "$${inputs.x}",
                                "${steps.a[3].result.b.0}",
                                "a${steps.a.outputs.o}b${HOME}",
                                "${foreach.item.x}${foreach.index}",
                                "${env.X}${run.dir}${workflow.dir}${signalbox.classpath}"))
                .map(Template::parse);
    }

    private static Arbitrary<Expression> expressions() {
        return Arbitraries.of(
                        "true",
                        "inputs.x == 'y' and not (steps.a.result.ok or env.X != \"\")",
                        "${steps.a[0].exit_code} >= -1.5e3 or foreach.index < 12345678901234567890",
                        "null == inputs.x")
                .map(Expression::parse);
    }

    private static Arbitrary<JsonNode> values() {
        return Arbitraries.lazyOf(
                () -> anyText().map(StringNode::valueOf),
                () -> Arbitraries.bigIntegers().map(JsonNumbers::integer),
                () -> Arbitraries.doubles().map(JsonNumbers::decimal),
                () -> Arbitraries.of("true", "false", "{}", "[]", "{\"b\":1,\"a\":[2,{\"c\":\"d\"}]}")
                        .map(MapScope::json));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    }

    /** Any characters but lone surrogates, which no UTF-8 file can hold. */
    private static Arbitrary<String> anyText() {
        return Arbitraries.of(Arrays.asList(
                        "a",
                        " ",
                        "\n",
                        "\"",
                        "\\",
                        "$",
                        "{",
                        "}",
                        "\u0000",
                        "\u001b",
                        "\u2028",
                        "é",
                        "\uD83D\uDE00",
                        "'"))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}

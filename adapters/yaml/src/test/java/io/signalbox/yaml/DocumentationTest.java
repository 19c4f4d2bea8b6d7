package io.signalbox.yaml;

import static io.signalbox.yaml.Manual.keys;
import static io.signalbox.yaml.Manual.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DocumentationTest {
    private static Manual manual() throws IOException {
        try (InputStream in = WorkflowFiles.class.getResourceAsStream("workflow.schema.json")) {
            return Manual.of("workflow-files.md", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Stream<String> examples() throws IOException {
        final List<String> examples = manual().examples();
        assertThat(examples).hasSize(13);
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldParseEveryExampleOfTheManual(final String example) {
        final WorkflowFile file = WorkflowFiles.parse(example, Path.of("manual.yaml"));
        assertThat(file.steps()).isNotEmpty();
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldFindEveryExampleValidUnderTheSchema(final String example) throws IOException {
        assertThat(manual().validate(example)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps: []",
                "steps: [{id: a}]",
                "steps: [{run: x}]",
                "steps: [{id: 1a, run: x}]",
                "steps: [{id: a, run: x, ned: b}]",
                "steps: [{id: a, run: x}]\nnmae: y",
                "steps: [{id: a, run: x, timeout: 90}]",
                "steps: [{id: a, run: x, timeout: 0s}]",
                "steps: [{id: a, run: x, retry: -1}]",
                "steps: [{id: a, run: x, retry: {maximum: 1}}]",
                "steps: [{id: a, run: x, result: xml}]",
                "steps: [{id: a, run: x, foreach: '${env.LIST}'}]",
                "steps: [{id: a, run: x, env: {SIGNALBOX_OUT: x}}]",
                "steps: [{id: a, run: x, outputs: {a: [b]}}]",
                "steps: [{id: a, run: []}]",
                "concurrency: 0\nsteps: [{id: a, run: x}]",
                "on_error: stop\nsteps: [{id: a, run: x}]",
                "secrets: [A-B]\nsteps: [{id: a, run: x}]",
                "inputs: {a: {required: true}}\nsteps: [{id: a, run: x}]",
                "inputs: {a: 5}\nsteps: [{id: a, run: x}]",
                "defaults: {run: x}\nsteps: [{id: a, run: x}]"
            })
    void shouldRefuseWithTheSchemaWhatTheLoaderRefusesInForm(final String text) throws IOException {
        assertThat(manual().validate(text)).as("by the schema").isNotEmpty();
        assertThat(Loading.problems(text)).as("by the loader").isNotEmpty();
    }

    @Test
    void shouldAcceptEveryWorkflowOfTheExamples() throws IOException {
        final List<Path> files;
        try (Stream<Path> found = Files.walk(Manual.DOCS.resolve("examples"))) {
            files = found.filter(path -> path.getFileName().toString().endsWith("workflow.yaml"))
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (final Path path : files) {
            final WorkflowFile file = WorkflowFiles.load(path);
            assertThat(manual().validate(file.sourceText())).as(path.toString()).isEmpty();
            assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
        }
    }

    @Test
    void shouldKnowTheSameKeysInTheSchemaAndInTheLoader() throws IOException {
        final JsonNode schema = manual().schema();
        assertThat(keys(schema)).isEqualTo(KnownKeys.WORKFLOW);
        assertThat(keys(schema.at("/$defs/inputFields"))).isEqualTo(KnownKeys.INPUT);
        assertThat(keys(schema.at("/$defs/defaults"))).isEqualTo(KnownKeys.DEFAULTS);
        assertThat(keys(schema.at("/$defs/step"))).isEqualTo(KnownKeys.STEP);
        assertThat(keys(schema.at("/$defs/stage"))).isEqualTo(KnownKeys.STAGE);
        assertThat(keys(schema.at("/$defs/group"))).isEqualTo(KnownKeys.GROUP);
        assertThat(keys(schema.at("/$defs/strategyFields"))).isEqualTo(KnownKeys.STRATEGY);
        assertThat(keys(schema.at("/$defs/limit"))).isEqualTo(KnownKeys.LIMIT);
        assertThat(keys(schema.at("/$defs/approval"))).isEqualTo(KnownKeys.APPROVAL);
        assertThat(keys(schema.at("/$defs/compensation"))).isEqualTo(KnownKeys.COMPENSATE);
        assertThat(keys(schema.at("/$defs/recover"))).isEqualTo(KnownKeys.RECOVER);
        assertThat(keys(schema.at("/$defs/alternative"))).isEqualTo(KnownKeys.ALTERNATIVE);
        assertThat(keys(schema.at("/$defs/task"))).isEqualTo(KnownKeys.TASK);
        assertThat(keys(schema.at("/$defs/degrade"))).isEqualTo(KnownKeys.DEGRADE);
        assertThat(keys(schema.at("/$defs/retryPolicy"))).isEqualTo(KnownKeys.RETRY);
    }

    @Test
    void shouldNameEveryKeyInTheManual() throws IOException {
        final String manual = manual().text();
        Stream.of(
                        KnownKeys.WORKFLOW,
                        KnownKeys.INPUT,
                        KnownKeys.DEFAULTS,
                        KnownKeys.STEP,
                        KnownKeys.STAGE,
                        KnownKeys.GROUP,
                        KnownKeys.LIMIT,
                        KnownKeys.RECOVER,
                        KnownKeys.RETRY)
                .flatMap(List::stream)
                .forEach(key -> assertThat(manual).contains("`" + key));
        Placeholder.ROOTS.forEach(root -> assertThat(manual).contains("`${" + root + "."));
    }

    @Test
    void shouldHaveTheSameWordsAndLimitsInTheSchema() throws IOException {
        final JsonNode schema = manual().schema();
        assertThat(texts(schema.at("/properties/on_error/enum")))
                .isEqualTo(Stream.of(OnError.values()).map(OnError::word).toList());
        assertThat(texts(schema.at("/$defs/rule/enum")))
                .isEqualTo(Stream.of(Strategy.Rule.values())
                        .map(Strategy.Rule::word)
                        .toList());
        assertThat(texts(schema.at("/$defs/cancel/enum")))
                .isEqualTo(Stream.of(Strategy.Cancel.values())
                        .map(Strategy.Cancel::word)
                        .toList());
        assertThat(texts(schema.at("/$defs/step/properties/on_failure/enum")))
                .isEqualTo(Stream.of(OnFailure.values()).map(OnFailure::word).toList());
        assertThat(texts(schema.at("/$defs/result/enum")))
                .isEqualTo(Stream.of(ResultKind.values()).map(ResultKind::word).toList());
        assertThat(texts(schema.at("/$defs/inputFields/properties/type/enum")))
                .isEqualTo(Stream.of(Input.Type.values()).map(Input.Type::word).toList());
        assertThat(schema.at("/properties/concurrency/maximum").intValue()).isEqualTo(Limits.CONCURRENCY_MAX);
        assertThat(schema.at("/properties/steps/maxItems").intValue()).isEqualTo(Limits.STEPS_MAX);
        assertThat(schema.at("/$defs/retryMax/maximum").intValue()).isEqualTo(Limits.RETRY_MAX);
        assertThat(schema.at("/$defs/id/maxLength").intValue()).isEqualTo(Limits.ID_LENGTH_MAX);
        assertThat(schema.at("/$defs/retryPolicy/properties/factor/maximum").doubleValue())
                .isEqualTo(Limits.RETRY_FACTOR_MAX);
        final JsonNode retry = schema.at("/$defs/retryPolicy/properties");
        assertThat(new Retry(
                        0,
                        Durations.parse(retry.at("/backoff/default").stringValue())
                                .orElseThrow(),
                        retry.at("/factor/default").doubleValue(),
                        Durations.parse(retry.at("/max_backoff/default").stringValue())
                                .orElseThrow(),
                        retry.at("/jitter/default").doubleValue()))
                .isEqualTo(Retry.NONE);
    }
}

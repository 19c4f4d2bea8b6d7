package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.PatternKeys;
import io.signalbox.kernel.pattern.PatternParameter;
import io.signalbox.kernel.pattern.Patterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The manual and the schema of pattern files say what the loader does. */
class PatternDocumentationTest {
    private static final Path DOCS = Path.of("../../docs");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String manual() throws IOException {
        return Files.readString(DOCS.resolve("patterns.md"));
    }

    private static String schemaText() throws IOException {
        return Files.readString(DOCS.resolve("pattern.schema.json"));
    }

    private static List<String> validate(final String yaml) throws IOException {
        final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText());
        final Problems problems = new Problems(new SourceText(yaml));
        final JsonNode json = new JsonValues(problems).of(YamlComposer.compose(problems));
        return schema.validate(json.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void shouldTakeEveryExampleOfTheManual() throws IOException {
        final Matcher matcher = EXAMPLE.matcher(manual());
        final List<String> examples = new ArrayList<>();
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        assertThat(examples).hasSize(1);
        for (final String example : examples) {
            assertThat(Patterns.expand(PatternFiles.parse(example, Path.of("p.yaml")), Map.of())
                            .taskIds())
                    .hasSize(4);
            assertThat(validate(example)).isEmpty();
        }
    }

    @Test
    void shouldFindTheShippedPatternsValidUnderTheSchema() throws IOException {
        for (final String name : PatternFiles.shippedNames()) {
            assertThat(validate(PatternFiles.shippedText(name))).as(name).isEmpty();
            assertThat(manual()).contains("| `" + name + "` |");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: p",
                "patern: {type: split, id: s, target_tasks: [{}]}",
                "pattern: {type: splt, id: s, target_tasks: [{}]}",
                "pattern: {type: split, id: s, target_tasks: []}",
                "pattern: {type: split, id: s, target_tasks: [{task_tpye: x}]}",
                "pattern: {type: split, id: s, target_tasks: [{priority: HIHG}]}",
                "pattern: {type: split, id: s, target_tasks: [{repeat: many}]}",
                "pattern: {type: split, target_tasks: [{}]}",
                "pattern: {type: split, id: s, target_tasks: [{}]}\nmerge: {id: m}",
                "pattern: {type: split, id: s, target_tasks: [{}]}\nmerge: {id: m, source_task_ids: [s_1], merge_strategy: x}",
                "pattern: {type: split, id: s, target_tasks: [{}]}\nsync_points: [{id: m, waiting_task_ids: [s_1], timeout_seconds: 0}]",
                "parameters: {n: {typ: number}}\npattern: {type: split, id: s, target_tasks: [{}]}"
            })
    void shouldRefuseWithTheSchemaWhatTheLoaderRefusesInForm(final String text) throws IOException {
        assertThat(validate(text)).as("by the schema").isNotEmpty();
        String said = "";
        try {
            PatternFiles.parse(text, Path.of("p.yaml"));
        } catch (final WorkflowFileException e) {
            said = e.getMessage();
        }
        assertThat(said).as("by the loader").isNotEmpty();
    }

    @Test
    void shouldKnowTheSameKeysInTheSchemaAndInTheLoader() throws IOException {
        final JsonNode schema = MapScope.json(schemaText());
        assertThat(keys(schema)).isEqualTo(PatternKeys.PATTERN_FILE);
        assertThat(keys(schema.at("/$defs/parameter"))).containsExactlyElementsOf(PatternKeys.PARAMETER);
        assertThat(keys(schema.at("/$defs/split"))).isEqualTo(PatternKeys.SPLIT);
        assertThat(keys(schema.at("/$defs/task"))).isEqualTo(PatternKeys.TASK);
        assertThat(keys(schema.at("/$defs/targetTask"))).isEqualTo(PatternKeys.TARGET_TASK);
        assertThat(keys(schema.at("/$defs/syncPoint"))).isEqualTo(PatternKeys.SYNC_POINT);
        assertThat(keys(schema.at("/$defs/use"))).isEqualTo(PatternKeys.USE);
        assertThat(keys(schema.at("/$defs/loop"))).isEqualTo(PatternKeys.LOOP);
        assertThat(keys(schema.at("/$defs/merge"))).isEqualTo(PatternKeys.MERGE);
        assertThat(keys(schema.at("/$defs/join"))).isEqualTo(PatternKeys.JOIN);
        assertThat(keys(schema.at("/$defs/condition"))).isEqualTo(PatternKeys.CONDITION);
        assertThat(texts(schema.at("/$defs/merge/properties/merge_strategy/anyOf/0/enum")))
                .isEqualTo(MergeStrategy.words());
        assertThat(texts(schema.at("/$defs/parameter/properties/type/enum"))).isEqualTo(PatternParameter.TYPES);
    }

    @Test
    void shouldNameEveryKeyAndStrategyInTheManual() throws IOException {
        final String manual = manual();
        Stream.of(
                        PatternKeys.PATTERN_FILE,
                        PatternKeys.SPLIT,
                        PatternKeys.TARGET_TASK,
                        PatternKeys.SYNC_POINT,
                        PatternKeys.LOOP,
                        PatternKeys.JOIN,
                        MergeStrategy.words())
                .flatMap(List::stream)
                .forEach(key -> assertThat(manual).contains("`" + key));
    }

    private static List<String> keys(final JsonNode schema) {
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
        return List.copyOf(schema.get("properties").propertyNames());
    }

    private static List<String> texts(final JsonNode list) {
        final List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.stringValue()));
        return texts;
    }
}

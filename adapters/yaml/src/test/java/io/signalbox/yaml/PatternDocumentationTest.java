package io.signalbox.yaml;

import static io.signalbox.yaml.Manual.keys;
import static io.signalbox.yaml.Manual.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.PatternKeys;
import io.signalbox.kernel.pattern.PatternParameter;
import io.signalbox.kernel.pattern.Patterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The manual and the schema of pattern files say what the loader does. */
class PatternDocumentationTest {
    private static Manual manual() throws IOException {
        return Manual.of("patterns.md", Files.readString(Manual.DOCS.resolve("pattern.schema.json")));
    }

    @Test
    void shouldTakeEveryExampleOfTheManual() throws IOException {
        final List<String> examples = manual().examples();
        assertThat(examples).hasSize(1);
        for (final String example : examples) {
            assertThat(Patterns.expand(PatternFiles.parse(example, Path.of("p.yaml")), Map.of())
                            .taskIds())
                    .hasSize(4);
            assertThat(manual().validate(example)).isEmpty();
        }
    }

    @Test
    void shouldFindTheShippedPatternsValidUnderTheSchema() throws IOException {
        for (final String name : PatternFiles.shippedNames()) {
            assertThat(manual().validate(PatternFiles.shippedText(name)))
                    .as(name)
                    .isEmpty();
            assertThat(manual().text()).contains("| `" + name + "` |");
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
        assertThat(manual().validate(text)).as("by the schema").isNotEmpty();
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
        final JsonNode schema = manual().schema();
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
        final String manual = manual().text();
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
}

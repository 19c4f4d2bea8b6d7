package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.pattern.Expansion;
import io.signalbox.kernel.pattern.InvalidPatternException;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternFault;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.pattern.Patterns;
import io.signalbox.kernel.workflow.StepDefinition;
import java.io.IOException;
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

/** Pattern files: those that come with Signalbox, what is said about bad ones, folders of them. */
class PatternFilesTest {
    private static final Path SOURCE = Path.of("p.yaml");

    @TempDir
    Path folder;

    /** As the guide of the first pattern files shows it, with the names of created tasks that nothing ever defined there. */
    private static final String OF_THE_GUIDE = """
            name: parallel_implementation
            description: |
              Splits a large implementation task into multiple parallel subtasks,
              executes them concurrently, and joins results for integration.

            pattern:
              type: split
              id: parallel_impl_split
              source_task_id: "${source_task_id}"
              target_tasks:
                - phase_id: PHASE_IMPLEMENTATION
                  task_type: implement_module
                  description: "Implement module 1"
                  priority: MEDIUM
                - phase_id: PHASE_IMPLEMENTATION
                  task_type: implement_module
                  description: "Implement module 2"
                  priority: MEDIUM

            sync_points:
              - id: implementation_complete
                waiting_task_ids:
                  - "${split_task_1_id}"
                  - "${split_task_2_id}"
                required_count: null  # Wait for all

            join:
              id: integration_join
              source_task_ids:
                - "${split_task_1_id}"
                - "${split_task_2_id}"
              continuation_task:
                phase_id: PHASE_INTEGRATION
                task_type: integrate_modules
                description: "Integrate all modules together"
                priority: HIGH
              merge_strategy: combine
            """;

    private static List<String> ids(final Expansion expansion) {
        return expansion.steps().stream().map(StepDefinition::id).toList();
    }

    @Test
    void shouldTakeThePatternOfTheGuideAsItStandsThere() {
        final Expansion expansion = Patterns.expand(PatternFiles.parse(OF_THE_GUIDE, SOURCE), Map.of());
        assertThat(ids(expansion))
                .containsExactly(
                        "parallel_impl_split_1",
                        "parallel_impl_split_2",
                        "implementation_complete",
                        "integration_join",
                        "integration_join_task");
    }

    @Test
    void shouldGiveCreatedTasksTheIdsThatTheGuideChooses() {
        final Expansion expansion = Patterns.expand(
                PatternFiles.parse(OF_THE_GUIDE, SOURCE),
                Map.of("source_task_id", "initial", "split_task_1_id", "task_1", "split_task_2_id", "task_2"));
        assertThat(expansion.ids("split_task_ids")).containsExactly("task_1", "task_2");
        assertThat(expansion.syncPoints().get(0).waitingTaskIds()).containsExactly("task_1", "task_2");
    }

    // ------------------------------------------------------------------ the three that come with it

    @Test
    void shouldShipThreePatternsThatExpand() {
        assertThat(PatternFiles.shippedNames())
                .containsExactly("majority_vote", "parallel_implementation", "review_feedback_loop");
        assertThat(PatternFiles.shipped().names()).isEqualTo(PatternFiles.shippedNames());
        for (final String name : PatternFiles.shippedNames()) {
            final Pattern pattern = PatternFiles.shipped(name);
            assertThat(pattern.name()).isEqualTo(name);
            assertThat(Patterns.expand(pattern, Map.of()).taskIds()).isNotEmpty();
        }
        assertThatThrownBy(() -> PatternFiles.shipped("majority_votes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'majority_vote'?");
    }

    @Test
    void shouldMakeAsManyModulesAsItIsTold() {
        final Expansion expansion =
                Patterns.expand(PatternFiles.shipped("parallel_implementation"), Map.of("module_count", 5));
        assertThat(expansion.ids("split_task_ids")).hasSize(5);
        final PatternStep fifth = PatternStep.decode(expansion.steps().get(4).payload());
        assertThat(fifth.description()).isEqualTo("Implement module 5");
        assertThat(fifth.input().get("module").asLong()).isEqualTo(5);
        assertThat(expansion.joins().get(0).sources()).hasSize(5);
    }

    @Test
    void shouldUnrollTheReviewsToTheirBound() {
        final Expansion expansion = Patterns.expand(
                PatternFiles.shipped("review_feedback_loop"), Map.of("feature_count", 1, "max_rounds", 2));
        assertThat(ids(expansion))
                .containsExactly(
                        "feature_split_1",
                        "features_complete",
                        "review_loop_review_1",
                        "review_loop_refine_1",
                        "review_loop_review_2",
                        "review_loop",
                        "review_join",
                        "review_join_task");
    }

    // ------------------------------------------------------------------ what is wrong

    static Stream<Arguments> problems() throws IOException {
        final List<Arguments> cases = ProblemTable.read("pattern-problems.txt", text -> text);
        assertThat(cases).hasSizeGreaterThan(25);
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void shouldSayWhatIsWrongAndWhere(final String name, final String text, final String expected) {
        String said = "";
        try {
            Patterns.expand(PatternFiles.parse(text, SOURCE), Map.of(), PatternFiles.shipped());
        } catch (final WorkflowFileException | InvalidPatternException e) {
            said = e.getMessage();
        }
        assertThat(said).as(name).isEqualTo(expected);
    }

    @Test
    void shouldSayWhereAParameterLeadsToSomethingWrong() {
        final Pattern vote = PatternFiles.shipped("majority_vote");
        assertThatThrownBy(() -> Patterns.expand(vote, Map.of("required_votes", 4)))
                .isInstanceOf(InvalidPatternException.class)
                .hasMessage("majority_vote.yaml:31:21: 'required_count' is 4, but 'sync_points[0]' waits for 3 tasks");
        assertThatThrownBy(() -> Patterns.expand(vote, Map.of("options", "a,b")))
                .hasMessageContaining(
                        "parameter 'options' of pattern 'majority_vote' must be of type list, got \"a,b\"")
                .hasMessageNotContaining("placeholder");
        assertThatThrownBy(() -> Patterns.expand(vote, Map.of("option", List.of("a"))))
                .hasMessageContaining("has no parameter 'option'; did you mean 'options'?");
    }

    @Test
    void shouldNameAFileThatIsNoPattern() throws IOException {
        assertThatThrownBy(() -> PatternFiles.load(folder.resolve("none.yaml")))
                .isInstanceOf(WorkflowFileException.class)
                .hasMessageContaining("no such file; give the path of a pattern file");
        assertThatThrownBy(() -> PatternFiles.load(folder)).hasMessageContaining("is a directory");
    }

    // ------------------------------------------------------------------ folders

    @Test
    void shouldFindThePatternsOfAFolderAndThoseThatComeWithIt() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), OF_THE_GUIDE.replace("name: parallel_implementation\n", ""));
        Files.writeString(folder.resolve("notes.txt"), "nothing");
        final PatternDirectory directory = new PatternDirectory(folder);
        assertThat(directory.names())
                .containsExactly("majority_vote", "mine", "parallel_implementation", "review_feedback_loop");
        assertThat(directory.find("mine").name()).isEqualTo("mine");
        assertThat(directory.find("majority_vote").name()).isEqualTo("majority_vote");
        assertThat(directory.find("nowhere")).isNull();
        assertThat(directory.find("../mine")).isNull();
    }

    @Test
    void shouldCheckAFileAnewOnlyWhenItsTextIsAnother() throws IOException {
        final Path file = Files.writeString(folder.resolve("mine.yaml"), OF_THE_GUIDE);
        final PatternDirectory directory = new PatternDirectory(folder);
        final Pattern first = directory.find("mine");
        assertThat(directory.find("mine")).isSameAs(first);
        Files.writeString(file, OF_THE_GUIDE.replace("integration_join", "other_join"));
        assertThat(Patterns.expand(directory.find("mine"), Map.of()).id("join_id"))
                .isEqualTo("other_join");
        Files.writeString(file, "name: [");
        assertThatThrownBy(() -> directory.find("mine")).isInstanceOf(WorkflowFileException.class);
    }

    @Test
    void shouldUseAPatternOfTheFolderInAnother() throws IOException {
        Files.writeString(folder.resolve("outer.yaml"), """
                pattern:
                  type: split
                  id: design
                  target_tasks: [{task_type: design}]
                uses:
                  - id: vote
                    pattern: majority_vote
                    parameters: {source_task_id: "${split_task_1_id}", options: [x, y, z]}
                join:
                  id: done
                  source_task_ids: ["${vote.continuation_task_id}"]
                  continuation_task: {task_type: report}
                """);
        final PatternDirectory directory = new PatternDirectory(folder);
        final Expansion expansion = Patterns.expand(directory.find("outer"), Map.of(), directory);
        assertThat(expansion.id("vote.split_task_2_id")).isEqualTo("vote_vote_split_2");
        assertThat(expansion.steps().stream()
                        .filter(step -> step.id().equals("vote_vote_split_2"))
                        .findFirst()
                        .orElseThrow()
                        .needs())
                .containsExactly("design_1");

        Files.writeString(folder.resolve("outer.yaml"), "uses: [{id: a, pattern: inner}]\n");
        Files.writeString(folder.resolve("inner.yaml"), "uses: [{id: b, pattern: outer}]\n");
        assertThatThrownBy(() -> Patterns.expand(directory.find("outer"), Map.of(), directory))
                .isInstanceOfSatisfying(
                        InvalidPatternException.class,
                        e -> assertThat(e.fault()).isEqualTo(PatternFault.RECURSION))
                .hasMessageContaining("inner.yaml:1:25: patterns use each other in a circle: outer -> inner -> outer");
    }
}

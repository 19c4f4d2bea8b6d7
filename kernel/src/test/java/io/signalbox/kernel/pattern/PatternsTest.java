package io.signalbox.kernel.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.Superfluous;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of a pattern: its steps, its names, and what is wrong with it. */
class PatternsTest {
    private static final String SPLIT_IDS = "${split_task_ids}";

    private static Map<String, Object> split(final Object... targets) {
        return Map.of("type", "split", "id", "s", "source_task_id", "${source_task_id}", "target_tasks", List.of(targets));
    }

    private static Pattern pattern(final Object... keysAndValues) {
        final TreeMap<String, Object> document = new TreeMap<>(Map.of("name", "p"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            document.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Pattern.of(document);
    }

    private static StepDefinition step(final Expansion expansion, final String id) {
        return expansion.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static PatternStep about(final Expansion expansion, final String id) {
        return PatternStep.decode(step(expansion, id).payload());
    }

    private static List<String> ids(final Expansion expansion) {
        return expansion.steps().stream().map(StepDefinition::id).toList();
    }

    private static void shouldBe(final PatternFault fault, final Runnable made, final String... words) {
        assertThatThrownBy(made::run)
                .isInstanceOfSatisfying(
                        InvalidPatternException.class, e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault))
                .hasMessageContainingAll(words);
    }

    // ------------------------------------------------------------------ what comes of it

    @Test
    void shouldMakeTasksThatNeedTheSourceWhenItIsMadeToo() {
        final Pattern pattern = pattern("pattern", split(Map.of("task_type", "a"), Map.of("task_type", "b")));
        final Expansion generated =
                Patterns.generate(pattern, TaskTemplate.of("design"), Map.of(), PatternLibrary.EMPTY);
        assertThat(ids(generated)).containsExactly("p_source", "s_1", "s_2");
        assertThat(step(generated, "s_2").needs()).containsExactly("p_source");
        assertThat(about(generated, "s_2").sources()).containsExactly("p_source");
        assertThat(about(generated, "s_2").taskType()).isEqualTo("b");

        final Expansion applied = Patterns.expand(pattern, Map.of("source_task_id", "done"));
        assertThat(step(applied, "s_1").needs()).isEmpty();
        assertThat(about(applied, "s_1").sources()).containsExactly("done");
        assertThat(applied.splits().get(0).source()).isEqualTo("done");
    }

    @Test
    void shouldTakeWhatATaskDoesNotSayFromItsSource() {
        final Expansion expansion = Patterns.generate(
                pattern("pattern", split(Map.of())),
                TaskTemplate.of("design").describedAs("PHASE_DESIGN", "").withPriority(TaskPriority.CRITICAL),
                Map.of(),
                PatternLibrary.EMPTY);
        final PatternStep task = about(expansion, "s_1");
        assertThat(task.taskType()).isEqualTo("split_task");
        assertThat(task.phaseId()).isEqualTo("PHASE_DESIGN");
        assertThat(step(expansion, "s_1").scheduling().priority()).isEqualTo(TaskPriority.CRITICAL.scheduling());
    }

    @Test
    @Conforms("GAP-PATTERN-9")
    void shouldLeaveValuesWhatTheyAre() {
        final Map<String, Object> input = Map.of("alone", "${v}", "inside", "x ${v} y", "escaped", "$${v}", "plain", 3);
        final Pattern pattern = pattern(
                "parameters",
                Map.of("v", Map.of("type", "any", "default", "")),
                "pattern",
                split(Map.of("input", input)));
        final DocumentValue list = about(Patterns.expand(pattern, Map.of("v", List.of(1, "a\"b"))), "s_1")
                .input();
        assertThat(list.get("alone")).isEqualTo(DocumentValue.of(List.of(1, "a\"b")));
        assertThat(list.textOf("inside")).isEqualTo("x [1,\"a\\\"b\"] y");
        assertThat(list.textOf("escaped")).isEqualTo("${v}");
        final DocumentValue quote = about(Patterns.expand(pattern, Map.of("v", "say \"${v}\"")), "s_1")
                .input();
        assertThat(quote.textOf("alone")).isEqualTo("say \"${v}\"");
        assertThat(quote.textOf("inside")).isEqualTo("x say \"${v}\" y");
        assertThat(about(Patterns.expand(pattern, Map.of("v", 7)), "s_1").input().get("alone"))
                .isEqualTo(DocumentValue.of(7));
    }

    @Test
    void shouldRepeatATaskForEachOfAList() {
        final Expansion expansion = Patterns.expand(
                pattern(
                        "parameters",
                        Map.of("modules", Map.of("default", List.of(Map.of("name", "api"), Map.of("name", "db")))),
                        "pattern",
                        split(
                                Map.of("repeat", "${modules}", "id", "impl_${item.name}", "description", "${number} of it"),
                                Map.of("task_type", "docs"))),
                Map.of());
        assertThat(expansion.ids("split_task_ids")).containsExactly("impl_api", "impl_db", "s_3");
        assertThat(about(expansion, "impl_db").description()).isEqualTo("2 of it");
        assertThat(expansion.id("split_task_3_id")).isEqualTo("s_3");
    }

    @Test
    void shouldLeaveOutATaskThatIsNotWanted() {
        final Pattern pattern = pattern(
                "parameters",
                Map.of("tests", Map.of("default", true)),
                "pattern",
                split(Map.of("when", "${tests}", "task_type", "test"), Map.of("task_type", "code")));
        assertThat(Patterns.expand(pattern, Map.of("tests", false)).taskIds()).hasSize(1);
        assertThat(Patterns.expand(pattern, Map.of()).taskIds()).hasSize(2);
    }

    @Test
    void shouldMakeGatesOfSyncPointsAndJoins() {
        final Expansion expansion = Patterns.generate(
                pattern(
                        "pattern",
                        split(Map.of("repeat", 3)),
                        "sync_points",
                        List.of(
                                Map.of("id", "two", "waiting_task_ids", SPLIT_IDS, "required_count", 2, "timeout_seconds", 1.5),
                                Map.of("id", "all", "waiting_task_ids", SPLIT_IDS, "superfluous", "await")),
                        "join",
                        Map.of(
                                "id", "j",
                                "source_task_ids", SPLIT_IDS,
                                "merge_strategy", "majority",
                                "continuation_task", Map.of("task_type", "next"))),
                TaskTemplate.of("design").withId("d"),
                Map.of(),
                PatternLibrary.EMPTY);
        final StepDefinition two = step(expansion, "two");
        assertThat(two.kind()).isEqualTo(StepKind.GATE);
        assertThat(two.gate()).isEqualTo(Gate.quorum(2, Superfluous.LEAVE).timedFrom("d"));
        assertThat(two.timeoutNs()).isEqualTo(1_500_000_000L);
        assertThat(step(expansion, "all").gate())
                .isEqualTo(Gate.of(GateRule.ALL, Superfluous.AWAIT).timedFrom("d"));
        assertThat(step(expansion, "j").gate().rule()).isEqualTo(GateRule.MAJORITY);
        assertThat(step(expansion, "j").gate().superfluous())
                .as("the sync points wait for them")
                .isEqualTo(Superfluous.LEAVE);
        assertThat(step(expansion, "j_task").needs()).containsExactly("j", "two", "all");
        assertThat(expansion.id("continuation_task_id")).isEqualTo("j_task");
    }

    @Test
    void shouldCancelWhatAJoinNoLongerNeedsUnlessItSaysOtherwise() {
        for (final String word : List.of("cancel", "leave", "")) {
            final TreeMap<String, Object> join = new TreeMap<>(Map.of(
                    "id", "j", "source_task_ids", SPLIT_IDS, "merge_strategy", "first", "continuation_task", Map.of()));
            if (!word.isEmpty()) {
                join.put("superfluous", word);
            }
            final Expansion expansion =
                    Patterns.expand(pattern("pattern", split(Map.of("repeat", 2)), "join", join), Map.of());
            assertThat(step(expansion, "j").gate())
                    .isEqualTo(Gate.of(GateRule.FIRST, word.equals("leave") ? Superfluous.LEAVE : Superfluous.CANCEL));
        }
    }

    @Test
    void shouldMergeBehindTheSyncPointsThatWaitForItsSources() {
        final Expansion expansion = Patterns.expand(
                pattern(
                        "pattern",
                        split(Map.of("repeat", 3)),
                        "sync_points",
                        List.of(Map.of("id", "sync", "waiting_task_ids", List.of("s_1", "s_2"))),
                        "merge",
                        Map.of("id", "m", "source_task_ids", SPLIT_IDS, "merge_strategy", "plurality")),
                Map.of());
        assertThat(step(expansion, "m").needs()).containsExactly("sync", "s_3");
        assertThat(about(expansion, "m").strategy()).isEqualTo(MergeStrategy.PLURALITY);
        assertThat(about(expansion, "m").kind()).isEqualTo(PatternStep.Kind.MERGE);
    }

    @Test
    void shouldUnrollALoopToItsBound() {
        final Expansion expansion = Patterns.expand(
                pattern(
                        "pattern",
                        split(Map.of()),
                        "loop",
                        Map.of(
                                "id", "l",
                                "source_task_ids", SPLIT_IDS,
                                "review_task", Map.of("task_type", "review"),
                                "refine_task", Map.of("task_type", "refine"),
                                "rounds_max", 3,
                                "until", Map.of("field", "score", "at_least", 0.8))),
                Map.of());
        assertThat(ids(expansion))
                .containsExactly("s_1", "l_review_1", "l_refine_1", "l_review_2", "l_refine_2", "l_review_3", "l");
        assertThat(step(expansion, "l_review_2").needs()).containsExactly("l_refine_1");
        assertThat(about(expansion, "l_refine_1").unless())
                .isEqualTo(new Condition(
                        "l_review_1", "score", Condition.Operator.AT_LEAST, DocumentValue.of((Object) 0.8)));
        assertThat(step(expansion, "l").judgesNeeds()).isTrue();
        assertThat(expansion.ids("review_task_ids")).hasSize(3);
    }

    @Test
    void shouldJudgeALoopByItsLastReview() {
        final PatternStep loop = about(
                Patterns.expand(
                        pattern(
                                "pattern",
                                split(Map.of()),
                                "loop",
                                Map.of(
                                        "id", "l",
                                        "source_task_ids", SPLIT_IDS,
                                        "review_task", Map.of(),
                                        "refine_task", Map.of(),
                                        "rounds_max", 2,
                                        "until", Map.of("field", "ok", "equals", true))),
                        Map.of()),
                "l");
        final Map<String, Object> results = new TreeMap<>(Map.of(
                "s_1", Map.of("code", 1), "l_review_1", Map.of("ok", false), "l_refine_1", Map.of("code", 2)));
        final LoopVerdict notYet = LoopVerdict.of(loop, id -> results.get(id) == null ? null : DocumentValue.of(results.get(id)));
        assertThat(notYet.isGood()).isFalse();
        assertThat(notYet.hasFailed()).isTrue();
        results.put("l_review_2", Map.of("ok", true));
        final LoopVerdict good = LoopVerdict.of(loop, id -> results.get(id) == null ? null : DocumentValue.of(results.get(id)));
        assertThat(good.isGood()).isTrue();
        assertThat(good.rounds()).isEqualTo(2);
        assertThat(good.result().toMap())
                .containsEntry("approved", true)
                .containsEntry("result", Map.of("code", 2L));
    }

    @Test
    void shouldAskForAgentsThatCanDoIt() {
        final TreeMap<String, Object> split = new TreeMap<>(split(Map.of("required_capabilities", List.of("sql")), Map.of("agent", "ann")));
        split.put("required_capabilities", List.of("python"));
        final Expansion expansion = Patterns.expand(pattern("pattern", split), Map.of());
        assertThat(step(expansion, "s_1").scheduling().placement().capabilities()).containsExactly("sql", "python");
        assertThat(step(expansion, "s_2").scheduling().placement().agent()).isEqualTo("ann");
    }

    // ------------------------------------------------------------------ patterns that use patterns

    private static Pattern vote() {
        return Pattern.of(Map.of(
                "name", "vote",
                "parameters", Map.of("options", Map.of("default", List.of("a", "b", "c"))),
                "pattern",
                        Map.of(
                                "type", "split",
                                "id", "votes",
                                "source_task_id", "${source_task_id}",
                                "target_tasks", List.of(Map.of("repeat", "${options}", "task_type", "vote"))),
                "merge", Map.of("id", "result", "source_task_ids", SPLIT_IDS, "merge_strategy", "majority")));
    }

    @Test
    void shouldUseAPatternInAnother() {
        final Pattern outer = pattern(
                "pattern",
                split(Map.of("task_type", "propose")),
                "uses",
                List.of(Map.of(
                        "id", "v",
                        "pattern", "vote",
                        "parameters", Map.of("source_task_id", "${split_task_1_id}", "options", List.of(1, 2)))),
                "join",
                Map.of(
                        "id", "j",
                        "source_task_ids", List.of("${v.merge_id}"),
                        "continuation_task", Map.of("task_type", "act")));
        final Expansion expansion = Patterns.expand(outer, Map.of(), PatternLibrary.of(vote()));
        assertThat(ids(expansion)).containsExactly("s_1", "v_votes_1", "v_votes_2", "v_result", "j", "j_task");
        assertThat(step(expansion, "v_votes_1").needs()).containsExactly("s_1");
        assertThat(expansion.splits()).extracting(Split::id).containsExactly("v_votes", "s");
    }

    @Test
    void shouldNameThePathOfPatternsThatUseThemselves() {
        final Pattern a = Pattern.of(Map.of("name", "a", "uses", List.of(Map.of("id", "x", "pattern", "b"))));
        final Pattern b = Pattern.of(Map.of("name", "b", "uses", List.of(Map.of("id", "x", "pattern", "a"))));
        shouldBe(
                PatternFault.RECURSION,
                () -> Patterns.expand(a, Map.of(), PatternLibrary.of(a, b)),
                "a -> b -> a");
        shouldBe(
                PatternFault.UNKNOWN_PATTERN,
                () -> Patterns.expand(a, Map.of(), PatternLibrary.of(a, vote())),
                "there is no pattern 'b'");
    }

    // ------------------------------------------------------------------ what is wrong

    @Test
    @Conforms({"GAP-PATTERN-6", "GAP-PATTERN-7"})
    void shouldNameWhatIsWrongAndMakeNothing() {
        final Map<String, Object> two = split(Map.of("repeat", 2));
        shouldBe(PatternFault.NOTHING_TO_DO, () -> pattern(), "makes nothing");
        shouldBe(PatternFault.UNKNOWN_TYPE, () -> pattern("pattern", Map.of("type", "splt")), "did you mean 'split'?");
        shouldBe(PatternFault.UNKNOWN_KEY, () -> pattern("sync_point", List.of(), "pattern", two), "'sync_points'?");
        shouldBe(PatternFault.UNKNOWN_PARAMETER, () -> pattern("pattern", split(Map.of("id", "${soruce_task_id}"))), "'source_task_id'?");
        final Pattern unknown = pattern(
                "pattern", two, "sync_points", List.of(Map.of("id", "x", "waiting_task_ids", List.of("s_1", "s_3"))));
        shouldBe(PatternFault.UNKNOWN_TASK, () -> Patterns.expand(unknown, Map.of()), "no task 's_3'", "did you mean");
        final Pattern twice = pattern(
                "pattern", two, "sync_points", List.of(Map.of("id", "x", "waiting_task_ids", List.of("s_1", "s_1"))));
        shouldBe(PatternFault.DUPLICATE_ID, () -> Patterns.expand(twice, Map.of()), "'s_1' stands twice");
        final Pattern many = pattern(
                "pattern",
                two,
                "sync_points",
                List.of(Map.of("id", "x", "waiting_task_ids", SPLIT_IDS, "required_count", 3)));
        shouldBe(PatternFault.TOO_MANY_REQUIRED, () -> Patterns.expand(many, Map.of()), "is 3, but", "waits for 2");
        final Pattern strategy =
                pattern("pattern", two, "merge", Map.of("id", "m", "source_task_ids", SPLIT_IDS, "merge_strategy", "majorty"));
        shouldBe(PatternFault.UNKNOWN_STRATEGY, () -> Patterns.expand(strategy, Map.of()), "did you mean 'majority'?");
        final Pattern empty = pattern("pattern", split());
        shouldBe(PatternFault.NOTHING_TO_DO, () -> Patterns.expand(empty, Map.of()), "at least one target task");
        final Pattern same = pattern("pattern", two, "merge", Map.of("id", "s_1", "source_task_ids", SPLIT_IDS));
        shouldBe(PatternFault.DUPLICATE_ID, () -> Patterns.expand(same, Map.of()), "there is a task 's_1' already");
        shouldBe(PatternFault.MISSING_PARAMETER, () -> Patterns.expand(
                pattern("parameters", Map.of("n", Map.of("type", "number")), "pattern", split(Map.of("repeat", "${n}"))),
                Map.of()), "'n'");
        shouldBe(PatternFault.UNKNOWN_PARAMETER, () -> Patterns.expand(pattern("pattern", two), Map.of("count", 1)), "no parameter 'count'");
    }

    @Test
    void shouldRefuseMoreStepsThanALimit() {
        final Pattern large = pattern("pattern", split(Map.of("repeat", 10_000), Map.of("repeat", 1)));
        shouldBe(PatternFault.TOO_LARGE, () -> Patterns.expand(large, Map.of()), "at most 10000 steps");
    }

    @Test
    void shouldReadOneSectionByItself() {
        final PatternSection section = Patterns.section(
                Map.of("type", "sync", "id", "x", "waiting_task_ids", List.of("a", "b"), "required_count", 1),
                TaskTemplate.of("t"));
        assertThat(section).isEqualTo(new SyncPoint("x", List.of("a", "b"), 1, 0, Superfluous.LEAVE));
        shouldBe(PatternFault.UNKNOWN_TYPE, () -> Patterns.section(Map.of("type", "joyn"), TaskTemplate.of("t")), "did you mean 'join'?");
    }

    @Test
    void shouldGiveTheSameStepsForTheSameParameters() {
        final List<StepDefinition> first = Patterns.expand(vote(), Map.of()).steps();
        final List<StepDefinition> second = Patterns.expand(vote(), Map.of()).steps();
        final List<String> payloads = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i).payload()).isEqualTo(second.get(i).payload());
            payloads.add(first.get(i).id());
        }
        assertThat(payloads).doesNotHaveDuplicates();
    }
}

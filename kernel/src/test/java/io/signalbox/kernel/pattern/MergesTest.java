package io.signalbox.kernel.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How results become one, strategy by strategy. */
class MergesTest {
    private static final Map<String, Object> ONE = Map.of("shared", 1, "left", "l");
    private static final Map<String, Object> TWO = Map.of("shared", 2, "right", "r");

    private static List<SourceResult> sources(final Object... results) {
        final List<SourceResult> sources = new ArrayList<>();
        for (final Object result : results) {
            sources.add(new SourceResult(
                    "t" + (sources.size() + 1), "work", result == null ? null : DocumentValue.of(result)));
        }
        return sources;
    }

    private static Map<String, Object> merged(final MergeStrategy strategy, final Object... results) {
        return Merges.merge(strategy, sources(results)).value().toMap();
    }

    @Test
    @Conforms({"T-OSYN-06", "T-OSYN-11", "GAP-PATTERN-2"})
    void shouldCombineWithTheLaterOfCollidingValuesAndSayWhichItWas() {
        final Merged merged = Merges.merge(MergeStrategy.COMBINE, sources(ONE, TWO));
        assertThat(merged.value().toMap()).isEqualTo(Map.of("left", "l", "right", "r", "shared", 2L));
        assertThat(merged.collisions()).containsExactly(new Collision("shared", List.of("t1", "t2"), "t2"));
        final Map<String, Object> document = merged.document().toMap();
        assertThat(document)
                .containsEntry("_merge_strategy", "combine")
                .containsEntry("_source_count", 2L)
                .containsEntry("_source_task_ids", List.of("t1", "t2"))
                .containsEntry(
                        "_collisions",
                        List.of(Map.of("key", "shared", "task_ids", List.of("t1", "t2"), "taken", "t2")));
        assertThat(document.get("_source_results").toString()).contains("task_id=t1", "task_id=t2", "task_type=work");
    }

    @Test
    @Conforms({"T-OSYN-07", "T-OCOORD-09"})
    void shouldUniteWithTheLastValue() {
        assertThat(merged(MergeStrategy.UNION, ONE, TWO)).containsEntry("shared", 2L).hasSize(3);
        assertThat(merged(MergeStrategy.COMBINE, Map.of("key1", 1, "key2", 2), Map.of("key3", 3, "key4", 4)))
                .containsOnlyKeys("key1", "key2", "key3", "key4");
        assertThat(merged(MergeStrategy.ALL, ONE, TWO)).isEqualTo(merged(MergeStrategy.UNION, ONE, TWO));
    }

    @Test
    @Conforms({"T-OSYN-08", "T-OCOORD-10"})
    void shouldKeepWhatIsInAllWithTheLastValue() {
        assertThat(merged(MergeStrategy.INTERSECTION, ONE, TWO)).isEqualTo(Map.of("shared", 2L));
        assertThat(merged(MergeStrategy.INTERSECTION, ONE, Map.of())).isEmpty();
        assertThat(merged(MergeStrategy.INTERSECTION, ONE, null, TWO)).containsOnlyKeys("shared");
    }

    @Test
    @Conforms("T-OSYN-09")
    void shouldMergeNothingToNothing() {
        for (final MergeStrategy strategy : MergeStrategy.values()) {
            if (strategy != MergeStrategy.CUSTOM) {
                assertThat(merged(strategy)).isEmpty();
                assertThat(merged(strategy, null, null)).isEmpty();
            }
        }
    }

    @Test
    @Conforms({"GAP-PATTERN-1", "DIFF-26"})
    void shouldTakeWhatMoreThanHalfOfThoseDeclaredAgreeOn() {
        final Merged merged = Merges.merge(
                MergeStrategy.MAJORITY,
                sources(
                        Map.of("vote", "a", "score", 8),
                        Map.of("vote", "a", "score", 7),
                        Map.of("vote", "b", "score", 9)));
        assertThat(merged.value().toMap()).isEqualTo(Map.of("vote", "a"));
        assertThat(merged.undecided()).containsExactly("score");
        assertThat(merged.collisions())
                .containsExactly(
                        new Collision("score", List.of("t1", "t2", "t3"), ""),
                        new Collision("vote", List.of("t1", "t2", "t3"), "t1"));
    }

    @Test
    @Conforms("GAP-PATTERN-5")
    void shouldCountThoseWhoDidNotVoteAsDeclared() {
        assertThat(merged(MergeStrategy.MAJORITY, Map.of("vote", "a"), null, null)).isEmpty();
        assertThat(merged(MergeStrategy.MAJORITY, Map.of("vote", "a"), Map.of("vote", "a"), null))
                .containsEntry("vote", "a");
        assertThat(merged(MergeStrategy.MAJORITY, Map.of("vote", "a"), Map.of("vote", "b"))).isEmpty();
    }

    @Test
    void shouldTakeWhatMostGaveAndTheFirstOfEquals() {
        assertThat(merged(MergeStrategy.PLURALITY, Map.of("v", "b"), Map.of("v", "a"), Map.of("v", "c")))
                .containsEntry("v", "b");
        assertThat(merged(MergeStrategy.PLURALITY, Map.of("v", "b"), Map.of("v", "a"), Map.of("v", "a")))
                .containsEntry("v", "a");
    }

    @Test
    void shouldCountVotesThatAreNoMaps() {
        assertThat(merged(MergeStrategy.MAJORITY, "yes", "no", "yes")).isEqualTo(Map.of(Merges.VALUE, "yes"));
    }

    @Test
    void shouldTakeTheFirstThatBroughtSomething() {
        assertThat(merged(MergeStrategy.FIRST, null, TWO, ONE)).containsEntry("right", "r").hasSize(2);
    }

    @Test
    void shouldNameResultsThatDoNotGoTogether() {
        assertThatThrownBy(() -> merged(MergeStrategy.COMBINE, ONE, "text"))
                .isInstanceOf(IncomparableResultsException.class)
                .hasMessageContaining("the result of 't2' is string and no map");
        assertThatThrownBy(() -> merged(MergeStrategy.MAJORITY, ONE, List.of(1)))
                .isInstanceOf(IncomparableResultsException.class)
                .hasMessageContaining("'t2' is list");
    }

    @Test
    @Conforms("GAP-PATTERN-3")
    void shouldKeepResultsInDeclaredOrder() {
        final Merged merged = Merges.merge(MergeStrategy.COMBINE, sources(TWO, ONE));
        assertThat(merged.value().toMap()).containsEntry("shared", 1L);
        assertThat(merged.sources()).extracting(SourceResult::taskId).containsExactly("t1", "t2");
    }

    @Test
    void shouldSayHowManyHaveToSucceed() {
        assertThat(MergeStrategy.MAJORITY.required(4)).isEqualTo(3);
        assertThat(MergeStrategy.FIRST.required(4)).isEqualTo(1);
        assertThat(MergeStrategy.INTERSECTION.required(4)).isEqualTo(4);
    }
}

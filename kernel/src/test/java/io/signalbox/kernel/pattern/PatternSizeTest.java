package io.signalbox.kernel.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Patterns that would become too large are refused before they do. */
@Timeout(30)
class PatternSizeTest {
    private static Pattern pattern(final int number, final int uses, final Map<String, ?> more) {
        final Map<String, Object> body = new TreeMap<>(more);
        body.put("name", "pattern-" + number);
        final List<Map<String, Object>> used = new ArrayList<>();
        for (int i = 0; i < uses; i++) {
            used.add(Map.of("id", "use_" + i, "pattern", "pattern-" + (number + 1)));
        }
        if (uses > 0) {
            body.put("uses", used);
        }
        return Pattern.of(body);
    }

    private static Map<String, ?> split(final int count) {
        return Map.of(
                "pattern",
                Map.of(
                        "type",
                        "split",
                        "id",
                        "work",
                        "source_task_id",
                        "before",
                        "target_tasks",
                        List.of(Map.of("task_type", "work", "repeat", count))));
    }

    private static InvalidPatternException refusal(final Pattern... patterns) {
        return catchThrowableOfType(
                InvalidPatternException.class,
                () -> Patterns.expand(patterns[0], Map.of(), PatternLibrary.of(patterns)));
    }

    private static Pattern[] eightOfEight(final Map<String, ?> leaf) {
        final Pattern[] patterns = new Pattern[15];
        for (int i = 0; i < patterns.length; i++) {
            final boolean isLeaf = i == patterns.length - 1;
            patterns[i] = pattern(i, isLeaf ? 0 : 8, isLeaf ? leaf : Map.of());
        }
        return patterns;
    }

    @Test
    void shouldRefusePatternsThatMultiplyEachOther() {
        assertThat(refusal(eightOfEight(split(1))).getMessage())
                .contains("make more than 10000 steps or are more than");
    }

    @Test
    void shouldRefusePatternsThatMultiplyTheirFaults() {
        final Map<String, ?> nothing = Map.of(
                "pattern",
                Map.of(
                        "type",
                        "split",
                        "id",
                        "work",
                        "source_task_id",
                        "before",
                        "target_tasks",
                        List.of(Map.of("task_type", "work", "when", false))));
        assertThat(refusal(eightOfEight(nothing)).problems())
                .anyMatch(problem -> problem.message().contains("are more than 10000"))
                .hasSizeLessThan(11_000);
    }

    @Test
    void shouldSayOnceThatThereAreTooManySteps() {
        final InvalidPatternException refused = refusal(pattern(0, 1, split(6000)), pattern(1, 0, split(6000)));
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.problems().get(0).fault()).isEqualTo(PatternFault.TOO_LARGE);
    }
}

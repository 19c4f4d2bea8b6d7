package io.signalbox.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.view.StepState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResultDigestTest {
    private static final ResultDigest.Entry ENTRY = entry("a", StepState.SUCCEEDED, 0, "result", Map.of("o", "hash"));

    @Test
    void shouldNotDependOnTheOrder() {
        final ResultDigest.Entry other = entry("b", StepState.FAILED, 1, "", Map.of());
        assertThat(ResultDigest.of(List.of(ENTRY, other))).isEqualTo(ResultDigest.of(List.of(other, ENTRY)));
        assertThat(ResultDigest.of(List.of(ENTRY))).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldDependOnEachField() {
        assertThat(List.of(
                        ENTRY,
                        entry("b", StepState.SUCCEEDED, 0, "result", Map.of("o", "hash")),
                        entry("a", StepState.FAILED, 0, "result", Map.of("o", "hash")),
                        entry("a", StepState.SUCCEEDED, 1, "result", Map.of("o", "hash")),
                        entry("a", StepState.SUCCEEDED, 0, "Result", Map.of("o", "hash")),
                        entry("a", StepState.SUCCEEDED, 0, "resulto", Map.of("", "hash")),
                        entry("a", StepState.SUCCEEDED, 0, "result", Map.of("o", "other")),
                        entry("a", StepState.SUCCEEDED, 0, "result", Map.of())))
                .extracting(entry -> ResultDigest.of(List.of(entry)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTellNoResultFromAnEmptyOne() {
        final ResultDigest.Entry none =
                new ResultDigest.Entry("a", StepState.SUCCEEDED, OptionalInt.of(0), Optional.empty(), new TreeMap<>());
        assertThat(ResultDigest.of(List.of(none)))
                .isNotEqualTo(ResultDigest.of(List.of(entry("a", StepState.SUCCEEDED, 0, "", Map.of()))));
    }

    private static ResultDigest.Entry entry(
            final String id,
            final StepState state,
            final int exitCode,
            final String result,
            final Map<String, String> outputs) {
        return new ResultDigest.Entry(id, state, OptionalInt.of(exitCode), Optional.of(result), new TreeMap<>(outputs));
    }
}

package io.signalbox.kernel.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.kernel.pattern.ReadyScoring.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The score of ready tasks: each of its parts, the boost, starvation. */
class ReadyScoringTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ReadyScoring SCORING = new ReadyScoring(60 * SECOND, 10 * SECOND, 120 * SECOND, 5);

    private static double score(
            final TaskPriority priority, final long age, final long left, final int blocked, final int retries) {
        return SCORING.score(new Candidate("t", priority, age, left, blocked, retries, 2));
    }

    @Test
    void shouldAddItsParts() {
        final double fresh = 0.45 * 0.5 + 0.05;
        assertThat(score(TaskPriority.MEDIUM, 0, Long.MAX_VALUE, 0, 0)).isEqualTo(fresh, within(1e-9));
        assertThat(score(TaskPriority.MEDIUM, 30 * SECOND, Long.MAX_VALUE, 0, 0)).isEqualTo(fresh + 0.1, within(1e-9));
        assertThat(score(TaskPriority.MEDIUM, 0, Long.MAX_VALUE, 5, 0)).isEqualTo(fresh + 0.15, within(1e-9));
        assertThat(score(TaskPriority.MEDIUM, 0, Long.MAX_VALUE, 50, 0)).isEqualTo(fresh + 0.15, within(1e-9));
        assertThat(score(TaskPriority.MEDIUM, 0, Long.MAX_VALUE, 0, 2)).isEqualTo(fresh - 0.05, within(1e-9));
        assertThat(score(TaskPriority.CRITICAL, 0, Long.MAX_VALUE, 0, 0)).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void shouldLiftWhatIsNearItsDeadline() {
        final double fresh = 0.45 * 0.5 + 0.05;
        assertThat(score(TaskPriority.MEDIUM, 0, 10 * SECOND, 0, 0)).isEqualTo(fresh, within(1e-9));
        assertThat(score(TaskPriority.MEDIUM, 0, 5 * SECOND, 0, 0))
                .isEqualTo((fresh + 0.075) * 1.25, within(1e-9));
        assertThat(score(TaskPriority.MEDIUM, 0, -SECOND, 0, 0)).isEqualTo((fresh + 0.15) * 1.25, within(1e-9));
    }

    @Test
    void shouldLetNothingStarve() {
        assertThat(score(TaskPriority.LOW, 119 * SECOND, Long.MAX_VALUE, 0, 2)).isLessThan(0.6);
        assertThat(score(TaskPriority.LOW, 120 * SECOND, Long.MAX_VALUE, 0, 2)).isEqualTo(0.6);
    }

    @Test
    void shouldKeepTheOrderOfEquals() {
        assertThat(SCORING.inOrder(
                        List.of(
                                Candidate.of("a", TaskPriority.LOW, 0),
                                Candidate.of("b", TaskPriority.HIGH, 0),
                                Candidate.of("c", TaskPriority.HIGH, 0)),
                        2))
                .containsExactly("b", "c");
        assertThatThrownBy(() -> new ReadyScoring(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

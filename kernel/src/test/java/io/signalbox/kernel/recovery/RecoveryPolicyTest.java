package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.recovery.RecoveryDecision.Alternative;
import io.signalbox.kernel.recovery.RecoveryDecision.Correct;
import io.signalbox.kernel.recovery.RecoveryDecision.Degrade;
import io.signalbox.kernel.recovery.RecoveryDecision.Escalate;
import io.signalbox.kernel.recovery.RecoveryDecision.GiveUp;
import io.signalbox.kernel.recovery.RecoveryDecision.Retry;
import io.signalbox.kernel.workflow.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a worker does after an attempt that failed. */
class RecoveryPolicyTest {
    private static final long MS = 1_000_000;
    private static final ErrorDescription BROKEN = ErrorDescription.ofText("it broke");
    private static final RecoveryPolicy WHOLE = RecoveryPolicy.of(
                    "retry", "alternative_path", "graceful_degradation", "escalation")
            .withRetry(new RetryPolicy(2, 100 * MS, 2, 1000 * MS, 0))
            .withAlternatives("template_v2", "template_simple")
            .withLevels("basic", "minimal")
            .withApprover("dora");

    private static List<RecoveryDecision> all(final RecoveryPolicy policy, final ErrorDescription failure) {
        final List<RecoveryDecision> decisions = new ArrayList<>();
        RecoveryHistory history = RecoveryHistory.of("run-1", "build");
        do {
            decisions.add(policy.decide(failure, history));
            history = history.then(decisions.get(decisions.size() - 1));
        } while (!(decisions.get(decisions.size() - 1) instanceof GiveUp));
        return decisions;
    }

    @Test
    void shouldGoThroughTheChainUntilNothingIsLeft() {
        assertThat(all(WHOLE, BROKEN))
                .containsExactly(
                        new Retry(1, 100 * MS),
                        new Retry(2, 200 * MS),
                        new Alternative(1, "template_v2"),
                        new Alternative(2, "template_simple"),
                        new Degrade("basic"),
                        new Degrade("minimal"),
                        new Escalate("dora"),
                        new GiveUp("nothing is left to try after 7 decisions"));
    }

    @Test
    void shouldDoNothingUnlessItIsSaid() {
        assertThat(all(RecoveryPolicy.NONE, BROKEN))
                .containsExactly(new GiveUp("nothing is to be done about errors of type 'unknown'"));
        assertThat(all(RecoveryPolicy.of("alternative_path", "error_correction"), BROKEN))
                .hasSize(1);
    }

    @Test
    void shouldFollowThePatternOfTheFailure() {
        final RecoveryPolicy policy = WHOLE.withPatterns(ErrorPattern.standard());
        final ErrorDescription late = ErrorDescription.of(new TimeoutException());
        assertThat(all(policy.withRetry(new RetryPolicy(0, MS, 1, MS, 0)), late))
                .startsWith(new Retry(1, MS), new Retry(2, MS))
                .hasSize(3);
        final ErrorDescription wrong = ErrorDescription.ofText("SyntaxError: def execute_effect");
        assertThat(all(policy, wrong))
                .startsWith(new Correct("add_async_keyword", "missing_async_keyword"))
                .hasSize(2);
    }

    @Test
    void shouldCountOverTheWholeHistoryWhenTheErrorChanges() {
        final RecoveryPolicy policy = WHOLE.withPatterns(List.of(
                ErrorPattern.ofText("late", ErrorType.TIMEOUT, "late", "retry").withRetriesMax(3)));
        final ErrorDescription late = ErrorDescription.ofText("late");
        RecoveryHistory history = RecoveryHistory.of("run-1", "build");
        for (final ErrorDescription failure : List.of(late, late, BROKEN, late)) {
            history = history.then(policy.decide(failure, history));
        }
        assertThat(history.decisions())
                .containsExactly(
                        new Retry(1, 100 * MS),
                        new Retry(2, 200 * MS),
                        new Alternative(1, "template_v2"),
                        new Retry(3, 400 * MS));
        assertThat(policy.decide(late, history)).isInstanceOf(GiveUp.class);
    }

    @Test
    void shouldTellTheNextAttemptWhichWayAndLevel() {
        final RecoveryHistory none = RecoveryHistory.of("run-1", "build");
        assertThat(none.path()).isEmpty();
        assertThat(none.level()).isEmpty();
        final RecoveryHistory some =
                none.then(new Alternative(1, "v2")).then(new Degrade("basic")).then(new Retry(1, 0));
        assertThat(some.path()).isEqualTo("v2");
        assertThat(some.level()).isEqualTo("basic");
        assertThat(some.count(Retry.class)).isEqualTo(1);
        assertThat(some.decisions())
                .extracting(RecoveryDecision::strategy)
                .containsExactly("alternative_path", "graceful_degradation", "retry");
        assertThat(new GiveUp("x").strategy()).isEmpty();
    }

    @Property(tries = 200)
    void shouldAlwaysEndAndAlwaysAnswerTheSame(
            @ForAll @IntRange(max = 20) final int retries,
            @ForAll @IntRange(max = 5) final int alternatives,
            @ForAll @IntRange(max = 5) final int levels) {
        final RecoveryPolicy policy = WHOLE.withRetry(new RetryPolicy(retries, 100 * MS, 2, 1000 * MS, 0.5))
                .withAlternatives(
                        "x,".repeat(alternatives).isEmpty()
                                ? new String[0]
                                : "x,".repeat(alternatives).split(","))
                .withLevels(
                        "y,".repeat(levels).isEmpty()
                                ? new String[0]
                                : "y,".repeat(levels).split(","));
        final List<RecoveryDecision> decisions = all(policy, BROKEN);
        assertThat(decisions).hasSize(retries + alternatives + levels + 2).isEqualTo(all(policy, BROKEN));
        assertThat(decisions)
                .filteredOn(Retry.class::isInstance)
                .allSatisfy(decision -> assertThat(((Retry) decision).pauseNs()).isBetween(50 * MS, 1000 * MS));
    }

    @Test
    void shouldRefuseStrategiesThatNoWorkerKnows() {
        assertThatThrownBy(() -> RecoveryPolicy.of("retry", "circuit_breaker"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the chain names the strategy 'circuit_breaker'; there are [alternative_path,");
        assertThatThrownBy(() -> RecoveryPolicy.of("retry", "retry")).hasMessageContaining("stands twice");
        assertThatThrownBy(
                        () -> WHOLE.withPatterns(List.of(ErrorPattern.ofText("p", ErrorType.RUNTIME, "x", "prayer"))))
                .hasMessageContaining("error pattern 'p' names the strategy 'prayer'");
    }
}

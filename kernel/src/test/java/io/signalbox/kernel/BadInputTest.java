package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.sync.LeaseMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should ask: each is answered by name, and nothing is thrown that names nothing. */
@Timeout(60)
class BadInputTest {
    private static final Duration AGES = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration LONG_AGO = Duration.ofSeconds(Long.MIN_VALUE);
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final Kernel kernel = Kernel.launch(
            KernelConfig.standard().withLimits(MachineLimits.small()).withMetrics(MetricsConfig.on()));
    private final Coordination coordination = kernel.coordination("c");

    @AfterEach
    void close() {
        kernel.close();
    }

    /** All that takes a limit of time and answers a wait. */
    private Dependency ask(final String what, final Duration time) {
        return switch (what) {
            case "completion" -> coordination.awaitsCompletion("ann", time);
            case "resource" -> coordination.awaitsResource("gpu", time);
            case "gate" -> coordination.awaitsGate("lint", 0.5, time);
            case "signal" -> coordination.waits().awaitsSignal("go", "", time);
            case "state" ->
                coordination.state().awaits("k", StatePredicate.exists(), time).dependency();
            case "event" -> coordination.sync().waitForEvent("event", time);
            case "change" -> coordination.sync().waitForChange("condition", time);
            case "sync point" -> coordination.sync().waitForSyncPoint("point", time);
            case "barrier" -> coordination.sync().waitForBarrier("barrier", time);
            default -> throw new IllegalArgumentException(what);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"completion", "resource", "gate", "signal", "state", "event", "change", "sync point", "barrier"})
    void shouldTakeEveryDuration(final String what) {
        coordination.sync().createEvent("event");
        coordination.sync().createCondition("condition");
        coordination.sync().createSyncPoint("point", List.of("ann"), 1, AGES);
        coordination.sync().createBarrier("barrier", List.of("ann", "ben"), AGES);
        final Dependency wait = ask(what, AGES);
        assertThat(wait.await(AT_ONCE)).isInstanceOf(Outcome.TimedOut.class);
        assertThat(wait.await(LONG_AGO)).isInstanceOf(Outcome.TimedOut.class);
        assertThat(wait.cancel().isAccepted()).isTrue();
        assertThat(wait.await(AGES)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(ask(what, LONG_AGO).await()).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void shouldTakeEveryTimeOfALeaseAndOfADelivery() {
        final Lease lease = coordination.sync().acquireLease("file", "ann", LeaseMode.EXCLUSIVE, AGES, AGES);
        assertThat(lease.await().isResolved()).isTrue();
        assertThat(lease.renew(lease.fencing(), AGES).isAccepted()).isTrue();
        assertThat(lease.renew(lease.fencing(), LONG_AGO).rejection()).isEqualTo(Rejection.INVALID_TIMEOUT);
        final DurableTerms terms = DurableTerms.standard().withRedelivery(AGES, 1);
        assertThat(coordination.durable("box", terms).status().ready()).isZero();
        assertThatThrownBy(() -> coordination.durable("other", terms.withRedelivery(LONG_AGO, 1)))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(Rejection.INVALID_VALUE));
        assertThat(coordination.state().await(StateKey.text("k"), "v"::equals, LONG_AGO))
                .isInstanceOf(StateSeen.TimedOut.class);
    }

    @Test
    void shouldSayThatANameIsEmpty() {
        coordination.set("k", "before");
        assertThatThrownBy(() -> coordination.complete("", "done"))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage("INVALID_VALUE: a value is outside its range: a name must not be empty");
        assertThat(coordination.get("k").text()).isEqualTo("before");
    }

    @Test
    void shouldGiveAContextToWhoeverHasANameThatNoTagCanBe() {
        final String blank = "  ";
        coordination.contexts().distribute(ContextDistribution.forSession("s").agent(blank, Map.of()));
        assertThat(coordination.contexts().agents()).containsExactly(blank);
        assertThat(kernel.metrics().snapshot().timing("context_distribution_time"))
                .isPresent();
    }
}

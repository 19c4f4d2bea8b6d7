package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sessions: what they belong to, how long they live, and what is left of them. */
class SessionTest {
    private static final KernelConfig CONFIG = KernelConfig.standard().withLimits(MachineLimits.small());
    private static final CoordinationTerms TERMS = CoordinationTerms.of("build")
            .withSessionId("s-1")
            .withCorrelationId("c-7")
            .withParentRunId("run-3")
            .withTimeToLive(Duration.ofMillis(640));

    @Test
    void shouldTellWhatASessionBelongsTo() {
        try (Kernel kernel = Kernel.launch(CONFIG)) {
            final Coordination build = kernel.begin(TERMS);
            assertThat(build.session().sessionId()).isEqualTo("s-1");
            assertThat(build.session().correlationId()).isEqualTo("c-7");
            assertThat(build.session().parentRunId()).isEqualTo("run-3");
            assertThat(build.session().timeToLiveNs()).isEqualTo(640_000_000);
            assertThat(kernel.findCoordination("build").handle()).isEqualTo(build.handle());
            assertThat(kernel.findCoordination("another")).isNull();
            build.close();
            assertThat(build.session()).isNull();
            assertThat(build.isOpen()).isFalse();
            assertThat(build.keep().rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
        }
    }

    @Test
    void shouldRefuseByName() {
        try (Kernel kernel = Kernel.launch(CONFIG)) {
            kernel.begin(TERMS);
            assertRefused(kernel, TERMS, Rejection.DUPLICATE_COORDINATION);
            assertRefused(kernel, CoordinationTerms.of(""), Rejection.BLANK_NAME);
            assertRefused(kernel, CoordinationTerms.of(" \t"), Rejection.BLANK_NAME);
            assertRefused(kernel, CoordinationTerms.of("x".repeat(2000)), Rejection.TOO_LONG);
            assertRefused(kernel, CoordinationTerms.of("a").withCorrelationId("x".repeat(2000)), Rejection.TOO_LONG);
            assertRefused(
                    kernel,
                    CoordinationTerms.of("a").withTimeToLive(Duration.ofNanos(-1)),
                    Rejection.INVALID_TIME_TO_LIVE);
            final Coordination a = kernel.begin(CoordinationTerms.of("a"));
            assertThat(a.keep(Duration.ofSeconds(Long.MIN_VALUE)).rejection())
                    .isEqualTo(Rejection.INVALID_TIME_TO_LIVE);
            assertThat(a.keep(Duration.ofSeconds(Long.MAX_VALUE)).isAccepted()).isTrue();
            assertThat(kernel.global().keep(Duration.ZERO).rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
            assertThat(kernel.global().session()).isNull();
            assertThat(kernel.global().isOpen()).isTrue();
        }
    }

    private static void assertRefused(final Kernel kernel, final CoordinationTerms terms, final Rejection rejection) {
        assertThatThrownBy(() -> kernel.begin(terms))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(rejection));
    }

    @Test
    void shouldForgetASessionThatNobodyNames() {
        final ManualClock clock = new ManualClock(0);
        try (Kernel kernel = Kernel.launch(CONFIG.withClock(clock).withThreading(Threading.INVOKER))) {
            final Coordination build = kernel.begin(TERMS);
            final Dependency wait = build.awaitsCompletion("ann");
            clock.moveTo(600_000_000);
            build.raise("still here", "ben", "");
            clock.moveTo(1_240_000_000);
            kernel.pulse();
            assertThat(build.isOpen()).isTrue();
            clock.moveTo(1_250_000_000);
            kernel.pulse();
            assertThat(build.isOpen()).isFalse();
            assertThat(wait.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(kernel.coordinationsForgotten()).isEqualTo(1);
            assertThat(build.raise("too late", "ben", "").rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
        }
    }

    /** The helper's own pulse, on the real clock. */
    @Test
    void shouldForgetByItself() {
        try (Kernel kernel = Kernel.launch(CONFIG)) {
            final Dependency wait =
                    kernel.begin(TERMS.withTimeToLive(Duration.ofMillis(20))).awaitsCompletion("ann");
            assertThat(wait.await(Duration.ofSeconds(20))).isInstanceOf(Outcome.Cancelled.class);
            assertThat(kernel.coordinationsForgotten()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellWhoeverAskedThatASessionWasForgotten() {
        try (Kernel kernel = Kernel.launch(CONFIG);
                Subscription told =
                        kernel.subscribe(SignalFilter.everything().types(Coordination.FORGOTTEN), Start.latest())) {
            kernel.begin(TERMS.withTimeToLive(Duration.ofDays(1))).close();
            final Dependency wait =
                    kernel.begin(TERMS.withTimeToLive(Duration.ofMillis(20))).awaitsCompletion("ann");
            assertThat(wait.await(Duration.ofSeconds(20))).isInstanceOf(Outcome.Cancelled.class);
            assertThat(told.poll()).isInstanceOfSatisfying(Subscription.Signal.class, signal -> {
                assertThat(signal.payload()).isEqualTo("build");
                assertThat(signal.coordination()).isZero();
            });
            assertThat(told.poll()).isNull();
        }
    }

    @Test
    void shouldRememberASessionAcrossARestart() {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            kernel.begin(TERMS.withTimeToLive(Duration.ofDays(1)));
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened())) {
            assertThat(kernel.findCoordination("build").session().correlationId())
                    .isEqualTo("c-7");
            assertThat(kernel.findCoordination("build").session().parentRunId()).isEqualTo("run-3");
        }
    }
}

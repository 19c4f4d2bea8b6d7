package io.signalbox.kernel.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Opinions, and their way into bytes and back. */
class OpinionTest {
    private final List<String> names = new ArrayList<>(List.of(""));

    private int id(final String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    private static RouterOpinion random(final Random random) {
        final double[] numbers =
                random.doubles(random.nextInt(Opinion.NUMBERS_MAX + 1)).toArray();
        final Opinion opinion = new Opinion(
                RoutingDecision.of(random.nextInt(RoutingDecision.COUNT)),
                random.nextDouble(),
                Finding.of(random.nextInt(Finding.values().length)),
                "\u4e2d\n".repeat(random.nextInt(200)),
                random.nextBoolean() ? "" : "next" + random.nextInt(9),
                Collections.nCopies(random.nextInt(Opinion.TASKS_MAX + 1), "task" + random.nextInt(9)),
                numbers);
        return new RouterOpinion(
                "router" + random.nextInt(9),
                RoutingStrategy.of(random.nextInt(RoutingStrategy.COUNT)),
                random.nextInt(101),
                opinion);
    }

    @Test
    void shouldComeBackFromItsBytes() {
        final Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            final OpinionWriter writer = new OpinionWriter();
            final List<RouterOpinion> written = new ArrayList<>();
            for (int i = random.nextInt(16); i >= 0; i--) {
                written.add(random(random));
                writer.add(written.get(written.size() - 1), this::id);
            }
            final OpinionView view = new OpinionView().wrap(writer.bytes(), 0, writer.length());
            for (final RouterOpinion expected : written) {
                assertThat(view.next()).isTrue();
                assertThat(view.isWellFormed()).isTrue();
                assertThat(view.hasKnownNames(names.size())).isTrue();
                final RouterOpinion read = view.toOpinion(names::get);
                assertThat(read.router()).isEqualTo(expected.router());
                assertThat(read.strategy()).isEqualTo(expected.strategy());
                assertThat(read.weight()).isEqualTo(expected.weight());
                assertThat(read.opinion().toString())
                        .isEqualTo(expected.opinion().toString());
                assertThat(read.opinion().nextTask())
                        .isEqualTo(expected.opinion().nextTask());
                assertThat(read.opinion().tasks()).isEqualTo(expected.opinion().tasks());
                assertThat(read.opinion().metadata())
                        .isEqualTo(expected.opinion().metadata());
            }
            assertThat(view.next()).isFalse();
        }
    }

    @Test
    void shouldTakeNoBytesForAnOpinionThatAreNone() {
        final Random random = new Random(11);
        for (int round = 0; round < 100_000; round++) {
            final byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            final OpinionView view = new OpinionView().wrap(bytes, 0, bytes.length);
            while (view.next() && view.isWellFormed()) {
                view.hasKnownNames(3);
            }
        }
    }

    @Test
    void shouldShowATextThatIsNoTextAsFarAsItFits() {
        final OpinionWriter writer = new OpinionWriter();
        writer.add(
                new RouterOpinion(
                        "a", RoutingStrategy.CUSTOM, 1, Opinion.of(RoutingDecision.SKIP, 1, "x".repeat(1024))),
                this::id);
        Arrays.fill(writer.bytes(), writer.length() - 1024, writer.length(), (byte) -1);
        final OpinionView view = new OpinionView().wrap(writer.bytes(), 0, writer.length());
        assertThat(view.next()).isTrue();
        assertThat(view.toOpinion(names::get).opinion().text()).hasSize(341);
    }

    @Test
    void shouldRefuseWhatNoOpinionCanBe() {
        for (final double confidence : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Opinion.of(RoutingDecision.SKIP, confidence, "x"))
                    .hasMessage("confidence must be in 0..1: " + confidence);
        }
        assertThatThrownBy(() -> Opinion.of(RoutingDecision.SKIP, 1, "")).hasMessage("reasoning must not be empty");
        assertThatThrownBy(() -> Opinion.of(null, 1, "x")).hasMessage("an opinion needs a decision and a finding");
        assertThatThrownBy(() -> Opinion.of(RoutingDecision.SKIP, 1, "x".repeat(1025)))
                .hasMessage("the text of an opinion may have 1024 bytes, not 1025");
        final Opinion opinion = Opinion.of(RoutingDecision.SKIP, 1, "x");
        assertThatThrownBy(() -> opinion.withTasks(Collections.nCopies(129, "t")))
                .hasMessageContaining("not 129");
        assertThat(Opinion.failed("\u4e2d".repeat(9999)).text()).hasSize(341);
    }

    @Test
    void shouldPackAVerdictAndUnpackIt() {
        final long verdict = Verdict.of(RoutingDecision.CONTINUE, 30, true, 15, 255, Verdict.NUMBER_MAX);
        assertThat(verdict).isPositive();
        assertThat(Verdict.decision(verdict)).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(Verdict.winner(verdict)).isEqualTo(30);
        assertThat(Verdict.isExhausted(verdict)).isTrue();
        assertThat(Verdict.given(verdict)).isEqualTo(15);
        assertThat(Verdict.retries(verdict)).isEqualTo(255);
        assertThat(Verdict.number(verdict)).isEqualTo(Verdict.NUMBER_MAX);
    }
}

package io.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bench.subject.HandoffSubject;
import io.signalbox.bench.subject.RingSubject;
import io.signalbox.bench.subject.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every subject does what it claims in a fork of its own, and one that does not is found out. */
class ForksTest {
    private static final Phases SHORT = new Phases(40, 40, 20, 20);

    @TempDir
    private Path directory;

    static List<String> subjects() {
        return Subjects.names();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldCheckEveryTurnOfEverySubject(final String subject) throws IOException, InterruptedException {
        final Measurement measured = new Forks(directory, List.of()).measure(subject, SHORT);

        assertThat(measured.subject()).isEqualTo(subject);
        assertThat(measured.turns()).isPositive();
        assertThat(measured.turnsChecked()).isGreaterThan(measured.turns());
        assertThat(measured.p50()).isPositive().isLessThanOrEqualTo(measured.p99());
        assertThat(measured.meanUntimed()).isPositive();
        assertThat(measured.decoded().getTotalCount()).isEqualTo(measured.turns());
    }

    @Test
    void shouldRefuseAnUnknownSubjectAndNameTheKnownOnes() {
        assertThatThrownBy(() -> new Forks(directory, List.of()).measure("telepathy", SHORT))
                .isInstanceOf(Forks.ForkFailed.class)
                .hasMessageContaining("telepathy")
                .hasMessageContaining("volatile.hop");
    }

    @Test
    void shouldFindAWrongAnswer() {
        assertThatThrownBy(() -> new HandoffRun("liar", new Liar(), SHORT).run())
                .isInstanceOf(Check.CheckFailed.class)
                .hasMessageContaining("the answer to token 3: expected 100, came 101");
    }

    @Test
    void shouldFindATokenThatWasPassedTwice() {
        assertThatThrownBy(() -> new RingRun("stutterer", new Stutterer(), SHORT).turn(1))
                .isInstanceOf(Check.CheckFailed.class)
                .hasMessageContaining("the token at agent 1: expected 65, came 1");
    }

    /** Answers without handing over, and token 3 wrongly. */
    private static final class Liar implements HandoffSubject {
        @Override
        public long roundTrip(final long token) {
            return token == 3 ? 101 : 31 * token + 7;
        }

        @Override
        public void serve(final Echo echo) {
            // nobody asks
        }

        @Override
        public int extraSpinners() {
            return 0;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Gives the same token again and again. */
    private static final class Stutterer implements RingSubject {
        @Override
        public long take(final int agent) {
            return 1;
        }

        @Override
        public void pass(final int agent, final long token) {
            // swallowed
        }

        @Override
        public int extraSpinners() {
            return 0;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}

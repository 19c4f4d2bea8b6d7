package io.signalbox.journal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.DurableSubscription;
import io.signalbox.kernel.DurableTerms;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Sending;
import io.signalbox.kernel.SignalExplanation.Verdict;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a journal knows of a signal that nobody remembers any more. */
@Timeout(60)
class SignalTraceTest {
    private static final MachineLimits LIMITS = MachineLimits.small();

    @TempDir
    private Path folder;

    private Kernel launch() {
        final Kernel kernel = Kernel.launch(
                KernelConfig.standard().withLimits(LIMITS),
                ChronicleJournal.open(folder, ChronicleJournalConfig.small()));
        kernel.signalKinds().declare("parts", SignalSchema.of());
        return kernel;
    }

    private static long send(final Coordination crew, final String... to) {
        return crew.signals()
                .send("parts", Payload.of(), Sending.by("ann").to(to))
                .position();
    }

    private SignalAccount account(final long position, final String agent) {
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            return SignalTrace.of(journal, LIMITS, position, agent).accounts().get(0);
        }
    }

    private static DurableTerms to(final String agent) {
        return DurableTerms.standard().withRecipient(agent);
    }

    @Test
    void shouldTellEachAttemptAndItsEndAlsoOfAClosedCoordination() throws Exception {
        final long given;
        final long untaken;
        try (Kernel kernel = launch()) {
            final Coordination crew = kernel.coordination("crew");
            final DurableSubscription inbox = crew.durable("inbox", to("ben").withRedelivery(Duration.ofMillis(20), 2));
            given = send(crew, "ben", "cho");
            assertThat(inbox.take(20, TimeUnit.SECONDS).attempt()).isEqualTo(1);
            assertThat(inbox.take(20, TimeUnit.SECONDS).attempt()).isEqualTo(2);
            while (inbox.status().abandoned() == 0) {
                assertThat(inbox.take(20, TimeUnit.MILLISECONDS)).isNull();
            }
            untaken = send(crew, "ben");
            crew.close();
        }
        final SignalAccount account = account(given, "ben");
        assertThat(account.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(account.coordination()).isEqualTo("crew");
        assertThat(account.recipients()).containsExactly("ben", "cho");
        assertThat(account.deliveredNs()).isGreaterThanOrEqualTo(account.raisedNs());
        assertThat(account.reasons()).hasSize(4);
        assertThat(account.reasons().get(0)).contains("attempt 1)");
        assertThat(account.reasons().get(1))
                .isEqualTo("attempt 1 was not acknowledged in time, so it is to be given again");
        assertThat(account.reasons().get(2)).contains("attempt 2)");
        assertThat(account.reasons().get(3))
                .isEqualTo("attempt 2 was not acknowledged in time and was the last: abandoned");
        assertThat(account(untaken, "ben").verdict()).isEqualTo(Verdict.MISSED);
        assertThat(account(untaken, "ben").reasons())
                .containsExactly("subscription inbox was closed before ben took it");
        assertThat(account(given, "cho").verdict()).isEqualTo(Verdict.NO_READER);
        assertThat(account(given, "dan").verdict()).isEqualTo(Verdict.NOT_ADDRESSED);
    }

    @Test
    void shouldNameTheConditionOfEachSubscription() {
        final long position;
        try (Kernel kernel = launch()) {
            final Coordination crew = kernel.coordination("crew");
            kernel.coordination("others").durable("elsewhere", to("ben"));
            crew.durable("from-dan", to("ben").withSenders("dan"));
            kernel.global().durable("all", to("ben").withTypes("wholes"));
            position = send(crew);
        }
        assertThat(account(position, "ben").verdict()).isEqualTo(Verdict.FILTERED);
        assertThat(account(position, "ben").reasons())
                .containsExactly(
                        "subscription elsewhere hears coordination others, and it was raised in crew",
                        "subscription from-dan wants the senders dan, not ann",
                        "subscription all wants the types wholes, not parts");
    }

    @Test
    void shouldTellEverySignalOfOneCommandAndWhatIsNearest() {
        final long position;
        try (Kernel kernel = launch()) {
            kernel.agents().register("ann", "yaml");
            position = kernel.position();
        }
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            final SignalTrace trace = SignalTrace.of(journal, LIMITS, position, "ann");
            assertThat(trace.accounts()).extracting(SignalAccount::type).containsExactly("agent_status_available");
            assertThat(trace.accounts().get(0).index()).isPositive();
            assertThat(trace.agents()).contains("ann");
            final SignalTrace none = SignalTrace.of(journal, LIMITS, position + 9, "eve");
            assertThat(none.accounts()).isEmpty();
            assertThat(none.knowsAgent()).isFalse();
            assertThat(none.nearestPositions()).isEqualTo(List.of(position));
            assertThat(none.lastPosition()).isGreaterThanOrEqualTo(position);
        }
    }
}

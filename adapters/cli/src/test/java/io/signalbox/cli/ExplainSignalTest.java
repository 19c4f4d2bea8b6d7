package io.signalbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.engine.KernelEngine;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.JsonView;
import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.DurableSubscription;
import io.signalbox.kernel.DurableTerms;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Sending;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalSchema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code explain --signal} on the journal of a run that was run, to which a program of its own has added signals. */
class ExplainSignalTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private long early;
    private long toBen;
    private long toCho;
    private long waiting;
    private long over;

    @BeforeEach
    void runAndSend() throws Exception {
        Files.writeString(folder.resolve("w.yaml"), "name: t\nsteps: [{id: a, run: [echo, hi]}]\n");
        assertThat(execute("run", folder.resolve("w.yaml").toString(), "--data", data(), "--quiet"))
                .isZero();
        try (Kernel kernel = Kernel.launch(
                KernelConfig.standard().withLimits(MachineLimits.small()),
                ChronicleJournal.open(journal(), ChronicleJournalConfig.small()))) {
            final Coordination crew = kernel.coordination("crew");
            kernel.signalKinds().declare("parts", SignalSchema.of());
            kernel.signalKinds().declare("other", SignalSchema.of());
            early = send(crew, "ann", "ben");
            final DurableSubscription inbox = crew.durable(
                    "inbox",
                    DurableTerms.standard()
                            .withRecipient("ben")
                            .withTypes("parts", "plans")
                            .withOutstandingMax(2, false));
            toBen = send(crew, "ann", "ben");
            inbox.acknowledge(inbox.poll(1).get(0));
            toCho = send(crew, "ann", "cho");
            waiting = send(crew, "ann", "ben");
            send(crew, "ann", "ben");
            over = send(crew, "ann", "ben");
            crew.signals().send("other", Payload.of(), Sending.by("ann").to("ben"));
        }
    }

    private static long send(final Coordination crew, final String from, final String to) {
        return crew.signals()
                .send("parts", Payload.of(), Sending.by(from).to(to))
                .position();
    }

    @Test
    void shouldSayWhenItWasDelivered() throws Exception {
        assertThat(explain(toBen, "ben")).isZero();
        assertThat(out())
                .startsWith(toBen + " parts from ann to ben in crew, raised at ")
                .contains(
                        ": delivered\n    delivered to ben at ",
                        " after it was raised (subscription inbox, attempt 1)\n")
                .contains("    acknowledged ");
        outBytes.reset();
        assertThat(explain(toBen, "ben", "--json")).isZero();
        final JsonNode account = JsonView.MAPPER.readTree(out()).get(0);
        assertThat(account.get("position").asLong()).isEqualTo(toBen);
        assertThat(account.get("verdict").asString()).isEqualTo("delivered");
        assertThat(account.get("agent").asString()).isEqualTo("ben");
        assertThat(account.get("recipients").get(0).asString()).isEqualTo("ben");
        assertThat(account.get("delivered").asString()).endsWith("Z");
        assertThat(account.get("reasons").size()).isEqualTo(2);
    }

    @Test
    void shouldNameTheRuleThatStoppedIt() throws Exception {
        explain(toCho, "ben");
        explain(early, "ben");
        explain(waiting, "ben");
        explain(over, "ben");
        explain(over + 1, "ben");
        assertThat(out())
                .contains(": not addressed\n    it is addressed to cho, not to ben\n")
                .contains(": no reader\n    it is addressed to ben, but ben had no declared subscription open then\n")
                .contains(": not read yet\n    it is outstanding in subscription inbox, and ben has not taken it yet\n")
                .contains(": missed\n    subscription inbox was full: too much was outstanding")
                .contains(": filtered\n    subscription inbox wants the types parts, plans, not other\n");
    }

    @Test
    void shouldReadTheJournalOfAnotherProgram() throws Exception {
        assertThat(execute(
                        "explain",
                        "--journal",
                        journal().toString(),
                        "--signal",
                        Long.toString(toBen),
                        "--agent",
                        "ben"))
                .isZero();
        assertThat(out()).contains(": delivered\n");
        assertThat(execute("explain", "--journal", folder.toString(), "--signal", "1", "--agent", "ben"))
                .isEqualTo(2);
    }

    @Test
    void shouldNameWhatIsNearestToAnUnknownPositionOrAgent() throws Exception {
        assertThat(explain(early - 1, "ben")).isEqualTo(2);
        assertThat(explain(toBen + 1, "ben")).isEqualTo(2);
        assertThat(explain(99_999, "ben")).isEqualTo(2);
        assertThat(explain(toBen, "bne")).isEqualTo(2);
        assertThat(err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("signalbox: no signal was raised at position " + (early - 1)
                                        + "; the nearest signals stand at " + early),
                        line -> assertThat(line).endsWith("; the nearest signals stand at " + toBen + " and " + toCho),
                        line -> assertThat(line)
                                .contains("no signal was raised at position 99999; the journal ends at ")
                                .endsWith("and the nearest signals stand at " + (over + 1)),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "signalbox: the journal names no agent 'bne'; did you mean 'ben'?; its agents:"
                                                + " ann, ben, cho"));
    }

    private int explain(final long position, final String agent, final String... more) {
        final String[] args = {"explain", "--signal", Long.toString(position), "--agent", agent, "--data", data()};
        final String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return execute(all);
    }

    private Path journal() throws Exception {
        return RunFolder.latest(Path.of(data())).journal();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private int execute(final String... args) {
        final Console console = new Console(
                new PrintStream(outBytes, true, UTF_8),
                new PrintStream(errBytes, true, UTF_8),
                Map.copyOf(System.getenv()),
                KernelEngine::new);
        return Main.execute(console, args);
    }

    private String out() {
        return outBytes.toString(UTF_8);
    }

    private String err() {
        return errBytes.toString(UTF_8);
    }
}

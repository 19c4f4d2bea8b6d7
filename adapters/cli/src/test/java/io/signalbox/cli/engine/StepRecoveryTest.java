package io.signalbox.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.recovery.ErrorDescription;
import io.signalbox.kernel.recovery.RecoveryDecision;
import io.signalbox.kernel.recovery.RecoveryHistory;
import io.signalbox.kernel.recovery.RecoveryPolicy;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Recovery;
import io.signalbox.yaml.WorkflowFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** The command line and the kernel's policy say the same, decision by decision, whether they remember or read it in the journal. */
class StepRecoveryTest {
    private static final String FILE = """
            steps:
              - id: a
                run: own
                retry: 2
                recover:
                  on:
                    - {error: mend, correct: mend it}
                    - {error: busy, try: [retry, alternatives], retries: 3}
                    - {exit: 64, try: []}
                  alternatives: [{run: one}, {run: two}]
                  degrade: {levels: [low], result: least}
            """;

    @TempDir
    private Path data;

    @Test
    void shouldDecideAsThePolicyDoes() throws Exception {
        final RunFolder folder = RunFolder.create(data, Clock.systemUTC(), new Random(1));
        final Plan.PlannedStep planned = planned();
        final Recovery recovery = planned.step().flow().recovery();
        final RecoveryPolicy policy = recovery.policy(planned.step().retry());
        final StepRecovery journaled = new StepRecovery(folder, planned);
        final String[] messages = {"busy", "mend", "else", "busy", "mend", "else"};
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            RecoveryHistory remembered = RecoveryHistory.of(folder.id(), planned.id());
            StepSnapshot step = snapshot(planned, 0, new byte[0]);
            RecoveryDecision decision = null;
            int failures = 0;
            while (!(decision instanceof RecoveryDecision.GiveUp)) {
                final String message = messages[random.nextInt(messages.length)];
                final int exitCode = random.nextInt(20) == 0 ? 64 : 1;
                decision = policy.decide(ErrorDescription.ofProcess(Recovery.exit(exitCode), message), remembered);
                final AttemptResult failed = failed(exitCode, message);
                failures++;
                final AttemptRecord.Recovered noted = journaled.judge(step, failures, failed);
                step = snapshot(planned, failures, AttemptRecord.detail(failed, folder.root(), Optional.of(noted)));
                assertThat(noted.isOver()).isEqualTo(decision instanceof RecoveryDecision.GiveUp);
                if (!noted.isOver()) {
                    remembered = remembered.then(decision);
                    assertThat(unpaused(journaled.history(step))).isEqualTo(unpaused(remembered));
                }
            }
            assertThat(failures)
                    .as("the kernel has enough attempts for all that is decided")
                    .isLessThanOrEqualTo(recovery.retriesMax(planned.step().retry()) + 1);
        }
    }

    /** A journal of a version that noted nothing: retries, alternatives, what is left. */
    @Test
    void shouldFollowTheUsualChainWhereNothingIsNoted() throws Exception {
        final RunFolder folder = RunFolder.create(data, Clock.systemUTC(), new Random(1));
        final StepRecovery recovery = new StepRecovery(folder, planned());
        final List<String> ways = new ArrayList<>();
        for (int failures = 0; failures <= 6; failures++) {
            final RecoveryHistory history = recovery.history(snapshot(planned(), failures, new byte[0]));
            ways.add(recovery.fallback(history)
                    .map(Object::toString)
                    .orElseGet(() -> recovery.way(history).run() + history.level()));
        }
        assertThat(ways)
                .containsExactly(
                        "Shell[script=own]",
                        "Shell[script=own]",
                        "Shell[script=own]",
                        "Shell[script=one]",
                        "Shell[script=two]",
                        "Shell[script=two]low",
                        "\"least\"");
    }

    private static List<String> unpaused(final RecoveryHistory history) {
        return history.decisions().stream()
                .map(decision -> decision instanceof RecoveryDecision.Retry retry
                        ? "retry " + retry.number()
                        : decision.toString())
                .toList();
    }

    private static AttemptResult failed(final int exitCode, final String message) {
        return new AttemptResult(
                StepState.FAILED,
                OptionalInt.of(exitCode),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "exit code " + exitCode,
                List.of("a line before", message),
                5);
    }

    private static StepSnapshot snapshot(final Plan.PlannedStep planned, final int failures, final byte[] detail) {
        return new StepSnapshot(
                0,
                planned.id(),
                io.signalbox.kernel.workflow.StepState.BACKING_OFF,
                failures,
                failures,
                1,
                0,
                0,
                List.of(),
                -1,
                0,
                "",
                new byte[0],
                new byte[0],
                detail);
    }

    private Plan.PlannedStep planned() throws Exception {
        final Path file = data.resolve("w.yaml");
        Files.writeString(file, FILE);
        return Plan.of(WorkflowFiles.load(file), JsonNodeFactory.instance.objectNode())
                .steps()
                .get(0);
    }
}

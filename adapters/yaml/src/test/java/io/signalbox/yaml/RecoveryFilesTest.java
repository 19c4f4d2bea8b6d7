package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.recovery.ErrorDescription;
import io.signalbox.kernel.recovery.RecoveryDecision;
import io.signalbox.kernel.recovery.RecoveryHistory;
import io.signalbox.kernel.recovery.RecoveryPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryFilesTest {
    private static final String FILE = """
            steps:
              - id: a
                run: own
                retry: {max: 2, backoff: 1s, jitter: 0}
                recover:
                  on:
                    - {error: 'Too Many', exit: [22, timeout], try: [degrade, retry], retries: 5}
                    - {error: symbol, correct: {run: [fix, '${run.dir}'], check: lint}}
                    - {exit: 64, try: []}
                  alternatives: [{run: one, env: {A: b}}]
                  degrade: {levels: low, result: least}
            """;

    @TempDir
    private Path folder;

    private WorkflowFile load() throws Exception {
        final Path file = folder.resolve("w.yaml");
        Files.writeString(file, FILE);
        return WorkflowFiles.load(file);
    }

    @Test
    void shouldSurviveTheJournal() throws Exception {
        final WorkflowFile file = load();
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
    }

    @Test
    void shouldBecomeThePolicyThatItDescribes() throws Exception {
        final Step step = load().steps().get(0);
        final Recovery recovery = step.flow().recovery();
        final RecoveryPolicy policy = recovery.policy(step.retry());
        assertThat(policy.chain()).containsExactly("retry", "alternative_path", "graceful_degradation");
        assertThat(policy.levels()).containsExactly("low", Recovery.FALLBACK);
        assertThat(recovery.rules().get(1).means())
                .as("a correction comes before the usual order")
                .startsWith(Recovery.Means.CORRECT, Recovery.Means.RETRY);
        assertThat(recovery.retriesMax(step.retry())).as("5 + 1 + 1 + 2").isEqualTo(9);
        assertThat(decide(policy, Recovery.exit(22), "too many requests"))
                .isEqualTo(new RecoveryDecision.Degrade("low"));
        assertThat(decide(policy, Recovery.TIMEOUT, "too many")).isEqualTo(new RecoveryDecision.Degrade("low"));
        assertThat(decide(policy, Recovery.exit(1), "too many"))
                .isEqualTo(new RecoveryDecision.Retry(1, 1_000_000_000L));
        assertThat(decide(policy, Recovery.exit(1), "a line\nno symbol x"))
                .isEqualTo(new RecoveryDecision.Correct("on-2", "on-2"));
        assertThat(decide(policy, Recovery.exit(64), "")).isInstanceOf(RecoveryDecision.GiveUp.class);
        assertThat(decide(policy, Recovery.exit(6), "")).isInstanceOf(RecoveryDecision.Retry.class);
    }

    private static RecoveryDecision decide(final RecoveryPolicy policy, final String end, final String message) {
        return policy.decide(ErrorDescription.ofProcess(end, message), new RecoveryHistory("run", "a", List.of()));
    }
}

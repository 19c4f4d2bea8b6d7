package io.signalbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final String KEY = AttemptSpec.key("20261121-101530-x7k2", "step", 1);

    @TempDir
    Path folder;

    @Test
    void shouldEndARunningAttempt() throws Exception {
        final StepProcess process = new Attempts(folder).start("sleep 600 & sleep 600");
        assertThat(Leftovers.kill(process.identity(), KEY)).isPositive();
        assertThat(ProcessGroup.remembered(process.identity(), KEY).members()).isEmpty();
        assertThat(Attempts.await(process).exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void shouldEndTheChildrenOfALeaderThatDied() throws Exception {
        final Orphan orphan = orphan(KEY);
        assertThat(Leftovers.kill(orphan.leader(), KEY)).isEqualTo(1);
        assertThat(ProcessTable.find(orphan.child()).filter(ProcessTable.Entry::isAlive))
                .isEmpty();
    }

    @Test
    void shouldLeaveASessionAloneThatDoesNotCarryTheKey() throws Exception {
        final Orphan orphan = orphan("another run/step/1");
        assertThat(Leftovers.kill(orphan.leader(), KEY)).isZero();
        assertThat(ProcessTable.find(orphan.child()).filter(ProcessTable.Entry::isAlive))
                .isPresent();
        ProcessHandle.of(orphan.child()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldLeaveAProcessAloneThatHasOnlyThePid() throws Exception {
        final Process other = new ProcessBuilder("setsid", "sleep", "600").start();
        final ProcessTable.Entry entry = ProcessTable.find(other.pid()).orElseThrow();
        final String boot = ProcessTable.boot();
        assertThat(Leftovers.kill(new ProcessIdentity(other.pid(), entry.startTicks() - 1, boot), KEY))
                .isZero();
        assertThat(Leftovers.kill(new ProcessIdentity(other.pid(), entry.startTicks(), "another boot"), KEY))
                .isZero();
        assertThat(other.isAlive()).isTrue();
        assertThat(Leftovers.kill(new ProcessIdentity(other.pid(), entry.startTicks(), boot), KEY))
                .isEqualTo(1);
        assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldDoNothingWhenNothingLives() throws Exception {
        final StepProcess process = new Attempts(folder).start("true");
        Attempts.await(process);
        assertThat(Leftovers.kill(process.identity(), KEY)).isZero();
    }

    /** A child whose session leader has died, marked with the key. */
    private static Orphan orphan(final String key) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(
                "setsid", "sh", "-c", "cut -d ' ' -f 22 /proc/$$/stat; sleep 600 >/dev/null 2>&1 & echo $!");
        builder.environment().putAll(Map.of(AttemptSpec.KEY_VARIABLE, key));
        final Process leader = builder.start();
        final List<String> lines;
        try (var in = leader.inputReader()) {
            lines = in.lines().toList();
        }
        leader.waitFor();
        return new Orphan(
                new ProcessIdentity(leader.pid(), Long.parseLong(lines.get(0)), ProcessTable.boot()),
                Long.parseLong(lines.get(1)));
    }

    private record Orphan(ProcessIdentity leader, long child) {}
}

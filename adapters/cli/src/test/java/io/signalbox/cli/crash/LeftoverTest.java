package io.signalbox.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed signalbox leaves running is ended by {@code resume} before the step gets another attempt; nothing else is. */
class LeftoverTest {
    /** The first attempt stays, with a child, and a grandchild in a session of its own; the second says who still lives. */
    private static final String TEXT = """
            inputs: {side: {type: string}}
            steps:
              - id: stay
                env: {SIDE: '${inputs.side}'}
                run: |
                  for known in "$SIDE"/pids/*; do
                      [ -e "$known" ] || continue
                      stat=$(cat "/proc/${known##*/}/stat" 2>/dev/null || :)
                      case $stat in '' | *') Z '*) ;; *) echo "alive ${known##*/}" >>"$SIDE/log" ;; esac
                  done
                  echo "start $SIGNALBOX_ATTEMPT" >>"$SIDE/log"
                  [ "$SIGNALBOX_ATTEMPT" = 1 ] || exit 0
                  (
                      setsid sh -c ': >"$SIDE/pids/$$"; : >"$SIDE/grandchild.$$"; while :; do sleep 1; done' &
                      sh -c ': >"$SIDE/pids/$$"; while :; do sleep 1; done'
                  ) &
                  : >"$SIDE/pids/$$"
                  : >"$SIDE/leader.$$"
                  while :; do sleep 1; done
            """;

    @TempDir
    Path folder;

    @Test
    void shouldEndTheStepAndItsDescendantsBeforeTheNextAttempt() throws Exception {
        final EveryKind run = killed();
        final Launched.Ended resumed = run.resume().end().exits(0);
        assertThat(run.log()).containsExactly("start 1", "start 2");
        assertThat(resumed.event("notice").path("message").asString())
                .matches("ended \\d+ processes that attempt 1 of stay had left running");
        assertThat(pids(run)).noneMatch(KillNineTest::isRunning);
    }

    @Test
    void shouldEndTheChildrenOfADeadStep() throws Exception {
        final EveryKind run = killed();
        final long leader = leader(run);
        Launched.signal(leader, "KILL");
        Launched.await("the step is gone", () -> !KillNineTest.isRunning(leader));
        assertThat(pids(run)).filteredOn(KillNineTest::isRunning).hasSize(2);
        run.resume().end().exits(0);
        assertThat(run.log()).containsExactly("start 1", "start 2");
        assertThat(pids(run)).noneMatch(KillNineTest::isRunning);
    }

    @Test
    void shouldLeaveAloneWhoeverHasThePidNow() throws Exception {
        final Path lastPid = Path.of("/proc/sys/kernel/ns_last_pid");
        assumeTrue(Files.isWritable(lastPid), "pids can be chosen here");
        final EveryKind run = killed();
        final long leader = leader(run);
        for (final long pid : pids(run)) {
            Launched.signal(pid, "KILL");
            Launched.await("the step is gone", () -> !Files.exists(Path.of("/proc/" + pid)));
        }
        final Process innocent = withPid(leader, lastPid);
        assumeTrue(innocent != null, "the pid could be had again");
        try {
            run.resume().end().exits(0);
            assertThat(innocent.isAlive()).isTrue();
            assertThat(run.log()).containsExactly("start 1", "alive " + leader, "start 2");
        } finally {
            innocent.destroyForcibly();
        }
    }

    /** A process, the leader of its session, that got this pid; null when others were always quicker. */
    private static Process withPid(final long pid, final Path lastPid) throws Exception {
        for (int tries = 0; tries < 200; tries++) {
            Files.writeString(lastPid, Long.toString(pid - 1));
            final Process process = new ProcessBuilder("sleep", "600").start();
            if (process.pid() == pid) {
                return process;
            }
            process.destroyForcibly().waitFor();
        }
        return null;
    }

    private EveryKind killed() throws IOException {
        final EveryKind run = EveryKind.in(folder, TEXT);
        final Launched first = run.run();
        first.until("all of the step run", () -> pids(run).size() == 3);
        first.kill();
        assertThat(pids(run)).allMatch(KillNineTest::isRunning);
        return run;
    }

    private static long leader(final EveryKind run) throws IOException {
        try (var files = Files.list(run.side)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("leader."))
                    .mapToLong(name -> Long.parseLong(name.substring("leader.".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Long> pids(final EveryKind run) {
        final List<Long> pids = new ArrayList<>();
        final String[] names = run.side.resolve("pids").toFile().list();
        for (final String name : names == null ? new String[0] : names) {
            pids.add(Long.parseLong(name));
        }
        return pids;
    }
}

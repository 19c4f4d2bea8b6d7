package io.signalbox.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and SIGTERM: nothing of the run lives on, the last word is how to resume, and {@code resume} brings it to its end. */
class StoppingTest {
    private static final String STUBBORN = """
            inputs: {side: {type: string}}
            steps:
              - id: stubborn
                env: {SIDE: '${inputs.side}'}
                run: |
                  trap '' TERM
                  . "$SIDE/prelude"
                  note end
            """;

    private static final String PAUSING = """
            inputs: {side: {type: string}}
            steps:
              - id: pausing
                env: {SIDE: '${inputs.side}'}
                retry: {max: 1, backoff: %s, jitter: 0}
                run: |
                  . "$SIDE/prelude"
                  [ "$SIGNALBOX_ATTEMPT" -gt 1 ] || exit 7
                  echo done
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void shouldStopAndGoOn(final String signal, final int exitCode) throws Exception {
        final EveryKind run = EveryKind.in(folder);
        run.hold("document", 1);
        final Launched first = run.run();
        first.until("document is held", run::isHeld);
        first.signal(signal);
        stopped(run, first, exitCode);
        run.release();
        final Launched.Ended resumed = run.resume().end().exits(0);
        assertThat(resumed.event("run_finished").path("state").asString()).isEqualTo("succeeded");
        assertThat(run.log()).contains("document 1 start", "document 2 start").noneMatch(line -> line.contains("over"));
    }

    @Test
    void shouldTakeASecondSignalForTheFirst() throws Exception {
        final EveryKind run = EveryKind.in(folder, STUBBORN);
        run.hold("stubborn", 1);
        final Launched first = run.run();
        first.until("the step is held", run::isHeld);
        first.signal("INT");
        first.until("it is stopping", () -> first.outSoFar().contains("stopping: running steps get SIGTERM"));
        first.signal("INT");
        stopped(run, first, 130);
        assertThat(run.log()).containsExactly("stubborn 1 start");
        run.resume().end().exits(0);
    }

    @Test
    void shouldEndAtOnceAtTheThirdSignalAndGoOn() throws Exception {
        final EveryKind run = EveryKind.in(folder, STUBBORN);
        run.hold("stubborn", 1);
        final Launched first = run.run();
        first.until("the step is held", run::isHeld);
        first.signal("TERM");
        first.until("it is stopping", () -> first.outSoFar().contains("stopping: running steps get SIGTERM"));
        while (first.isAlive()) {
            first.signal("TERM");
        }
        first.end().exits(143);
        run.resume().end().exits(0);
        assertThat(run.log()).containsExactly("stubborn 1 start", "stubborn 2 start", "stubborn 2 end");
    }

    @Test
    void shouldStopWhileNothingRunsButABackOff() throws Exception {
        final EveryKind run = EveryKind.in(folder, PAUSING.formatted("1h"));
        final Launched first = run.run();
        first.until("it pauses", () -> first.outSoFar().contains("retry_scheduled"));
        first.signal("TERM");
        stopped(run, first, 143);
        assertThat(Launched.run(run.directory, "explain").exits(0).out()).contains("attempt 1 failed; the next one is");
    }

    @Test
    void shouldKeepABackOffThroughAKill() throws Exception {
        final EveryKind run = EveryKind.in(folder, PAUSING.formatted("3s"));
        final Launched first = run.run();
        first.until("it pauses", () -> first.outSoFar().contains("retry_scheduled"));
        first.kill();
        final Launched.Ended resumed = run.resume().end().exits(0);
        assertThat(run.log()).containsExactly("pausing 1 start", "pausing 2 start");
        assertThat(resumed.events("step_cancelled")).isEmpty();
        assertThat(resumed.event("run_finished").path("result_digest").asString())
                .hasSize(64);
    }

    @Test
    void shouldStopDuringResume() throws Exception {
        final EveryKind run = EveryKind.in(folder);
        run.hold("document", 1);
        final Launched first = run.run();
        first.until("document is held", run::isHeld);
        first.kill();
        run.hold("last", 1);
        final Launched second = run.resume();
        second.until("last is held", run::isHeld);
        second.signal("TERM");
        stopped(run, second, 143);
        run.resume().end().exits(0);
    }

    @Test
    void shouldStopAtAnyMomentOfItsBeginning() throws Exception {
        final EveryKind run = EveryKind.in(folder);
        final Launched first = run.run();
        first.until("it speaks", () -> !first.outSoFar().isEmpty());
        first.signal("TERM");
        stopped(run, first, 143);
        run.resume().end().exits(0);
    }

    private static void stopped(final EveryKind run, final Launched launched, final int exitCode) throws Exception {
        final Launched.Ended ended = launched.end().exits(exitCode);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.event("run_finished").path("state").asString()).isEqualTo("stopped");
        assertThat(ended.event("run_finished").path("hint").asString())
                .isEqualTo("signalbox resume " + Launched.newest(run.directory).id() + " continues it");
        assertThat(ended.events("step_cancelled")).isEmpty();
        for (final String step : EveryKind.HELD) {
            assertThat(run.pids(step)).noneMatch(KillNineTest::isRunning);
        }
        assertThat(run.pids("stubborn")).noneMatch(KillNineTest::isRunning);
    }
}

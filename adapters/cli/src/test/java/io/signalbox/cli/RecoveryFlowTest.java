package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a step tries when it fails, by the command line. */
class RecoveryFlowTest extends FlowCase {
    @Test
    void shouldDecideByWhatTheErrorSays() throws Exception {
        final String file = workflow("""
                - id: ask
                  run: |
                    case $SIGNALBOX_ATTEMPT in
                      1|2) echo 'HTTP 429: Too many requests' >&2; exit 22;;
                      *) echo 'HTTP 403: no access' >&2; exit 22;;
                    esac
                  retry: {max: 0, backoff: 1ms}
                  recover:
                    on:
                      - {error: 'http 429|rate limit', try: retry, retries: 9}
                      - {error: '403', exit: [21, 22], try: []}
                    degrade: {result: nothing}""");
        signalbox("run", file, "-q").exits(1);
        assertThat(step(inspect(), "ask").path("attempts").asInt()).isEqualTo(3);
        assertThat(state(inspect(), "ask")).isEqualTo("failed");
    }

    @Test
    void shouldLookForBothTheTextAndTheExitCode() throws Exception {
        final String file = workflow("""
                - id: ask
                  run: 'echo broken >&2; exit 4'
                  recover:
                    on:
                      - {error: broken, exit: 5, try: []}
                      - {exit: timeout, try: []}
                      - {error: broken, exit: [3, 4], try: [alternatives]}
                    alternatives: [{run: exit 3}, {run: 'echo second'}]
                    degrade: {result: nothing}""");
        signalbox("run", file, "-q").exits(0);
        assertThat(result(inspect(), "ask"))
                .as("exit 3 says nothing of broken, so the usual chain goes on")
                .isEqualTo("second");
    }

    @Test
    void shouldTreatATimeLimitAsAnError() throws Exception {
        final String file = workflow("""
                - id: slow
                  run: sleep 20
                  timeout: 50ms
                  retry: 5
                  recover:
                    on: [{exit: timeout, try: degrade}]
                    degrade: {result: too slow}""");
        signalbox("run", file, "-q").exits(0);
        assertThat(result(inspect(), "slow")).isEqualTo("too slow");
        assertThat(step(inspect(), "slow").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void shouldGoDownTheLevelsToTheFallback() throws Exception {
        final String step = """
                - id: check
                  run: 'echo "${SIGNALBOX_LEVEL:-full}"; test "${SIGNALBOX_LEVEL:-full}" = %s'
                  retry: {max: 1, backoff: 1ms}
                  recover: {degrade: {levels: [basic, minimal], result: unchecked}}""";
        signalbox("run", workflow(step.formatted("minimal")), "-q").exits(0);
        assertThat(result(inspect(), "check")).isEqualTo("minimal");
        assertThat(step(inspect(), "check").path("attempts").asInt()).isEqualTo(4);
        signalbox("run", workflow(step.formatted("none")), "-q").exits(0);
        assertThat(result(inspect(), "check")).isEqualTo("unchecked");
    }

    /** The correction sees the error; what it mends counts only when its check and the step itself succeed. */
    @Test
    void shouldCorrectCheckAndTryAgain() throws Exception {
        final Path mended = folder.resolve("mended");
        final String step = """
                - id: compile
                  run: [sh, -c, 'cat "$1" || { echo "it''s not there: ${steps.name.result}" >&2; exit 7; }', sh, %1$s]
                  needs: name
                  recover:
                    on:
                      - error: 'not there: (?P<what>\\w+)'
                        correct:
                          run: [sh, -c, 'grep -o "not there.*" "$SIGNALBOX_ERROR_LOG" > "$1"; echo "$SIGNALBOX_ERROR"', sh, '%1$s']
                          check: %2$s
                - {id: name, run: [echo, "a 'quoted' name"]}""";
        signalbox("run", workflow(step.formatted(mended, "test -s " + mended)), "-q")
                .exits(0);
        assertThat(result(inspect(), "compile")).isEqualTo("not there: a 'quoted' name");
        assertThat(step(inspect(), "compile").path("attempts").asInt()).isEqualTo(2);
        Files.delete(mended);
        signalbox("run", workflow(step.formatted(mended, "exit 9")), "-q").exits(1);
        assertThat(step(inspect(), "compile").path("message").asString()).isEqualTo("exit code 9");
        assertThat(step(inspect(), "compile").path("attempts").asInt())
                .as("each correction has one chance")
                .isEqualTo(2);
    }

    @Test
    void shouldAskAPersonOnlyWhereTheRuleSaysSo() throws Exception {
        final String step = """
                - id: deploy
                  run: exit %s
                  recover:
                    on: [{exit: 4, try: []}]
                    escalate: Deploy by hand""";
        signalbox("run", workflow(step.formatted("4")), "-q").exits(1);
        assertThat(state(inspect(), "deploy.decision")).isEqualTo("skipped");
        final String asking = workflow(step.formatted("5"));
        final CompletableFuture<Ended> running = CompletableFuture.supplyAsync(() -> signalbox("run", asking, "-q"));
        awaitQuestion("deploy.decision");
        signalbox("approve", newest().id(), "deploy.decision").exits(0);
        running.join().exits(0);
    }

    @Test
    void shouldBeginAnewWhenAFailedRunIsResumed() throws Exception {
        final String file = workflow("""
                - id: ask
                  run: 'test -e %1$s'
                  retry: {max: 1, backoff: 1ms}
                  recover: {alternatives: [{run: exit 1}], on: [{exit: 9, try: []}]}""".formatted(folder.resolve("ready")));
        signalbox("run", file, "-q").exits(1);
        assertThat(step(inspect(), "ask").path("attempts").asInt()).isEqualTo(3);
        Files.createFile(folder.resolve("ready"));
        signalbox("resume", "-q").exits(0);
        assertThat(step(inspect(), "ask").path("attempts").asInt())
                .as("the step's own way first")
                .isEqualTo(4);
    }

    @Test
    void shouldRefuseRulesThatSayNothing() throws Exception {
        final String file = workflow("""
                - id: a
                  run: x
                  recover:
                    on:
                      - {try: retry}
                      - {error: '(a', try: [degrade, escalate, retry]}
                      - {exit: 256, retries: -1, correct: y, try: retry}""");
        assertThat(signalbox("run", file).exits(2).err())
                .contains("entry 1 of 'on' of 'recover' of step 'a' is for no error")
                .contains("'error' of entry 2 of 'on' of 'recover' of step 'a' cannot be looked for: not a safe")
                .contains("names 'degrade', which is not there to be tried")
                .contains("goes on behind 'escalate'")
                .contains("must be a whole number from 0 to 255, got number 256")
                .contains("leaves out 'correct', so its correction would never run");
    }
}

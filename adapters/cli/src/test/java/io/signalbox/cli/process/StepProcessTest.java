package io.signalbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepProcessTest {
    @TempDir
    Path folder;

    private Attempts attempts;

    @BeforeEach
    void newAttempts() {
        attempts = new Attempts(folder);
    }

    @Test
    void shouldGiveStdoutWithoutItsLastNewlineAsResult() throws Exception {
        final AttemptEnd end = attempts.shell("echo one; echo two; echo");
        assertThat(end.isSuccess()).isTrue();
        assertThat(end.output()).isEqualTo(new StepOutput("one\ntwo\n", true, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; touch pwned #",
                "$(touch pwned)",
                "`touch pwned`",
                "two\nlines",
                "-n",
                "--",
                "",
                "  blanks  ",
                "\"quotes\" 'and' \\",
                "*",
                "${HOME}",
                "a\tb",
                "žluť ✓ 😀"
            })
    void shouldPassArgumentsUnchanged(final String argument) throws Exception {
        final AttemptEnd end = attempts.exec("printf", "%s|", argument, "last");
        assertThat(end.output().text()).isEqualTo(argument + "|last|");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void shouldRunAScriptThatBeginsWithADash() throws Exception {
        assertThat(attempts.shell("-x").exitCode()).isEqualTo(127);
    }

    @Test
    void shouldStopAScriptAtItsFirstFailure() throws Exception {
        final AttemptEnd end = attempts.shell("echo before; false; echo after");
        assertThat(end.exitCode()).isEqualTo(1);
        assertThat(end.output().text()).isEqualTo("before");
        assertThat(end.isSuccess()).isFalse();
    }

    @Test
    void shouldGiveEndOfFileAsStandardInput() throws Exception {
        assertThat(attempts.exec("cat").output().text()).isEmpty();
        assertThat(attempts.exec("readlink", "/proc/self/fd/0").output().text()).isEqualTo("/dev/null");
    }

    @Test
    void shouldRunInTheGivenDirectoryInASessionOfItsOwn() throws Exception {
        final StepProcess process = attempts.start("pwd; cut -d ' ' -f 5,6 /proc/$$/stat");
        final long pid = process.identity().pid();
        assertThat(Attempts.await(process).output().text()).isEqualTo(folder.toRealPath() + "\n" + pid + " " + pid);
    }

    @Test
    void shouldMergeTheEnvironmentAndNameTheAttempt() throws Exception {
        attempts.with("FROM_OUTSIDE", "outside").with("OVERRIDDEN", "outside");
        final AttemptSpec spec = attempts.spec(
                new Command.Shell("echo $FROM_OUTSIDE $OVERRIDDEN $SIGNALBOX_RUN_ID $SIGNALBOX_STEP $SIGNALBOX_ATTEMPT;"
                        + " echo $SIGNALBOX_OUT; test -d \"$SIGNALBOX_OUT\""),
                Map.of("OVERRIDDEN", "by step"),
                List.of());
        assertThat(attempts.run(spec).output().text())
                .isEqualTo("outside by step 20261121-101530-x7k2 step 1\n" + folder.resolve("out"));
    }

    @Test
    void shouldRunNothingBeforeTheGateIsOpened() throws Exception {
        final StepProcess process =
                StepProcess.spawn(attempts.spec(new Command.Shell("touch ran"), Map.of(), List.of()), Masker.NONE);
        final ProcessIdentity identity = process.identity();
        assertThat(ProcessIdentity.parse(identity.text())).isEqualTo(identity);
        assertThat(ProcessTable.find(identity.pid()).orElseThrow().startTicks()).isEqualTo(identity.startTicks());
        process.stop(StopReason.RUN_STOPPED);
        process.go();
        assertThat(Attempts.await(process).stopped()).contains(StopReason.RUN_STOPPED);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void shouldKeepTheIdentityWhenTheCommandTakesOver() throws Exception {
        final StepProcess process = attempts.start("exec cut -d ' ' -f 1,22 /proc/self/stat");
        assertThat(Attempts.await(process).output().text())
                .isEqualTo(process.identity().pid() + " " + process.identity().startTicks());
    }

    @Test
    void shouldRunNothingWhenTheParentDiesBeforeTheGo() throws Exception {
        final Process parent = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GateMain.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        final ProcessIdentity identity;
        try (var lines = parent.inputReader()) {
            identity = ProcessIdentity.parse(lines.readLine());
        }
        assertThat(ProcessTable.find(identity.pid())).isPresent();
        final var shim = ProcessHandle.of(identity.pid()).orElseThrow();
        parent.destroyForcibly().waitFor();
        // nobody reaps an orphan where process 1 does not: then it stays a zombie, which is as dead
        final ProcessGroup group = ProcessGroup.watched(identity, "none");
        assertThat(group.awaitEmpty(10_000)).as("%s ends", shim).isTrue();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void shouldSayWhichProgramIsMissing() {
        final SpawnException e =
                catchThrowableOfType(SpawnException.class, () -> attempts.exec("no-such-program", "x"));
        assertThat(e).hasMessageContaining("program \"no-such-program\" was not found on PATH");
        assertThat(e.exitCode()).isEqualTo(127);
    }

    @Test
    void shouldSayThatAProgramIsNotExecutable() throws Exception {
        Files.writeString(folder.resolve("plain"), "text");
        final SpawnException e = catchThrowableOfType(SpawnException.class, () -> attempts.exec("./plain"));
        assertThat(e).hasMessageContaining("program \"./plain\" is not executable");
        assertThat(e.exitCode()).isEqualTo(126);
    }

    @Test
    void shouldSayThatTheDirectoryIsMissing() {
        final SpawnException e =
                catchThrowableOfType(SpawnException.class, () -> new Attempts(folder.resolve("nowhere")).shell("true"));
        assertThat(e).hasMessageContaining("does not exist").hasMessageContaining("nowhere");
        assertThat(e.exitCode()).isEqualTo(126);
    }

    @Test
    void shouldRefuseANul() {
        assertThat(catchThrowableOfType(SpawnException.class, () -> attempts.exec("echo", "a\0b")))
                .hasMessage("argument 1 holds a NUL character (at 1), which no program can be given");
        assertThat(catchThrowableOfType(
                        SpawnException.class,
                        () -> attempts.run(attempts.spec(new Command.Shell("true"), Map.of("X", "\0"), List.of()))))
                .hasMessageContaining("the value of X holds a NUL character");
    }

    @Test
    void shouldRefuseATooLongCommandLine() {
        final SpawnException e =
                catchThrowableOfType(SpawnException.class, () -> attempts.exec("echo", "x".repeat(3 << 20)));
        assertThat(e).hasMessageContaining("the command line is too long");
        assertThat(e.exitCode()).isEqualTo(126);
    }

    @Test
    void shouldRunAProgramWhoseNameBeginsWithADash() throws Exception {
        final Path program = Files.writeString(folder.resolve("-odd"), "#!/bin/sh\necho \"odd $1\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        attempts.with("PATH", folder + ":" + System.getenv("PATH"));
        assertThat(attempts.exec("-odd", "-e").output().text()).isEqualTo("odd -e");
    }

    @Test
    void shouldDrainBothOutputsApartWithoutBlockingTheStep() throws Exception {
        final AttemptEnd end = attempts.shell(
                "i=0; while [ $i -lt 3000 ]; do echo out-$i-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; "
                        + "echo err-$i-yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy >&2; i=$((i+1)); done");
        assertThat(end.isSuccess()).isTrue();
        assertThat(end.output().whole()).isFalse();
        assertThat(end.stderrTail()).hasSize(20).last().asString().startsWith("err-2999-");
        assertThat(Files.readAllLines(folder.resolve("stdout"))).hasSize(3000);
        assertThat(Files.readAllLines(folder.resolve("stderr"))).hasSize(3000);
    }

    @Test
    void shouldKeepALongResultInAFile() throws Exception {
        final AttemptEnd end = attempts.shell("head -c 65537 /dev/zero | tr '\\0' 'é' | head -c 65537");
        final StoredFile file = end.output().file().orElseThrow();
        assertThat(file).isEqualTo(ContentHash.of(folder.resolve("stdout")));
        assertThat(file.sizeBytes()).isEqualTo(65_537);
        assertThat(end.output().text().length()).isLessThanOrEqualTo(65_536);
    }

    @Test
    void shouldKeepAResultOfExactlyTheLimitInline() throws Exception {
        final AttemptEnd end = attempts.shell("head -c 65536 /dev/zero | tr '\\0' x; echo");
        assertThat(end.output().whole()).isTrue();
        assertThat(end.output().text()).hasSize(65_536);
        assertThat(folder.resolve("stdout")).doesNotExist();
    }

    @Test
    void shouldKeepTheBytesOfWhatIsNotUtf8() throws Exception {
        final AttemptEnd end = attempts.shell("printf 'a\\377b\\n'");
        assertThat(end.output().text()).isEqualTo("a\uFFFDb");
        assertThat(Files.readAllBytes(folder.resolve("stdout"))).containsExactly('a', 0xff, 'b', '\n');
        assertThat(end.output().file()).contains(ContentHash.of(folder.resolve("stdout")));
    }

    @Test
    void shouldBoundTheLogOfStderr() throws Exception {
        final AttemptEnd end = attempts.shell("head -c 3000000 /dev/zero | tr '\\0' z >&2; echo >&2; echo last >&2");
        final String log = Files.readString(folder.resolve("stderr"));
        assertThat(log.length()).isLessThan(StderrLog.HEAD_LENGTH_MAX + StderrLog.TAIL_LENGTH_MAX + 100);
        assertThat(log).contains("bytes are left out here").endsWith("z\nlast\n");
        assertThat(end.stderrTail()).last().isEqualTo("last");
        assertThat(end.stderrTail()).allMatch(line -> line.length() <= StderrLog.LINE_LENGTH_MAX + 3);
    }

    @Test
    void shouldMaskSecretsInResultsFilesAndTails() throws Exception {
        attempts.with("TOKEN", "s3cr3t-value").with("KEY", "-----BEGIN\nline-of-key\nabc\n");
        final AttemptEnd end = attempts.run(attempts.spec(
                new Command.Shell("echo \"token $TOKEN.\"; echo \"$KEY\"; echo \"$TOKEN\" >&2"),
                Map.of(),
                List.of("TOKEN", "KEY")));
        assertThat(end.output().text()).isEqualTo("token ***.\n***\n***\nabc\n");
        assertThat(end.stderrTail()).containsExactly("***");
        assertThat(folder.resolve("stderr")).hasContent("***");
    }

    @Test
    void shouldMaskASecretThatComesInTwoChunks() throws Exception {
        attempts.with("TOKEN", "s3cr3t-value");
        final AttemptEnd end = attempts.run(attempts.spec(
                new Command.Shell("printf 's3cr3t'; head -c 1 /dev/urandom >/dev/null; sleep 0.2; printf -- '-value.'"),
                Map.of(),
                List.of("TOKEN")));
        assertThat(end.output().text()).isEqualTo("***.");
    }

    @Test
    void shouldRefuseToStartWithoutASecret() {
        attempts.with("EMPTY", "");
        final SpawnException e = catchThrowableOfType(
                SpawnException.class,
                () -> StepProcess.spawn(
                        attempts.spec(new Command.Shell("touch ran"), Map.of(), List.of("NOT_THERE", "EMPTY")),
                        Masker.NONE));
        assertThat(e).hasMessageContaining("no value for secrets NOT_THERE, EMPTY");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void shouldStopWithTermFirst() throws Exception {
        final StepProcess process =
                attempts.start("trap 'echo cleaned; exit 7' TERM; touch ready; while :; do sleep 0.05; done");
        awaitFile("ready");
        process.stop(StopReason.TIMEOUT);
        process.stop(StopReason.CANCELLED);
        final AttemptEnd end = Attempts.await(process);
        assertThat(end.stopped()).contains(StopReason.TIMEOUT);
        assertThat(end.exitCode()).isEqualTo(7);
        assertThat(end.output().text()).isEqualTo("cleaned");
        assertThat(end.isSuccess()).isFalse();
    }

    @Test
    void shouldKillAfterFiveSecondsWhatIgnoresTerm() throws Exception {
        final StepProcess process = attempts.start(
                "trap '' TERM; (trap '' TERM; touch ready; while :; do sleep 1; done) & while :; do sleep 1; done");
        awaitFile("ready");
        final long beforeNs = System.nanoTime();
        process.stop(StopReason.CANCELLED);
        final AttemptEnd end = Attempts.await(process);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beforeNs)).isBetween(4_900L, 9_000L);
        assertThat(end.exitCode()).isEqualTo(128 + 9);
        assertThat(membersOf(process)).isEmpty();
    }

    @Test
    void shouldNotWaitForeverForWhatAStepLeftRunning() throws Exception {
        final StepProcess process = attempts.start("echo early; (sleep 600; echo never) & exit 3");
        final AttemptEnd end = Attempts.await(process);
        assertThat(end.exitCode()).isEqualTo(3);
        assertThat(end.output().text()).isEqualTo("early");
        assertThat(end.trouble()).isEmpty();
        assertThat(membersOf(process)).isEmpty();
    }

    @Test
    void shouldKeepWhatALeftoverWritesWithinItsGrace() throws Exception {
        final AttemptEnd end = attempts.shell("(sleep 0.3; echo late) & echo early");
        assertThat(end.output().text()).isEqualTo("early\nlate");
        assertThat(end.isSuccess()).isTrue();
    }

    @Test
    void shouldEndWhatFledIntoASessionOfItsOwn() throws Exception {
        final StepProcess process =
                attempts.start("setsid sh -c 'touch fled; sleep 600' & while ! [ -e fled ]; do :; done");
        final AttemptEnd end = Attempts.await(process);
        assertThat(end.isSuccess()).isTrue();
        assertThat(membersOf(process)).isEmpty();
    }

    @Test
    void shouldEndALeftoverThatClearedItsEnvironment() throws Exception {
        final StepProcess process = attempts.start("env -i sh -c 'while :; do sleep 1; done' & echo early");
        final AttemptEnd end = Attempts.await(process);
        assertThat(end.isSuccess()).isTrue();
        assertThat(end.output().text()).isEqualTo("early");
        assertThat(membersOf(process)).isEmpty();
    }

    @Test
    void shouldReportTheSignalThatKilledIt() throws Exception {
        assertThat(attempts.shell("kill -SEGV $$").exitCode()).isEqualTo(128 + 11);
    }

    @Test
    void shouldSayThatItsOutputCannotBeKept() throws Exception {
        Files.createDirectory(folder.resolve("stdout"));
        final AttemptEnd end = attempts.shell("head -c 200000 /dev/zero");
        assertThat(end.exitCode()).isZero();
        assertThat(end.isSuccess()).isFalse();
        assertThat(end.trouble()).get().asString().contains("cannot keep its standard output");
    }

    @Test
    void shouldKeepItsFilesPrivate() throws Exception {
        attempts.shell("head -c 200000 /dev/zero; echo x >&2");
        for (final String name : List.of("stdout", "stderr")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("out"))).hasSize(3);
    }

    @Test
    void shouldRunManyAttemptsAtOnce() throws Exception {
        final StepProcess[] processes = new StepProcess[40];
        for (int i = 0; i < processes.length; i++) {
            processes[i] = attempts.start("echo " + i);
        }
        final List<String> results = Arrays.stream(processes)
                .map(process -> process.end().join().output().text())
                .toList();
        assertThat(results)
                .isEqualTo(Stream.iterate(0, i -> i + 1)
                        .limit(processes.length)
                        .map(i -> Integer.toString(i))
                        .toList());
    }

    private void awaitFile(final String name) throws Exception {
        final Process wait = new ProcessBuilder("sh", "-c", "while ! [ -e \"$1\" ]; do sleep 0.02; done", "wait", name)
                .directory(folder.toFile())
                .start();
        assertThat(wait.waitFor(Attempts.WAIT_S, TimeUnit.SECONDS)).isTrue();
    }

    private static List<ProcessTable.Entry> membersOf(final StepProcess process) throws Exception {
        return ProcessGroup.watched(process.identity(), AttemptSpec.key("20261121-101530-x7k2", "step", 1))
                .members();
    }
}

package io.signalbox.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.cli.engine.KernelEngine;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.StepState;
import io.signalbox.journal.WriterLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} at every kind of moment; {@code resume} until the end; then the same bytes and the same result digest as an
 * undisturbed run, nothing that was journaled as finished run twice, no two attempts of a step at once, and a journal that proves itself.
 */
class KillNineTest {
    private static final int TINY_STEPS = 150;

    private static final String TINY = """
            name: tiny
            concurrency: 2
            inputs:
              side: {type: string}
              numbers: {type: list, default: [%s]}
            steps:
              - id: tiny
                foreach: ${inputs.numbers}
                run: [sh, -c, 'printf "%%s %%s start\\n" "$SIGNALBOX_STEP" "$SIGNALBOX_ATTEMPT" >>"$1/log"; echo "$2"', x,
                      '${inputs.side}', '${foreach.item}']
              - id: sum
                needs: tiny
                run: [echo, '${steps.tiny.result}']
            """.formatted(String.join(
            ", ",
            java.util.stream.IntStream.range(0, TINY_STEPS)
                    .mapToObj(Integer::toString)
                    .toList()));

    /** The same with a list that is not known before. */
    private static final String FAN = TINY.replace("              ", "")
            .replaceFirst("(?m)^    foreach: .*$", "    needs: list\n    foreach: \\${steps.list.result}")
            .replaceFirst("(?m)^steps:$", "steps:\n  - {id: list, run: [echo, '\\${inputs.numbers}'], result: json}");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Map<String, String> outputs;
    private static String digest;
    private static String tinyDigest;
    private static String fanDigest;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        final EveryKind reference = EveryKind.in(shared.resolve("reference"));
        digest = reference.run().end().exits(0).digest();
        outputs = reference.outputs();
        assertThat(outputs).containsKeys("files/one.txt", "files/tree/below/two.txt", "last/copy/below/two.txt");
        final EveryKind tiny = EveryKind.in(shared.resolve("tiny"), TINY);
        tinyDigest = tiny.run().end().exits(0).digest();
        final EveryKind fan = EveryKind.in(shared.resolve("fan"), FAN);
        fanDigest = fan.run().end().exits(0).digest();
        assertThat(fan.log()).hasSize(TINY_STEPS);
    }

    static List<String> kinds() {
        return EveryKind.HELD;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldGoOnAfterAKillWhileAStepRuns(final String step) throws Exception {
        final EveryKind run = EveryKind.in(folder);
        killWhileHeld(run, run.run(), step, 1);
        assertThat(stateOf(run, step)).isEqualTo(StepState.RUNNING);
        resumeToTheEnd(run, digest);
        assertThat(run.log()).contains(step + " 2 start");
    }

    @Test
    void shouldGoOnAfterAKillInTheSecondAttemptOfAStep() throws Exception {
        final EveryKind run = EveryKind.in(folder);
        killWhileHeld(run, run.run(), "flaky", 2);
        resumeToTheEnd(run, digest);
        assertThat(run.log()).contains("flaky 1 start", "flaky 2 start", "flaky 3 start");
    }

    /** The program is frozen when the step ends, so it cannot journal the end that has happened; then it is killed. */
    @ParameterizedTest
    @ValueSource(strings = {"each[2]", "document", "fan[1]", "files", "flaky", "child", "argument", "last"})
    void shouldGoOnAfterAKillBetweenTheExitOfAStepAndItsRecord(final String step) throws Exception {
        final EveryKind run = EveryKind.in(folder);
        run.hold(step, 1);
        final Launched first = run.run();
        first.until(step + " is held", run::isHeld);
        first.signal("STOP");
        run.release();
        final long pid = run.pids(step).get(0);
        Launched.await(step + " ends", () -> !isRunning(pid));
        assertThat(run.log()).contains(step + " 1 end");
        first.kill();
        assertThat(stateOf(run, step)).as("its end is not journaled").isEqualTo(StepState.RUNNING);
        resumeToTheEnd(run, digest);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldGoOnAfterKillsInAStreamOfAppends(final int seed) throws Exception {
        killInAStream(EveryKind.in(folder, TINY), seed, tinyDigest);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldGoOnAfterKillsInTheMiddleOfAFanOut(final int seed) throws Exception {
        killInAStream(EveryKind.in(folder, FAN), seed, fanDigest);
    }

    private static void killInAStream(final EveryKind run, final int seed, final String expectedDigest)
            throws Exception {
        final Random random = new Random(seed);
        Launched running = run.run();
        for (int kills = 0; kills < 2; kills++) {
            final int before = run.log().size();
            final int more = before + 1 + random.nextInt(TINY_STEPS / 4);
            running.until("some steps start", () -> run.log().size() >= more);
            LockSupport.parkNanos(random.nextInt(5_000_000));
            running.kill();
            running = resumeChecked(run);
        }
        finish(run, running, expectedDigest);
    }

    @Test
    void shouldGoOnAfterKillsDuringResume() throws Exception {
        final EveryKind run = EveryKind.in(folder);
        killWhileHeld(run, run.run(), "document", 1);
        // its leftover still waits: resume is killed while it ends that
        final Launched early = resumeChecked(run);
        final RunFolder newest = Launched.newest(run.directory);
        early.until("resume has the journal", () -> isHeldBy(newest, early.pid()));
        early.kill();
        // what needs the step before cannot have run yet, whatever ran beside it
        killWhileHeld(run, resumeChecked(run), "child", 1);
        killWhileHeld(run, resumeChecked(run), "last", 1);
        final Launched late = resumeChecked(run);
        late.until("it speaks", () -> !late.outSoFar().isEmpty());
        late.kill();
        resumeToTheEnd(run, digest);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13})
    void shouldGoOnAfterKillsAtAnyMomentOfAnything(final int seed) throws Exception {
        final EveryKind run = EveryKind.in(folder);
        final Random random = new Random(seed);
        final Launched first = run.run();
        first.until("it has begun", () -> !run.log().isEmpty());
        LockSupport.parkNanos(random.nextInt(300_000_000));
        first.kill();
        for (int kills = 0; kills < 3; kills++) {
            if (isOver(run)) {
                return;
            }
            final Launched next = resumeChecked(run);
            LockSupport.parkNanos(400_000_000 + random.nextInt(900_000_000));
            next.kill();
        }
        if (!isOver(run)) {
            resumeToTheEnd(run, digest);
        }
    }

    private static boolean isOver(final EveryKind run) throws Exception {
        final RunFolder newest = Launched.newest(run.directory);
        final boolean isOver = Journals.states(newest).values().stream().allMatch(StepState::isFinal);
        if (isOver) {
            check(run, digest);
        }
        return isOver;
    }

    private static void killWhileHeld(final EveryKind run, final Launched running, final String step, final int attempt)
            throws IOException {
        run.hold(step, attempt);
        running.until(step + " is held", run::isHeld);
        running.kill();
    }

    private static StepState stateOf(final EveryKind run, final String step) throws Exception {
        return Journals.states(Launched.newest(run.directory)).get(step);
    }

    /** Start {@code resume}; what the journal says is finished must not start again, which {@link #finish} looks at too. */
    private static Launched resumeChecked(final EveryKind run) throws Exception {
        final Set<String> finished = finished(run);
        final int logged = run.log().size();
        final Launched resumed = run.resume();
        CHECKS.computeIfAbsent(run.directory, unused -> new HashMap<>()).put(logged, finished);
        return resumed;
    }

    private static final Map<Path, Map<Integer, Set<String>>> CHECKS = new HashMap<>();

    private static Set<String> finished(final EveryKind run) throws Exception {
        final Set<String> finished = new HashSet<>();
        Journals.states(Launched.newest(run.directory)).forEach((step, state) -> {
            if (state == StepState.SUCCEEDED || state == StepState.SKIPPED) {
                finished.add(step);
            }
        });
        return finished;
    }

    private static void resumeToTheEnd(final EveryKind run, final String expectedDigest) throws Exception {
        finish(run, resumeChecked(run), expectedDigest);
    }

    private static void finish(final EveryKind run, final Launched resumed, final String expectedDigest)
            throws Exception {
        final Launched.Ended ended = resumed.end().exits(0);
        assertThat(ended.digest()).as(() -> Launched.describe(run.directory)).isEqualTo(expectedDigest);
        check(run, expectedDigest);
    }

    private static void check(final EveryKind run, final String expectedDigest) throws Exception {
        final RunFolder newest = Launched.newest(run.directory);
        assertThat(new KernelEngine().inspect(newest).resultDigest()).contains(expectedDigest);
        assertThat(run.log()).noneMatch(line -> line.endsWith(" overlap")).doesNotHaveDuplicates();
        CHECKS.getOrDefault(run.directory, Map.of())
                .forEach((from, finished) -> assertThat(run.startedSince(from))
                        .as("started again, though finished before")
                        .noneMatch(finished::contains));
        if (expectedDigest.equals(digest)) {
            assertThat(run.outputs()).isEqualTo(outputs);
        }
        proveTheJournal(run, newest);
    }

    private static void proveTheJournal(final EveryKind run, final RunFolder newest) throws Exception {
        Launched.run(run.directory, "replay", "--verify").exits(0);
        final List<Journals.Found> records = Journals.records(newest.journal());
        // Damage in the very last record of a journal that a kill has left open cannot be told from a torn tail.
        final List<Journals.Found> commands = records.subList(0, records.size() - 1).stream()
                .filter(record -> record.kind() == Journals.COMMAND)
                .toList();
        assertThat(commands.size()).isGreaterThan(20);
        final Random random = new Random(commands.size());
        final List<Journals.Found> damaged = List.of(
                commands.get(0),
                commands.get(1 + random.nextInt(commands.size() - 2)),
                commands.get(commands.size() - 1));
        for (final Journals.Found record : damaged) {
            for (final boolean mends : new boolean[] {false, true}) {
                final Path data = Files.createTempDirectory(run.directory, "damaged");
                final RunFolder copy = Journals.copy(newest, data);
                final Journals.Found same = new Journals.Found(
                        copy.journal().resolve(record.file().getFileName()),
                        record.offset(),
                        record.kind(),
                        record.position(),
                        record.payloadLength());
                Journals.damage(same, same.payloadOffset() + random.nextInt(record.payloadLength()), mends);
                assertThatThrownBy(() -> new KernelEngine().replay(copy, true))
                        .as("position " + record.position() + (mends ? ", CRC mended" : ""))
                        .hasMessageContaining(same.file().toString())
                        .hasMessageMatching("(?s).*(offset \\d+).*");
                if (record.equals(damaged.get(1))) {
                    final Launched.Ended refused =
                            Launched.run(run.directory, "replay", "--verify", "--data", data.toString());
                    assertThat(refused.exits(3).err()).startsWith("signalbox: Journal corrupt after position ");
                }
                House.deleteTree(data);
            }
        }
    }

    private static boolean isHeldBy(final RunFolder folder, final long pid) {
        return WriterLock.isHeld(folder.journal())
                && Launched.read(folder.journal().resolve(WriterLock.FILE_NAME))
                        .strip()
                        .equals(Long.toString(pid));
    }

    /** False for one that has ended and was not waited for. */
    static boolean isRunning(final long pid) {
        final Path stat = Path.of("/proc/" + pid + "/stat");
        try {
            return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
        } catch (final IOException ended) {
            return false;
        }
    }
}

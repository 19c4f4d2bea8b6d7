package io.signalbox.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.ChildJvm;
import io.signalbox.journal.chronicle.FlowFacts.Happened;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that runs every pattern at once is killed at random moments; the next one goes on with what it finds. */
class FlowKillTest {
    private static final int KILLS = 20;
    private static final int LINES_MAX = 25;

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime();
    private final Map<Long, String> said = new HashMap<>();

    @Test
    void shouldEndEveryRunOnceHoweverOftenItIsKilled() throws IOException {
        final Map<String, String> results = new HashMap<>();
        for (final String line : FlowChild.expected(folder.resolve("undisturbed"))) {
            results.put(pattern(line), line.split(" ", 3)[2]);
        }
        final Map<String, Map<String, Integer>> times = new HashMap<>();
        FlowFacts.of(folder.resolve("undisturbed"))
                .values()
                .forEach(run -> times.put(run.definition.name(), run.times));

        final Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            live(random.nextInt(LINES_MAX), random.nextInt(4_000_000));
        }
        live(Integer.MAX_VALUE, 0);

        final Map<Long, Happened> runs = FlowFacts.of(journal());
        assertThat(runs).as("seed %s", seed).hasSizeGreaterThan(KILLS);
        said.forEach((run, line) -> requireTheSame(line, results));
        runs.forEach((handle, run) -> {
            assertThat(run.times).as("run %s, seed %s", handle, seed).containsEntry("RUN_FINISHED", 1);
            if (!FlowScripts.isRace(run.definition)) {
                assertThat(run.times)
                        .as("%s %s, seed %s", run.definition.name(), handle, seed)
                        .isEqualTo(times.get(run.definition.name()));
            } else {
                assertThat(run.times.values())
                        .as("%s %s, seed %s", run.definition.name(), handle, seed)
                        .containsOnly(1);
            }
        });
        assertThat(runs.keySet())
                .as("nothing that was told is lost, seed %s", seed)
                .containsAll(said.keySet());
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    /** One process, killed a little after it has said so much; the last one ends by itself. */
    private void live(final int lines, final int spinsLonger) throws IOException {
        final boolean isLast = lines == Integer.MAX_VALUE;
        final List<String> flags = new ArrayList<>(new ChronicleEngine().jvmFlags());
        flags.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it lives for a moment
        final List<String> command = ChildJvm.command(
                List.of(),
                ChildJvm.javas().get(0),
                flags,
                FlowChild.class,
                journal().toString(),
                isLast ? "last" : "on");
        final Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(out.readLine()).as("seed %s", seed).isEqualTo("opened");
            for (int i = 0; i < lines && !isLast; i++) {
                note(out.readLine());
            }
            for (int i = 0; i < spinsLonger; i++) {
                Thread.onSpinWait();
            }
            if (!isLast) {
                child.toHandle().destroyForcibly(); // what was said can still be read
            }
            String line = out.readLine();
            while (line != null && !line.equals("done")) {
                note(line);
                line = out.readLine();
            }
            assertThat(line).as("seed %s", seed).isEqualTo(isLast ? "done" : null);
        }
        child.onExit().join();
    }

    /** The last line of a killed process may lack its end. */
    private void note(final String line) {
        if (line.endsWith(FlowChild.END)) {
            final String before = said.put(Long.parseLong(line.split(" ", 3)[1]), line);
            assertThat(before).as("said twice, seed %s", seed).isNull();
        }
    }

    private static String pattern(final String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private void requireTheSame(final String line, final Map<String, String> results) {
        if (List.of("first", "competitive").contains(pattern(line))) {
            assertThat(line).as("seed %s", seed).contains(" SUCCEEDED;", "next SUCCEEDED");
        } else {
            assertThat(line.split(" ", 3)[2]).as("%s, seed %s", line, seed).isEqualTo(results.get(pattern(line)));
        }
    }
}

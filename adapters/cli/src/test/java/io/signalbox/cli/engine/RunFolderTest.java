package io.signalbox.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:15:30.123Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void shouldMakeAPrivateFolderNamedByTheTime() throws Exception {
        final Path data = folder.resolve("a/.signalbox");
        final RunFolder run = RunFolder.create(data, CLOCK, new Random(1));
        assertThat(run.id()).matches("20261121-101530-3v[0-9a-z]{2}");
        assertThat(run.root()).isDirectory().isEqualTo(data.resolve("runs").resolve(run.id()));
        assertThat(Files.getPosixFilePermissions(run.root())).hasSize(3);
        assertThat(Files.getPosixFilePermissions(data)).hasSize(3);
        assertThat(data.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void shouldNeverGiveOneIdTwiceInTheSameMillisecond() throws Exception {
        final ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            final List<Future<List<String>>> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                // four with the same seed draw the same ids
                parts.add(pool.submit(() -> {
                    final Random random = new Random(7);
                    final List<String> ids = new ArrayList<>();
                    for (int n = 0; n < 50; n++) {
                        ids.add(RunFolder.create(folder, CLOCK, random).id());
                    }
                    return ids;
                }));
            }
            final HashSet<String> ids = new HashSet<>();
            for (final Future<List<String>> part : parts) {
                ids.addAll(part.get());
            }
            assertThat(ids).hasSize(200);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void shouldSortByTimeToTheMillisecond() throws Exception {
        final List<String> ids = new ArrayList<>();
        for (int milli = 0; milli < 1_500; milli += 7) {
            ids.add(RunFolder.create(folder, Clock.offset(CLOCK, Duration.ofMillis(milli)), new Random(milli))
                    .id());
        }
        assertThat(RunFolder.all(folder))
                .extracting(RunFolder::id)
                .isEqualTo(ids)
                .isSorted();
        assertThat(RunFolder.latest(folder).id()).isEqualTo(ids.get(ids.size() - 1));
    }

    @Test
    void shouldFindARunByPartOfItsId() throws Exception {
        final RunFolder one = RunFolder.create(folder, CLOCK, new Random(1));
        final RunFolder two =
                RunFolder.create(folder, Clock.offset(CLOCK, Duration.ofDays(1).plusMillis(1)), new Random(2));
        assertThat(RunFolder.find(folder, one.id())).isEqualTo(one);
        assertThat(RunFolder.find(folder, "20261122")).isEqualTo(two);
        assertThat(RunFolder.find(folder, one.id().substring(16))).isEqualTo(one);
        assertThatThrownBy(() -> RunFolder.find(folder, "2026"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("names 2 runs");
        assertThatThrownBy(() -> RunFolder.find(folder, "zzzz")).hasMessageContaining("no run \"zzzz\"");
        assertThatThrownBy(() -> RunFolder.latest(folder.resolve("none"))).hasMessageContaining("there are no runs");
    }

    @Test
    void shouldNameFoldersOfInstancesWithoutBrackets() {
        final RunFolder run = new RunFolder("id", Path.of("/data/runs/id"));
        assertThat(run.attempt("parse[3]", 2).out()).isEqualTo(Path.of("/data/runs/id/attempts/parse.3/2/out"));
        assertThat(run.attempt("parse", 1).stderr()).isEqualTo(Path.of("/data/runs/id/logs/parse.1.stderr"));
        assertThat(run.outputs("parse[3]")).isEqualTo(Path.of("/data/runs/id/outputs/parse.3"));
        assertThatThrownBy(() -> run.outputs("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(run.outputs("build/parse[3]")).isEqualTo(Path.of("/data/runs/id/outputs/build+parse.3"));
        assertThat(run.outputs("pay.compensate")).isEqualTo(Path.of("/data/runs/id/outputs/pay.compensate"));
        assertThatThrownBy(() -> run.outputs("a/../b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.outputs("/b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.outputs("..")).isInstanceOf(IllegalArgumentException.class);
    }
}

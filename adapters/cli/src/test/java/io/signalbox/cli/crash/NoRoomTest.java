package io.signalbox.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room, for whoever may mount one: exit 3 with what to do, and {@code resume} goes on when there is room again. */
class NoRoomTest {
    private static final String TEXT = """
            inputs: {side: {type: string}}
            steps:
              - id: first
                env: {SIDE: '${inputs.side}'}
                run: |
                  . "$SIDE/prelude"
                  %s
                  note end
              - id: second
                needs: first
                env: {SIDE: '${inputs.side}'}
                run: |
                  . "$SIDE/prelude"
                  echo second
                  note end
            """;

    /** Journals some 12 MB of results. */
    private static final String LARGE = """
            inputs: {side: {type: string}}
            steps:
              - id: first
                env: {SIDE: '${inputs.side}'}
                run: |
                  . "$SIDE/prelude"
                  note end
              - id: large
                needs: first
                foreach: [%s]
                run: ['sh', '-c', "head -c 60000 /dev/zero | tr '\\\\0' a"]
            """.formatted(String.join(
            ", ", IntStream.range(0, 200).mapToObj(Integer::toString).toList()));

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mountADisk() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                shell("mount -t tmpfs -o size=96m,mode=0700 tmpfs '" + disk + "' 2>/dev/null") == 0,
                "may mount a small disk");
    }

    @AfterEach
    void unmountIt() throws Exception {
        shell("umount '" + disk + "' 2>/dev/null");
    }

    @Test
    void shouldRefuseToStartWithoutRoom() throws Exception {
        final EveryKind run = EveryKind.in(folder.resolve("work"), TEXT.formatted("echo first"));
        linkData(run);
        fill(60);
        final Launched.Ended refused = run.run().end().exits(3);
        assertThat(refused.err())
                .startsWith("signalbox: The disk of the journal ")
                .endsWith(" bytes left, 67108864 must stay free. Nothing was appended. Make room, then go on.\n");
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(run.log()).isEmpty();
        Files.delete(disk.resolve("fill"));
        run.run().end().exits(0);
    }

    @Test
    void shouldHaltInTheMiddleAndGoOnWhenThereIsRoom() throws Exception {
        final String expected = EveryKind.in(folder.resolve("reference"), LARGE)
                .run()
                .end()
                .exits(0)
                .digest();
        final EveryKind run = EveryKind.in(folder.resolve("work"), LARGE);
        linkData(run);
        run.hold("first", 1);
        final Launched first = run.run();
        first.until("first is held", run::isHeld);
        fill(25);
        run.release();
        final Launched.Ended halted = first.end().exits(3);
        assertThat(halted.err())
                .startsWith("signalbox: The disk of the journal ")
                .endsWith(" bytes left, 67108864 must stay free. Nothing was appended. Make room, then go on.\n");
        assertThat(run.log()).contains("first 1 end");
        Files.delete(disk.resolve("fill"));
        assertThat(run.resume().end().exits(0).digest()).isEqualTo(expected);
        assertThat(run.log()).filteredOn(line -> line.startsWith("first")).hasSize(2);
        Launched.run(run.directory, "replay", "--verify").exits(0);
    }

    @Test
    void shouldHaltWhenWhatAStepPrintsHasNoPlace() throws Exception {
        final EveryKind run =
                EveryKind.in(folder.resolve("work"), TEXT.formatted("head -c 40000000 /dev/zero | tr '\\\\0' 'a'"));
        linkData(run);
        run.hold("first", 1);
        final Launched first = run.run();
        first.until("first is held", run::isHeld);
        fill(90);
        run.release();
        final Launched.Ended halted = first.end().exits(3);
        assertThat(halted.err())
                .startsWith("signalbox: the run cannot go on: ")
                .contains("cannot keep its standard output in ", "No space left on device", "resume continues it")
                .doesNotContain("Exception", "\tat ");
        Files.delete(disk.resolve("fill"));
        run.resume().end().exits(0);
        assertThat(run.log())
                .containsExactly(
                        "first 1 start",
                        "first 1 end",
                        "first 2 start",
                        "first 2 end",
                        "second 1 start",
                        "second 1 end");
    }

    @Test
    void shouldSayThatTheDiskIsReadOnly() throws Exception {
        final EveryKind run = EveryKind.in(folder.resolve("work"), TEXT.formatted("exit 1"));
        linkData(run);
        run.run().end().exits(1);
        assertThat(shell("mount -o remount,ro '" + disk + "'")).isZero();
        final Launched.Ended refused = run.run().end().exits(3);
        assertThat(refused.err())
                .startsWith("signalbox: cannot make a folder for the run in .signalbox: ")
                .endsWith(": Read-only file system; name another place with --data\n");
        assertThat(run.resume().end().exits(3).err())
                .startsWith("signalbox: ")
                .contains("Read-only file system")
                .doesNotContain("\tat ");
        Launched.run(run.directory, "inspect").exits(0);
        Launched.run(run.directory, "replay", "--verify").exits(0);
    }

    private void linkData(final EveryKind run) throws IOException {
        Files.createSymbolicLink(run.directory.resolve(".signalbox"), disk);
    }

    private void fill(final int mebibytes) throws Exception {
        shell("head -c " + (mebibytes << 20) + " /dev/zero >'" + disk.resolve("fill") + "' 2>/dev/null");
    }

    private static int shell(final String script) throws Exception {
        return new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor();
    }
}

package io.signalbox.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.engine.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs beside one another, from anywhere; a run that goes on is read by everybody and written by one. */
class SideBySideTest {
    private static final String SMALL = """
            steps:
              - id: here
                run: pwd
              - id: say
                needs: here
                run: [echo, '${steps.here.result}', '${workflow.dir}']
            """;

    @TempDir
    Path folder;

    @Test
    void shouldRunTwiceAndTwiceAtOnce() throws Exception {
        Files.writeString(folder.resolve("workflow.yaml"), SMALL);
        final List<String> arguments = List.of("run", "workflow.yaml", "--json");
        final String digest =
                Launched.start(folder, Map.of(), arguments).end().exits(0).digest();
        final Launched one = Launched.start(folder, Map.of(), arguments);
        final Launched two = Launched.start(folder, Map.of(), arguments);
        assertThat(one.end().exits(0).digest()).isEqualTo(digest);
        assertThat(two.end().exits(0).digest()).isEqualTo(digest);
        assertThat(RunFolder.all(folder.resolve(".signalbox"))).hasSize(3);
        assertThat(Launched.run(folder, "list", "--json").exits(0).out().lines())
                .hasSize(3)
                .allMatch(line -> line.contains("\"state\":\"succeeded\""));
    }

    @Test
    void shouldRunFromElsewhereThroughALinkIntoAnotherDataFolder() throws Exception {
        final Path real = folder.toRealPath();
        final Path project = Files.createDirectories(real.resolve("a project"));
        Files.writeString(project.resolve("workflow.yaml"), SMALL);
        final Path elsewhere = Files.createDirectories(real.resolve("else where"));
        final Path link = Files.createSymbolicLink(elsewhere.resolve("box"), House.launcher());
        final Launched.Ended ended = Launched.startAs(
                        link,
                        elsewhere,
                        Map.of(),
                        List.of("run", "../a project/workflow.yaml", "--json", "--data", "the data"))
                .end()
                .exits(0);
        assertThat(ended.event("run_started").path("folder").asString())
                .startsWith(elsewhere.resolve("the data/runs/").toString());
        assertThat(project.resolve(".signalbox")).doesNotExist();
        assertThat(elsewhere.resolve(".signalbox")).doesNotExist();
        Files.delete(link);
        final Launched.Ended inspected = Launched.run(elsewhere, "inspect", "--json", "--data", "the data")
                .exits(0);
        assertThat(inspected.json().path("step_list").path(1).path("result").asString())
                .isEqualTo(project + " " + project);
    }

    @Test
    void shouldShowARunThatGoesOnAndLetNobodyElseWriteIt() throws Exception {
        final EveryKind run = EveryKind.in(folder);
        run.hold("document", 1);
        final Launched first = run.run();
        first.until("document is held", run::isHeld);
        final String id = Launched.newest(run.directory).id();
        final Launched.Ended inspected =
                Launched.run(run.directory, "inspect", "--json").exits(0);
        assertThat(inspected.json().path("state").asString()).isEqualTo("running");
        assertThat(inspected.json().path("live").asBoolean()).isTrue();
        assertThat(Launched.run(run.directory, "explain").exits(0).out())
                .contains("attempt 1 is running", "needs document, which has not ended");
        Launched.run(run.directory, "replay", "--verify").exits(0);
        assertThat(Launched.run(run.directory, "list", "--json").exits(0).out()).contains("\"state\":\"running\"");
        final Launched.Ended refused = Launched.run(run.directory, "resume", id).exits(3);
        assertThat(refused.err())
                .isEqualTo("signalbox: The journal in "
                        + Launched.newest(run.directory).journal()
                        + " is in use by the process with pid " + first.pid()
                        + ". A journal has one writer: end that one, open it read-only, or name another folder.\n");
        assertThat(refused.out()).isEmpty();
        assertThat(Launched.run(run.directory, "resume").exits(2).err())
                .isEqualTo("signalbox: nothing to resume in .signalbox: no run there is interrupted or has failed"
                        + " (1 run; see signalbox list)\n");
        run.release();
        first.end().exits(0);
        assertThat(Launched.run(run.directory, "resume", id).exits(2).err())
                .isEqualTo("signalbox: nothing to resume: run " + id + " has succeeded\n");
    }

    @Test
    void shouldLetOneOfTwoResumesGoOn() throws Exception {
        final EveryKind run = EveryKind.in(folder);
        run.hold("document", 1);
        final Launched first = run.run();
        first.until("document is held", run::isHeld);
        first.kill();
        run.hold("last", 1);
        final String id = Launched.newest(run.directory).id();
        final List<String> arguments = List.of("resume", id, "--json");
        final Launched one = Launched.start(run.directory, Map.of(), arguments);
        final Launched two = Launched.start(run.directory, Map.of(), arguments);
        Launched.await("one is refused", () -> !one.isAlive() || !two.isAlive());
        final Launched refused = one.isAlive() ? two : one;
        assertThat(refused.end().exits(3).err()).contains("is in use by ", "A journal has one writer");
        run.release();
        (refused == one ? two : one).end().exits(0);
        assertThat(run.log()).noneMatch(line -> line.endsWith("overlap")).doesNotHaveDuplicates();
    }
}

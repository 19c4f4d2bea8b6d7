package io.signalbox.cli.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.view.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How runs end: failures of every kind, what they take with them, what is kept, and large runs. */
class OutcomeTest {
    @TempDir
    Path folder;

    @Test
    void shouldCollectAllAndListWhatFailedAndWhatIsThere() throws Exception {
        write("""
                on_error: collect_all
                steps:
                  - {id: good, outputs: {kept: kept.txt}, run: 'echo yes >"$SIGNALBOX_OUT/kept.txt"'}
                  - {id: bad, run: 'echo no >&2; exit 9'}
                  - {id: behind, needs: bad, run: 'echo never'}
                  - {id: further, needs: behind, run: 'echo never'}
                  - {id: slow, timeout: 300ms, run: 'sleep 60'}
                  - {id: json, result: json, run: "echo '{'"}
                  - {id: missing, outputs: {a: nothing.txt}, run: ':'}
                  - {id: skipped, when: "'a' == 'b'", run: 'echo never'}
                  - {id: passed, needs: skipped, run: 'echo never'}
                  - {id: judge, needs: [bad, skipped], when: "steps.bad.state == 'failed'", run: 'echo judged'}
                """);
        final Launched.Ended ended =
                Launched.run(folder, "run", "w.yaml", "--json").exits(4);
        assertThat(Journals.states(Launched.newest(folder)))
                .containsOnly(
                        Map.entry("good", StepState.SUCCEEDED),
                        Map.entry("bad", StepState.FAILED),
                        Map.entry("behind", StepState.CANCELLED),
                        Map.entry("further", StepState.CANCELLED),
                        Map.entry("slow", StepState.TIMED_OUT),
                        Map.entry("json", StepState.FAILED),
                        Map.entry("missing", StepState.FAILED),
                        Map.entry("skipped", StepState.SKIPPED),
                        Map.entry("passed", StepState.SKIPPED),
                        Map.entry("judge", StepState.SUCCEEDED));
        final Map<String, String> messages = ended.events("step_finished").stream()
                .filter(line -> line.has("message"))
                .collect(Collectors.toMap(
                        line -> line.path("step").asString(),
                        line -> line.path("message").asString()));
        assertThat(messages)
                .containsEntry("bad", "exit code 9")
                .containsEntry("slow", "stopped after its timeout of 300 ms")
                .containsEntry(
                        "missing",
                        "output \"a\" (nothing.txt) does not exist: expected after success inside SIGNALBOX_OUT");
        assertThat(messages.get("json"))
                .isEqualTo("result: json, but standard output is not one JSON value: Unexpected end-of-input: expected"
                        + " close marker for Object (line 1, column 2)");
        assertThat(ended.event("run_finished")
                        .path("outputs")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("kept");
        final Launched.Ended again = Launched.run(folder, "resume").exits(4);
        assertThat(again.out()).contains("bad failed", "finished with failures", "good.kept", "outputs/good/kept.txt");
    }

    @Test
    void shouldCancelRunningStepsWhenOneFails() throws Exception {
        final EveryKind run = EveryKind.in(folder, """
                inputs: {side: {type: string}}
                steps:
                  - {id: stays, env: {SIDE: '${inputs.side}'}, run: '. "$SIDE/prelude"'}
                  - id: fails
                    env: {SIDE: '${inputs.side}'}
                    run: 'while ! [ -e "$SIDE/held.stays.1" ]; do sleep 0.02; done; exit 5'
                  - {id: waits, needs: stays, run: 'echo never'}
                concurrency: 2
                """);
        run.hold("stays", 1);
        final Launched.Ended ended = run.run().end().exits(1);
        assertThat(run.pids("stays")).hasSize(1).noneMatch(KillNineTest::isRunning);
        assertThat(Journals.states(Launched.newest(run.directory)))
                .containsOnly(
                        Map.entry("stays", StepState.CANCELLED),
                        Map.entry("fails", StepState.FAILED),
                        Map.entry("waits", StepState.CANCELLED));
        assertThat(ended.events("step_cancelled")).hasSize(2);
        assertThat(ended.event("run_finished").path("hint").asString()).endsWith(" tries what failed again");
    }

    @Test
    void shouldGoOnWithWhatFailedAndNotAdoptAChangedFile() throws Exception {
        write("steps:\n  - {id: a, run: 'echo a >>ran'}\n  - {id: b, needs: a, run: 'test -e fixed; echo b'}\n");
        Launched.run(folder, "run", "w.yaml").exits(1);
        write("steps:\n  - {id: a, run: 'echo a >>ran'}\n  - {id: b, needs: a, run: 'echo changed'}\n");
        Files.writeString(folder.resolve("fixed"), "");
        final Launched.Ended resumed = Launched.run(folder, "resume", "--json").exits(0);
        assertThat(resumed.event("notice").path("message").asString())
                .isEqualTo(folder.toRealPath().resolve("w.yaml")
                        + " has changed since this run began (first in line 3: was \"- {id: b, needs: a, run: 'test -e"
                        + " fixed; echo b'}\", is \"- {id: b, needs: a, run: 'echo changed'}\"); the run follows the"
                        + " definition in its journal");
        final JsonNode steps = Launched.run(folder, "inspect", "--json").json().path("step_list");
        assertThat(steps.path(1).path("result").asString()).isEqualTo("b");
        assertThat(Files.readString(folder.resolve("ran"))).isEqualTo("a\n");
    }

    @Test
    void shouldKeepALongResultInAFileWithItsHash() throws Exception {
        write("""
                steps:
                  - {id: fits, run: "head -c 65536 /dev/zero | tr '\\\\0' a; echo"}
                  - {id: more, run: "head -c 65537 /dev/zero | tr '\\\\0' a"}
                """);
        Launched.run(folder, "run", "w.yaml").exits(0);
        final Path root = Launched.newest(folder).root();
        assertThat(root.resolve("attempts/more/1/stdout")).hasSize(65_537);
        assertThat(root.resolve("attempts/fits/1/stdout")).doesNotExist();
        final StringBuilder journal = new StringBuilder();
        for (final Journals.Found record : Journals.records(root.resolve("journal"))) {
            journal.append(new String(Files.readAllBytes(record.file()), ISO_8859_1));
        }
        assertThat(journal)
                .contains("\"result_file\":{\"path\":\"attempts/more/1/stdout\",\"size_bytes\":65537,\"sha256\":\""
                        + io.signalbox.cli.process.ContentHash.of(root.resolve("attempts/more/1/stdout"))
                                .sha256());
    }

    @Test
    void shouldRunADefinitionOfManyChunks() throws Exception {
        write("steps:\n"
                + IntStream.range(0, 80)
                        .mapToObj(i ->
                                "  - id: s" + i + "\n    run: |\n      : " + "x".repeat(6_000) + "\n      echo " + i)
                        .collect(Collectors.joining("\n")));
        assertThat(Files.size(folder.resolve("w.yaml"))).isGreaterThan(256 << 10);
        final Launched.Ended ended =
                Launched.run(folder, "run", "w.yaml", "--json").exits(0);
        assertThat(ended.events("step_finished")).hasSize(80);
        Launched.run(folder, "replay", "--verify").exits(0);
    }

    @Test
    void shouldRunAThousandInstances() throws Exception {
        final String items =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        write("steps:\n  - {id: many, foreach: [" + items + "], run: [echo, '${foreach.item}']}\n"
                + "  - {id: no, foreach: [" + items + "], when: foreach.item < 0, run: [echo]}\n"
                + "  - {id: all, needs: many, run: [echo, '${steps.many.result}']}\n");
        Launched.run(folder, "run", "w.yaml", "--quiet").exits(0);
        final JsonNode steps = Launched.run(folder, "inspect", "--json").json().path("step_list");
        final String expected =
                IntStream.range(0, 1_000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(",", "[", "]"));
        final List<String> results = Stream.iterate(0, i -> i + 1)
                .limit(steps.size())
                .filter(i -> steps.path(i).path("id").asString().equals("all"))
                .map(i -> steps.path(i).path("result").asString())
                .toList();
        assertThat(results).containsExactly(expected);
        Launched.run(folder, "replay", "--verify").exits(0);
    }

    @Test
    void shouldResumeInAnotherEnvironment() throws Exception {
        write("""
                steps:
                  - {id: a, run: [echo, '${env.COLOUR}']}
                  - {id: b, needs: a, run: [sh, -c, 'test "$COLOUR" = blue && echo "$1 $COLOUR"', x, '${steps.a.result}']}
                """);
        Launched.run(folder, Map.of("COLOUR", "red"), "run", "w.yaml").exits(1);
        Launched.run(folder, Map.of("COLOUR", "blue"), "resume").exits(0);
        final JsonNode steps = Launched.run(folder, "inspect", "--json").json().path("step_list");
        assertThat(steps.path(0).path("result").asString()).isEqualTo("red");
        assertThat(steps.path(1).path("result").asString()).isEqualTo("red blue");
    }

    private void write(final String text) throws IOException {
        Files.writeString(folder.resolve("w.yaml"), text);
    }
}

package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.view.JsonView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code foreach} over what a step comes to, by the command line. */
class FanOutTest extends FlowCase {
    private static final String LIST = "- {id: list, run: 'echo \"[3, 1, 2]\"', result: json}";

    @Test
    void shouldRunTheExample() throws Exception {
        final Ended ended = signalbox("run", example("fan-out"), "--json").exits(0);
        final JsonNode run = inspect();
        assertThat(result(run, "report"))
                .isEqualTo("[\"customers has 1 lines\",\"orders has 2 lines\",\"payments has 3 lines\"]: [21,18,20]"
                        + " letters, [] left out");
        assertThat(ids(run))
                .containsExactly(
                        "find",
                        "module[0]",
                        "module[1]",
                        "module[2]",
                        "letters[0]",
                        "letters[1]",
                        "letters[2]",
                        "letters",
                        "left_out",
                        "report");
        assertThat(known(ended)).containsExactly("module 3", "left_out 0", "letters 3");
        assertThat(ended.out()).contains("\"block_finished\"");
        signalbox("replay", "--verify").exits(0);
        final String digest = run.path("result_digest").asString();
        signalbox("run", example("fan-out"), "-q").exits(0);
        assertThat(inspect().path("result_digest").asString()).isEqualTo(digest).isNotEmpty();
        signalbox("diff", run.path("run").asString(), newest().id()).exits(0);
    }

    private static List<String> known(final Ended ended) {
        final List<String> known = new ArrayList<>();
        ended.out().lines().map(JsonView.MAPPER::readTree).forEach(event -> {
            if (event.path("event").asString().equals("instances_known")) {
                known.add(event.path("step").asString() + " "
                        + event.path("count").asInt());
            }
        });
        return known;
    }

    @Test
    void shouldShowItBeforeItsItemsAreKnown() {
        final String file = example("fan-out");
        assertThat(signalbox("run", file, "--dry-run").exits(0).out())
                .contains("letters  (for each item of ${steps.module.result})");
        assertThat(signalbox("run", file, "--dot").exits(0).out())
                .contains("for each item of ${steps.find.result.modules}");
    }

    /** What the file says of concurrency and limits holds for everything together: steps of the run and instances of two fan-outs. */
    @ParameterizedTest
    @CsvSource({"concurrency: 2, 2", "concurrency: 16, 3"})
    void shouldKeepToConcurrencyAndLimitsTogether(final String concurrency, final int most) throws Exception {
        final Path at = Files.createDirectories(folder.resolve("at"));
        final String run = "run: ['sh', '-c', 'mkdir $1/$$; ls $1 | wc -l; sleep 0.1; rmdir $1/$$', x, '" + at + "'],"
                + " uses: db, result: json";
        final String file = workflow(
                LIST,
                "- {id: a, needs: list, foreach: '${steps.list.result}', " + run + "}",
                "- {id: b, needs: list, foreach: '${steps.list.result}', " + run + "}",
                "- {id: c, foreach: [1, 2, 3], " + run + "}",
                "- {id: all, needs: [a, b, c], run: [echo, '${steps.a.result}${steps.b.result}${steps.c.result}']}");
        Files.writeString(Path.of(file), concurrency + "\nlimits: {db: 3}\n" + Files.readString(Path.of(file)));
        signalbox("run", file, "-q").exits(0);
        final String counts = result(inspect(), "all");
        assertThat(counts).contains(Integer.toString(most)).doesNotContain(Integer.toString(most + 1));
    }

    @Test
    void shouldKeepToARateTogether() throws Exception {
        final String file = workflow(
                LIST,
                "- {id: a, needs: list, foreach: '${steps.list.result}', run: date +%s%N, uses: r, result: json}",
                "- {id: b, needs: list, foreach: '${steps.list.result}', run: date +%s%N, uses: r, result: json}",
                "- {id: all, needs: [a, b], run: [echo, '${steps.a.result}', '${steps.b.result}']}");
        Files.writeString(Path.of(file), "limits: {r: {rate: 2, per: 1s}}\n" + Files.readString(Path.of(file)));
        signalbox("run", file, "-q").exits(0);
        final List<Long> times = new ArrayList<>();
        for (final String number : result(inspect(), "all").split("[^0-9]+")) {
            if (!number.isEmpty()) {
                times.add(Long.parseLong(number) / 1_000_000);
            }
        }
        assertThat(times).hasSize(6);
        // Two at once, then one each half second: the last four need two seconds, less what a process takes to begin.
        final long first = times.stream().mapToLong(Long::longValue).min().orElseThrow();
        final long last = times.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(last - first).isBetween(1_500L, 10_000L);
    }

    @Test
    void shouldTryInstancesAgainAndStopThemInTime() throws Exception {
        final String file = workflow(
                LIST,
                "- {id: x, needs: list, foreach: '${steps.list.result}', retry: {max: 1, backoff: 10ms}, timeout: 300ms,"
                        + " run: ['sh', '-c', 'test $SIGNALBOX_ATTEMPT = 2 || sleep $1', x, '${foreach.item}']}");
        signalbox("run", file, "-q").exits(0);
        assertThat(step(inspect(), "x[0]").path("attempts").asInt()).isEqualTo(2);
        assertThat(step(inspect(), "x[2]").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void shouldLetAStrategyDecide() throws Exception {
        final String one = "run: ['sh', '-c', 'test $1 = 1 || exit 1; echo one', x, '${foreach.item}']";
        final String file = workflow(
                LIST,
                "- {id: x, needs: list, foreach: '${steps.list.result}', strategy: first, " + one + "}",
                "- {id: y, needs: x, foreach: '${steps.list.result}', strategy: best_effort, " + one + "}",
                "- {id: use, needs: y, run: [echo, '${steps.x.result} ${steps.y.result} ${steps.y.state}']}");
        signalbox("run", file, "-q").exits(0);
        assertThat(result(inspect(), "use")).isEqualTo("one [null,\"one\",null] [\"failed\",\"succeeded\",\"failed\"]");
        assertThat(step(inspect(), "x").path("message").asString()).isEqualTo("x[1] won");
        final String most = workflow(
                LIST, "- {id: x, needs: list, foreach: '${steps.list.result}', strategy: majority, " + one + "}");
        assertThat(signalbox("run", most).exits(1).out()).contains("majority");
        assertThat(state(inspect(), "x")).isEqualTo("failed");
    }

    @Test
    void shouldStopTheOthersOrGoOnAsTheFileSays() throws Exception {
        final String fan = "- {id: x, needs: list, foreach: '${steps.list.result}', run: ['sh', '-c', 'test $1 != 3',"
                + " x, '${foreach.item}']}";
        final String fast = workflow(LIST, fan, "- {id: y, needs: x, run: 'true'}");
        Files.writeString(Path.of(fast), "concurrency: 1\n" + Files.readString(Path.of(fast)));
        signalbox("run", fast, "-q").exits(1);
        assertThat(states("x[0]", "x[1]", "x[2]", "y"))
                .containsExactly("failed", "cancelled", "cancelled", "cancelled");
        final String all =
                workflow(LIST, fan, "- {id: y, needs: x, run: 'true'}", "- {id: z, needs: list, run: 'true'}");
        Files.writeString(Path.of(all), "on_error: collect_all\n" + Files.readString(Path.of(all)));
        signalbox("run", all, "-q").exits(4);
        assertThat(states("x[0]", "x[1]", "x[2]", "y", "z"))
                .containsExactly("failed", "succeeded", "succeeded", "cancelled", "succeeded");
        final String run = workflow(
                LIST,
                fan.replace("}']}", "}'], on_failure: run_dependents}"),
                "- {id: y, needs: x, run: [echo, '${steps.x.result}']}");
        signalbox("run", run, "-q").exits(0);
        assertThat(result(inspect(), "y")).isEqualTo("[null,\"\",\"\"]");
    }

    private List<String> states(final String... ids) {
        final JsonNode run = inspect();
        return Arrays.stream(ids).map(id -> state(run, id)).toList();
    }

    @Test
    void shouldSkipAsAnyForeachDoes() throws Exception {
        signalbox(
                        "run",
                        workflow(
                                LIST,
                                "- {id: x, needs: list, foreach: '${steps.list.result}', when: foreach.item != 1,"
                                        + " run: 'true'}",
                                "- {id: y, needs: x, run: 'true'}",
                                "- {id: z, needs: x, when: steps.x.state != null, run: [echo, '${steps.x.state}']}",
                                "- {id: never, needs: list, foreach: '${steps.list.result.0.no}', when: 1 > 2, run: x}",
                                "- {id: after, needs: never, foreach: '${steps.never.result}', run: x}"),
                        "-q")
                .exits(0);
        assertThat(states("x[0]", "x[1]", "x[2]", "y", "never", "after"))
                .containsExactly("succeeded", "skipped", "succeeded", "skipped", "skipped", "skipped");
        assertThat(result(inspect(), "z")).isEqualTo("[\"succeeded\",\"skipped\",\"succeeded\"]");
        assertThat(signalbox("explain", "--step", "never").exits(0).out()).contains("when: 1 > 2 is false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"k\": 1}|${steps.list.result}|'foreach' of step 'x' needs a list, ${steps.list.result} is object"
                        + " {\"k\":1}; let what it comes from give a JSON array",
                "{\"k\": 1}|${steps.list.result.l}|${steps.list.result.l} in 'foreach of step x': there is no field"
                        + " 'l'; did you mean 'k'?",
                "{\"k\": 1}|${steps.list.result.k}|'foreach' of step 'x' needs a list, ${steps.list.result.k} is number"
                        + " 1; let what it comes from give a JSON array",
                "null|${steps.list.result}|'foreach' of step 'x' needs a list, ${steps.list.result} is null"
            })
    void shouldNameWhatIsNoList(final String result, final String source, final String message) throws Exception {
        final String file = workflow(
                "- {id: list, run: [echo, '" + result + "'], result: json}",
                "- {id: x, needs: list, foreach: '" + source + "', run: 'true'}",
                "- {id: y, needs: x, run: 'true'}");
        assertThat(signalbox("run", file).exits(1).out()).contains(message);
        assertThat(step(inspect(), "x").path("message").asString()).startsWith(message);
        assertThat(states("x", "y")).containsExactly("failed", "cancelled");
    }

    @Test
    void shouldNameTooManyItemsAndAQuorumThatCanNeverBe() throws Exception {
        final String many = workflow(
                "- {id: list, run: 'echo [0; seq 1 10000 | sed s/^/,/; echo ]', result: json}",
                "- {id: x, needs: list, foreach: '${steps.list.result}', run: 'true'}");
        assertThat(signalbox("run", many).exits(1).out())
                .contains(
                        "'foreach' of step 'x' has at most 10000 items, ${steps.list.result} has 10001; give it fewer");
        final String few = workflow(
                LIST,
                "- {id: x, needs: list, foreach: '${steps.list.result}', strategy: {rule: quorum, required: 4},"
                        + " run: 'true'}");
        assertThat(signalbox("run", few).exits(1).out())
                .contains("'x' requires 4 successes of 3 steps, which can never be");
    }

    @Test
    void shouldNameAnItemThatIsNoScalarWhereOneIsNeeded() throws Exception {
        final String file = workflow(
                "- {id: list, run: 'echo \"[[1], 2]\"', result: json}",
                "- {id: x, needs: list, foreach: '${steps.list.result}', when: foreach.item > 1, run: 'true'}");
        Files.writeString(Path.of(file), "on_error: collect_all\n" + Files.readString(Path.of(file)));
        signalbox("run", file).exits(4);
        assertThat(step(inspect(), "x[0]").path("message").asString())
                .contains("foreach.item")
                .contains("list [1]");
        assertThat(state(inspect(), "x[1]")).isEqualTo("succeeded");
    }

    @Test
    void shouldDoOnlyTheFailedInstancesAgain() throws Exception {
        final Path mended = folder.resolve("mended");
        final String file = workflow(
                LIST,
                "- {id: x, needs: list, foreach: '${steps.list.result}', run: ['sh', '-c', 'echo $1; test $1 != 1 ||"
                        + " test -e $2', x, '${foreach.item}', '" + mended + "']}",
                "- {id: y, needs: x, run: [echo, '${steps.x.result}']}");
        Files.writeString(Path.of(file), "on_error: collect_all\n" + Files.readString(Path.of(file)));
        signalbox("run", file, "-q").exits(4);
        Files.createFile(mended);
        signalbox("resume", "-q").exits(0);
        final JsonNode run = inspect();
        assertThat(result(run, "y")).isEqualTo("[\"3\",\"1\",\"2\"]");
        assertThat(step(run, "x[0]").path("attempts").asInt()).isEqualTo(1);
        assertThat(step(run, "x[1]").path("attempts").asInt()).isEqualTo(2);
        signalbox("replay", "--verify").exits(0);
    }

    /** A fan-out of steps that last as long as a file is not there. */
    private static String lasting(final Path mended) {
        return "- {id: x, needs: list, foreach: '${steps.list.result}', run: ['sh', '-c', 'test -e $1 || sleep 60', x, '"
                + mended + "']}";
    }

    private void awaitRunning(final String step) {
        final long deadlineNs = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadlineNs) {
            final Ended seen = signalbox("explain", "--step", step);
            if (seen.exitCode() == 0 && seen.out().contains("is running")) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(step + " does not run");
    }

    @Test
    void shouldStopWithTheRunAndGoOnWithIt() throws Exception {
        final Path mended = folder.resolve("mended");
        final String file = workflow(
                LIST,
                lasting(mended),
                "- {id: boom, needs: list, run: ['sh', '-c', 'test -e $1 || { sleep 1; exit 1; }', x, '" + mended
                        + "']}",
                "- {id: y, needs: [x, boom], run: [echo, '${steps.x.state}']}");
        signalbox("run", file, "-q").exits(1);
        assertThat(states("x[0]", "x[1]", "x[2]", "boom", "y"))
                .containsExactly("cancelled", "cancelled", "cancelled", "failed", "cancelled");
        Files.createFile(mended);
        signalbox("resume", "-q").exits(0);
        assertThat(result(inspect(), "y")).isEqualTo("[\"succeeded\",\"succeeded\",\"succeeded\"]");
        signalbox("replay", "--verify").exits(0);
    }

    @Test
    void shouldBeCancelledWithTheRun() throws Exception {
        final String file = workflow(LIST, lasting(folder.resolve("never")));
        final CompletableFuture<Ended> running = CompletableFuture.supplyAsync(() -> signalbox("run", file, "-q"));
        awaitRunning("x[0]");
        signalbox("cancel", newest().id()).exits(0);
        running.join().exits(1);
        assertThat(inspect().path("state").asString()).isEqualTo("cancelled");
        assertThat(states("x[0]", "x[1]", "x[2]")).containsOnly("cancelled");
    }

    /** What the items came from is undone and done again: so is everything that is done for each of them. */
    @Test
    void shouldBeginAnewWhenItsListWasUndone() throws Exception {
        final Path mended = folder.resolve("mended");
        final String file = workflow(
                "- {id: list, run: ['sh', '-c', 'test -e $1 && echo [7] || echo [3, 1]', x, '" + mended
                        + "'], result: json, compensate: echo undone}",
                "- {id: x, needs: list, foreach: '${steps.list.result}', run: ['sh', '-c', 'echo $1; test $1 != 1', x,"
                        + " '${foreach.item}']}",
                "- {id: y, needs: x, run: [echo, '${steps.x.result}']}");
        Files.writeString(Path.of(file), "on_error: compensate\nconcurrency: 1\n" + Files.readString(Path.of(file)));
        signalbox("run", file, "-q").exits(1);
        assertThat(states("x[0]", "x[1]", "list.compensate")).containsExactly("succeeded", "failed", "succeeded");
        Files.createFile(mended);
        signalbox("resume", newest().id(), "-q").exits(0);
        assertThat(result(inspect(), "y")).isEqualTo("[\"7\"]");
        assertThat(ids(inspect())).contains("x[0]").doesNotContain("x[1]");
        signalbox("replay", "--verify").exits(0);
    }

    @Test
    void shouldForkInTheMiddleOfIt() throws Exception {
        signalbox("run", example("fan-out"), "-q").exits(0);
        final JsonNode whole = inspect();
        long position = 0;
        for (final String line :
                signalbox("inspect", "--history").exits(0).out().lines().toList()) {
            if (line.contains("module[2] succeeded")) {
                position = Long.parseLong(line.strip().split(" ")[0]);
            }
        }
        final Ended forked = signalbox("fork", whole.path("run").asString(), "--at", Long.toString(position), "--json")
                .exits(0);
        assertThat(forked.out())
                .contains("\"step\":\"letters[0]\",\"attempt\":1")
                .doesNotContain("\"step\":\"module[2]\",\"attempt\"");
        assertThat(newest().id()).isNotEqualTo(whole.path("run").asString());
        assertThat(inspect().path("result_digest")).isEqualTo(whole.path("result_digest"));
    }

    @Test
    void shouldTakeInstancesFromTheNewestRun() throws Exception {
        signalbox("run", example("fan-out"), "-q").exits(0);
        final Ended ended = signalbox("run", example("fan-out"), "--from", "report", "--json")
                .exits(0);
        assertThat(ended.out()).contains("8 steps taken from run").doesNotContain("\"step\":\"module[0]\",\"attempt\"");
        assertThat(result(inspect(), "report")).startsWith("[\"customers has 1 lines\"");
    }

    @Test
    void shouldAdoptAFileWhoseInstancesAreTheSame() throws Exception {
        final String fan = "- {id: x, needs: list, foreach: '${steps.list.result}', run: [echo, '${foreach.item}']}";
        signalbox("run", workflow(LIST, fan, "- {id: y, needs: x, run: exit 1}"), "-q")
                .exits(1);
        workflow(LIST, fan, "- {id: y, needs: x, run: [echo, '${steps.x.result}']}");
        signalbox("resume", "--adopt", "-q").exits(0);
        assertThat(result(inspect(), "y")).isEqualTo("[\"3\",\"1\",\"2\"]");
        signalbox("run", workflow(LIST, fan, "- {id: y, needs: x, run: exit 1}"), "-q")
                .exits(1);
        workflow(LIST, fan.replace("steps.list.result", "steps.list.result.0"), "- {id: y, needs: x, run: 'true'}");
        assertThat(signalbox("resume", "--adopt").exits(2).err()).contains("not the same any more: x[0], x[1], x[2]");
    }

    @Test
    void shouldStandInGroupsAndBeGivenByACaller() throws Exception {
        Files.writeString(folder.resolve("inner.yaml"), """
                inputs: {words: {type: list}}
                steps: [{id: each, foreach: '${inputs.words}', run: [echo, 'word ${foreach.item}']}]
                """);
        signalbox(
                        "run",
                        workflow(
                                LIST,
                                "- id: g",
                                "  needs: list",
                                "  parallel:",
                                "    steps:",
                                "      - {id: x, foreach: '${steps.list.result}', run: [echo, '${foreach.index}']}",
                                "      - {id: y, run: echo y}",
                                "- {id: call, needs: list, workflow: inner.yaml, inputs: {words: '${steps.list.result}'}}",
                                "- {id: use, needs: [g, call], run: [echo, '${steps.g.result} ${steps.call.result}']}"),
                        "-q")
                .exits(0);
        assertThat(result(inspect(), "use"))
                .isEqualTo("{\"x\":[\"0\",\"1\",\"2\"],\"y\":\"y\"} {\"each\":[\"word 3\",\"word 1\",\"word 2\"]}");
        assertThat(ids(inspect())).contains("call/each[2]");
    }
}

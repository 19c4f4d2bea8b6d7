package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.view.JsonView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stages, strategies, compensations, questions and time travel by the command line: every example, and what goes wrong. */
class FlowTest extends FlowCase {
    @Test
    void shouldEndGroupsByTheirStrategies() throws Exception {
        signalbox("run", example("strategies"), "-q").exits(0);
        final JsonNode run = inspect();
        assertThat(result(run, "report")).isEqualTo("first: quick; cost: 21; weather: sunny");
        assertThat(state(run, "slow")).isEqualTo("cancelled");
        assertThat(state(run, "mirror-d")).isEqualTo("succeeded");
        assertThat(step(run, "competitive").path("message").asString()).isEqualTo("exact won");
    }

    @Test
    void shouldRunStagesOneAfterTheOther() throws Exception {
        final Ended ended = signalbox("run", example("stages"), "--json").exits(0);
        final List<String> events = new ArrayList<>();
        ended.out().lines().map(JsonView.MAPPER::readTree).forEach(event -> {
            final String name = event.path("event").asString();
            if (name.equals("block_finished") || name.equals("step_started")) {
                events.add(event.path("step").asString());
            }
        });
        assertThat(events.indexOf("types")).isGreaterThan(events.indexOf("contracts"));
        assertThat(events.indexOf("module[0]")).isGreaterThan(events.indexOf("relations"));
        assertThat(events).contains("analysis", "model", "generation", "tests", "review", "integration");
        assertThat(result(inspect(), "package"))
                .isEqualTo(
                        "package of [\"module orders\",\"module customers\",\"module payments\",\"module shipments\"]");
    }

    @Test
    void shouldUndoTheLastSuccessFirst() throws Exception {
        signalbox("run", example("saga"), "-q").exits(0);
        assertThat(newest().root().resolve("undone.txt")).doesNotExist();
        signalbox("run", example("saga"), "-q", "--set", "train=none").exits(1);
        assertThat(newest().root().resolve("undone.txt"))
                .hasContent("car car-4 given back\nhotel hotel-17 given back\n");
        assertThat(inspect().path("state").asString()).isEqualTo("compensated");
    }

    @Test
    void shouldTryOtherWaysInTheEnd() throws Exception {
        assertThat(signalbox("run", example("recovery")).exits(0).out())
                .containsPattern("download +succeeded .* 3\n")
                .containsPattern("recommendations +succeeded .* 1\n")
                .contains("retries 5");
        assertThat(result(inspect(), "page"))
                .isEqualTo("from the cache, recommendations [], statistics null, compiled");
        assertThat(step(inspect(), "download").path("attempts").asInt()).isEqualTo(4);
    }

    @Test
    void shouldCallAWorkflowTwice() throws Exception {
        signalbox("run", example("sub-workflow"), "-q").exits(0);
        final JsonNode run = inspect();
        assertThat(result(run, "assemble")).isEqualTo("backend.bin + frontend.bin");
        assertThat(result(run, "backend/compile[1]")).isEqualTo("/srv/code/backend/store.o");
        assertThat(result(run, "list[1]")).isEqualTo("module backend: /srv/code/backend/store.o");
    }

    @Test
    void shouldAskAPersonWhileItRuns() throws Exception {
        final CompletableFuture<Ended> running =
                CompletableFuture.supplyAsync(() -> signalbox("run", example("approval"), "--json"));
        awaitQuestion("release");
        final String run = newest().id();
        assertThat(signalbox("approve", run, "relaese").exits(2).err())
                .contains("has no step 'relaese'; did you mean 'release'?");
        assertThat(signalbox("approve", run, "publish").exits(2).err()).contains("step 'publish' asks nobody");
        assertThat(signalbox("list", "--state", "asking").exits(0).out()).contains(run);
        signalbox("approve", run, "release", "--comment", "seen in staging").exits(0);
        assertThat(running.join().exits(0).out()).contains("\"answer_awaited\"", "Release 1.4.2?");
        assertThat(result(inspect(), "publish")).isEqualTo("published 1.4.2: seen in staging");
        assertThat(signalbox("approve", run, "release").exits(2).err()).contains("is over");
    }

    @Test
    void shouldCancelWhatRuns() throws Exception {
        final CompletableFuture<Ended> running =
                CompletableFuture.supplyAsync(() -> signalbox("run", example("approval"), "-q"));
        awaitQuestion("release");
        signalbox("cancel", newest().id()).exits(0);
        running.join().exits(1);
        assertThat(inspect().path("state").asString()).isEqualTo("cancelled");
        assertThat(state(inspect(), "release")).isEqualTo("cancelled");
    }

    @Test
    void shouldAskAPersonWhenEverythingFailed() throws Exception {
        final String file = workflow(
                "- {id: fix, run: exit 1, recover: {escalate: Fix it}}",
                "- {id: use, run: [echo, '${steps.fix.result}'], needs: fix}");
        final CompletableFuture<Ended> running = CompletableFuture.supplyAsync(() -> signalbox("run", file, "-q"));
        awaitQuestion("fix.decision");
        signalbox("approve", newest().id(), "fix.decision", "--comment", "by hand")
                .exits(0);
        running.join().exits(0);
        assertThat(result(inspect(), "use")).isEqualTo("by hand");
    }

    @Test
    void shouldFailARejectedStep() throws Exception {
        final String file = workflow("- {id: ok, approve: {message: Go on?}}");
        final CompletableFuture<Ended> running = CompletableFuture.supplyAsync(() -> signalbox("run", file, "-q"));
        awaitQuestion("ok");
        signalbox("approve", newest().id(), "ok", "--reject", "--comment", "no").exits(0);
        assertThat(running.join().exits(1).err()).contains("rejected: no");
    }

    @Test
    void shouldEndAQuestionWhoseTimeIsUp() throws Exception {
        final String file = workflow("- {id: ok, approve: {message: Go on?, timeout: 200ms}}");
        signalbox("run", file, "-q").exits(1);
        assertThat(state(inspect(), "ok")).isEqualTo("timed_out");
    }

    @Test
    void shouldEndARunWhoseTimeIsUp() throws Exception {
        final Path file = folder.resolve("w.yaml");
        Files.writeString(file, "timeout: 300ms\nsteps: [{id: a, run: sleep 30}]\n");
        signalbox("run", file.toString(), "-q").exits(1);
        assertThat(inspect().path("state").asString()).isEqualTo("timed_out");
    }

    @Test
    void shouldRunOnlyWhatIsAskedFor() throws Exception {
        signalbox("run", example("stages"), "-q", "--only", "types").exits(0);
        assertThat(ids(inspect())).containsExactly("contracts", "conventions", "analysis", "types");
        assertThat(signalbox("run", example("stages"), "--only", "tpyes")
                        .exits(2)
                        .err())
                .contains("has no step 'tpyes'; did you mean 'types'?");
        assertThat(signalbox("run", example("stages"), "--only", ",").exits(2).err())
                .contains("--only expects ids of steps with commas between them, got \",\"");
    }

    @Test
    void shouldSayInPlainWordsWhyAResultIsNoJson() throws Exception {
        assertThat(signalbox("run", workflow("- {id: a, run: 'true', result: json}"))
                        .exits(1)
                        .out())
                .contains("result: json, but standard output is empty: print one JSON value");
        assertThat(signalbox("run", workflow("- {id: a, run: [echo, '{} {}'], result: json}"))
                        .exits(1)
                        .out())
                .contains("is not one JSON value: more stands behind the first one (line 1, column 4)");
    }

    @Test
    void shouldListTheNewestOfThoseThatAreAskedFor() throws Exception {
        signalbox("run", workflow("- {id: a, run: exit 1}"), "-q").exits(1);
        final String failed = newest().id();
        signalbox("run", workflow("- {id: a, run: echo}"), "-q").exits(0);
        assertThat(signalbox("list", "--state", "failed", "--last", "1")
                        .exits(0)
                        .out())
                .contains(failed);
        assertThat(signalbox("list", "--last", "1").exits(0).out()).doesNotContain(failed);
    }

    @Test
    void shouldSayWhatBecameOfStagesThatNeverBegan() throws Exception {
        final Path file = folder.resolve("w.yaml");
        Files.writeString(file, """
                stages:
                  - {id: first, timeout: 300ms, steps: [{id: slow, run: sleep 30}]}
                  - {id: second, needs: first, steps: [{id: later, run: echo}]}
                """);
        final Ended ended = signalbox("run", file.toString()).exits(1);
        assertThat(ended.out())
                .containsPattern("slow +the time of first was up")
                .containsPattern("later +needs first, which has timed out")
                .containsPattern("second +needs first, which has timed out")
                .doesNotContain("begin", "running");
        assertThat(signalbox("explain").exits(0).out())
                .contains("later cancelled\n    needs first, which has timed out\n");
    }

    @Test
    void shouldShowAForeachOverNothing() throws Exception {
        final Path file = folder.resolve("w.yaml");
        Files.writeString(
                file,
                "inputs: {l: {default: []}}\nsteps: [{id: a, run: echo, foreach: '${inputs.l}'}, {id: b, run: echo}]\n");
        assertThat(signalbox("run", file.toString()).exits(0).out())
                .containsPattern("a +no instances")
                .doesNotContain("waiting");
        assertThat(signalbox("explain", "--step", "a").exits(0).out()).contains("its foreach had no items");
    }

    @Test
    void shouldTakeWhatStandsBeforeFromTheNewestRun() throws Exception {
        assertThat(signalbox("run", example("stages"), "--from", "review")
                        .exits(2)
                        .err())
                .contains("takes what stands before from the newest run", "there is none");
        signalbox("run", example("stages"), "-q").exits(0);
        final String digest = inspect().path("result_digest").asString();
        final Ended ended = signalbox("run", example("stages"), "--from", "review", "--json")
                .exits(0);
        assertThat(ended.out().lines().filter(line -> line.contains("\"step_started\"")))
                .hasSize(4);
        assertThat(inspect().path("result_digest").asString()).isEqualTo(digest);
        assertThat(inspect().path("origin").asString()).startsWith("10 steps taken from run");
    }

    @Test
    void shouldNameWhatIsMissingBefore() throws Exception {
        signalbox("run", example("stages"), "-q", "--only", "types").exits(0);
        assertThat(signalbox("run", example("stages"), "--from", "review")
                        .exits(2)
                        .err())
                .contains("cannot take from run", "relations (not there)", "unit (not there)");
    }

    @Test
    void shouldSayWhatWouldRun() throws Exception {
        final Ended without = signalbox("run", example("stages"), "--dry-run", "--max-parallel", "3")
                .exits(0);
        assertThat(without.out())
                .contains("14 steps in 7 waves, at most 3 at once", "no run of this file is known", "critical path")
                .contains("strategy", "full parallel", "wave after wave", "14 steps  one step after the other")
                .contains("review  stage, quorum of 2 of  style, security, performance");
        assertThat(signalbox("run", example("stages"), "--dry-run", "--dot")
                        .exits(0)
                        .out())
                .contains("subgraph \"cluster_generation\"", "penwidth=2.5", "instead of 14 steps one by one");
        assertThat(folder.resolve("data")).doesNotExist();
        signalbox("run", example("stages"), "-q").exits(0);
        final JsonNode plan = JsonView.MAPPER.readTree(signalbox("run", example("stages"), "--dry-run", "--json")
                .exits(0)
                .out());
        assertThat(plan.path("waves").size()).isEqualTo(7);
        assertThat(plan.path("based_on").asString()).isEqualTo(newest().id());
        assertThat(plan.path("critical_path").get(6).asString()).isEqualTo("package");
        assertThat(plan.path("strategies").propertyNames())
                .containsExactly("full_parallel", "dependency_chains", "staged_parallel", "sequential");
        assertThat(plan.path("strategies")
                        .path("full_parallel")
                        .path("estimate_ms")
                        .asLong())
                .isEqualTo(plan.path("estimate_ms").asLong());
        assertThat(plan.path("coordination_points").toString()).contains("\"kind\":\"gate\"");
    }

    /** Two places and a limit of one: the earlier run's times say what the limit costs. */
    @Test
    void shouldForetellWhatALimitCosts() throws Exception {
        final String file = workflow(
                "- {id: a, run: sleep 0.2, uses: one}",
                "- {id: b, run: sleep 0.2, uses: one}",
                "- {id: c, run: sleep 0.2}");
        Files.writeString(Path.of(file), "limits: {one: 1}\nconcurrency: 3\n" + Files.readString(Path.of(file)));
        signalbox("run", file, "-q").exits(0);
        final JsonNode plan = JsonView.MAPPER.readTree(
                signalbox("run", file, "--dry-run", "--json").exits(0).out());
        assertThat(plan.path("parallel_used").asInt()).isEqualTo(2);
        assertThat(plan.path("estimate_ms").asLong())
                .isBetween(400L, plan.path("sequential_ms").asLong() - 200);
    }

    @Test
    void shouldForkARunAndTellTheTwoApart() throws Exception {
        signalbox("run", example("stages"), "-q").exits(0);
        final String first = newest().id();
        final JsonNode history = JsonView.MAPPER.readTree(
                signalbox("inspect", first, "--history", "--json").exits(0).out());
        long position = -1;
        for (final JsonNode entry : history) {
            if (entry.path("changes").toString().contains("relations succeeded")) {
                position = entry.path("position").asLong();
            }
        }
        assertThat(signalbox("fork", first, "--at", "9999").exits(2).err()).contains("cannot be forked at 9999");
        signalbox("fork", first, "--at", Long.toString(position), "-q").exits(0);
        final String second = newest().id();
        assertThat(second).isNotEqualTo(first);
        assertThat(inspect().path("origin").asString()).contains("forked from " + first);
        signalbox("diff", first, second).exits(0);
        signalbox("replay", second, "--verify").exits(0);
        signalbox("run", example("saga"), "-q").exits(0);
        assertThat(signalbox("diff", first, newest().id()).exits(1).out()).contains("definition", "parted");
    }

    @Test
    void shouldAdoptAnEditOfWhatHasNotFinished() throws Exception {
        final String file = workflow(
                "- {id: a, run: echo one}",
                "- {id: b, run: exit 1, needs: a}",
                "- {id: c, run: [echo, '${steps.a.result} ${steps.b.result}'], needs: b}");
        signalbox("run", file, "-q").exits(1);
        final String id = newest().id();
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("exit 1", "echo two"));
        assertThat(signalbox("resume").exits(1).out()).contains("has changed since this run began (first in line 3");
        signalbox("resume", id, "--adopt", "-q").exits(0);
        assertThat(newest().id()).isEqualTo(id);
        assertThat(result(inspect(), "c")).isEqualTo("one two");
        signalbox("replay", "--verify").exits(0);
    }

    @Test
    void shouldRefuseToAdoptAnEditOfWhatHasFinished() throws Exception {
        final String file = workflow("- {id: a, run: echo one}", "- {id: b, run: exit 1, needs: a}");
        signalbox("run", file, "-q").exits(1);
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("echo one", "echo uno"));
        assertThat(signalbox("resume", "--adopt").exits(2).err())
                .contains("steps that have finished are not the same any more: a");
    }

    @Test
    void shouldTakeTheQualityAStepSays() throws Exception {
        final String file = workflow("""
                - id: best
                  parallel:
                    strategy: competitive
                    steps:
                      - {id: good, run: 'echo 0.8 > $SIGNALBOX_OUT/quality; echo good'}
                      - {id: bad, run: 'echo 1.8 > $SIGNALBOX_OUT/quality; echo bad'}
                      - {id: fair, run: 'echo "{\\"quality\\": 0.7}"', result: json}
                """);
        final Ended ended = signalbox("run", file).exits(0);
        assertThat(ended.out()).contains("good won", "the quality of a result must be a number from 0 to 1, got 1.8");
    }

    @Test
    void shouldRunThePatternsThatComeWithIt() throws Exception {
        signalbox("run", pattern("parallel-implementation"), "-q", "--set", "module_count=2")
                .exits(0);
        assertThat(result(inspect(), "report")).isEqualTo("modules: done done");
        assertThat(ids(inspect()))
                .contains("implementation/parallel_impl_split_2")
                .doesNotContain("implementation/parallel_impl_split_3");
        signalbox("run", pattern("majority-vote"), "-q").exits(0);
        assertThat(result(inspect(), "vote/decision_join_task")).isEqualTo("\"choice\":\"go\"");
        signalbox("run", pattern("review-feedback-loop"), "-q").exits(0);
        assertThat(result(inspect(), "features/review_join_task")).isEqualTo("\"rounds\":2");
        assertThat(state(inspect(), "features/review_loop_review_3")).isEqualTo("skipped");
    }

    @Test
    void shouldNameTheTasksThatNobodyDoes() throws Exception {
        final String file = workflow("- {id: v, pattern: majority_vote, tasks: {evaluate_option: 'echo 1'}}");
        assertThat(signalbox("run", file).exits(2).err())
                .contains("nobody does the tasks implement_decision of pattern 'majority_vote'");
    }

    private static String pattern(final String name) {
        return EXAMPLES.resolve("patterns/" + name + ".workflow.yaml").toString();
    }
}

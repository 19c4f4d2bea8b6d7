package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code when} of a group, a stage, a sub-workflow and a pattern: the whole is done, or the whole is skipped. */
class BlockConditionTest extends FlowCase {
    private static final String CHECK = "- {id: check, run: echo no}";

    private static final String GROUP = """
            - id: g
              needs: check
              when: steps.check.result == 'yes'
              parallel:
                strategy: first
                timeout: 1m
                steps:
                  - {id: a, run: echo a}
                  - {id: each, foreach: [1, 2], run: [echo, '${foreach.item}']}
                  - {id: judge, needs: a, when: steps.a.state == 'skipped' or steps.a.state == 'succeeded', run: echo j}
                  - {id: inner, parallel: {steps: [{id: b, run: echo b}]}}""";

    @Test
    void shouldSkipAGroupWithAllThatStandsInIt() throws Exception {
        final String file =
                workflow(CHECK, GROUP, "- {id: after, needs: g, run: 'true'}", "- {id: other, run: 'true'}");
        final Ended ended = signalbox("run", file).exits(0);
        final JsonNode run = inspect();
        for (final String skipped : List.of("g", "a", "each[0]", "each[1]", "judge", "inner", "b", "after")) {
            assertThat(state(run, skipped)).as(skipped).isEqualTo("skipped");
        }
        assertThat(ids(run)).doesNotContain("g.when", "g.begin");
        assertThat(state(run, "other")).isEqualTo("succeeded");
        assertThat(ended.out()).contains("g is left out: when: steps.check.result == 'yes' is false");
        assertThat(signalbox("explain", "--step", "b").exits(0).out())
                .contains("g is left out: when: steps.check.result == 'yes' is false");
        assertThat(signalbox("explain", "--step", "after").exits(0).out()).contains("a step it needs was skipped");
        assertThat(signalbox("run", file, "--dot").exits(0).out()).contains("when steps.check.result == 'yes'");
        signalbox("replay", "--verify").exits(0);
    }

    @Test
    void shouldDoAGroupWhoseConditionHolds() throws Exception {
        signalbox("run", workflow(CHECK.replace("no", "yes"), GROUP, "- {id: after, needs: g, run: 'true'}"), "-q")
                .exits(0);
        assertThat(state(inspect(), "g")).isEqualTo("succeeded");
        assertThat(state(inspect(), "after")).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void shouldAskForStagesSubWorkflowsAndPatterns(final String answer) throws Exception {
        Files.writeString(folder.resolve("inner.yaml"), """
                steps:
                  - {id: one, run: echo one}
                  - {id: two, needs: one, when: steps.one.state != 'succeeded', run: echo two}
                """);
        final Path file = folder.resolve("w.yaml");
        Files.writeString(file, """
                inputs: {answer: {type: string}}
                stages:
                  - {id: s, when: inputs.answer == 'yes', concurrency: 1, timeout: 1m, steps: [{id: in_s, run: 'true'}]}
                steps:
                  - {id: check, run: [echo, '${inputs.answer}']}
                  - {id: call, needs: check, when: steps.check.result == 'yes', workflow: inner.yaml, timeout: 1m}
                  - id: vote
                    needs: check
                    when: steps.check.result == 'yes'
                    pattern: majority_vote
                    tasks:
                      evaluate_option: echo '{"choice":"go"}'
                      implement_decision: echo '"done"'
                  - {id: last, when: steps.call.state == 'skipped', needs: [call, vote, s], run: echo all skipped}
                """);
        signalbox("run", file.toString(), "-q", "--set", "answer=" + answer).exits(0);
        final JsonNode run = inspect();
        final String state = answer.equals("yes") ? "succeeded" : "skipped";
        for (final String step : List.of("s", "in_s", "call", "call/one", "vote")) {
            assertThat(state(run, step)).as(step).isEqualTo(state);
        }
        assertThat(state(run, "call/two")).isEqualTo("skipped");
        assertThat(state(run, "last")).isEqualTo(answer.equals("yes") ? "skipped" : "succeeded");
        assertThat(ids(run))
                .filteredOn(id -> id.startsWith("vote/"))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(state(run, id)).as(id).isEqualTo(state));
    }

    @Test
    void shouldShowAConditionThatCannotBeWorkedOut() throws Exception {
        final String file = workflow(CHECK, GROUP.replace("steps.check.result == 'yes'", "steps.check.result > 5"));
        assertThat(signalbox("run", file).exits(1).out())
                .contains("'>' compares two numbers or two strings, got string 'no' and number 5");
        assertThat(state(inspect(), "g.when")).isEqualTo("failed");
        assertThat(state(inspect(), "g")).isIn("cancelled", "failed");
    }

    @Test
    void shouldNameWhatAConditionOfABlockCannotSee() throws Exception {
        assertThat(signalbox("run", workflow(CHECK, GROUP.replace("needs: check\n  when", "when")))
                        .exits(2)
                        .err())
                .contains("step 'g' does not wait for step 'check'; add 'check' to its 'needs'");
        assertThat(signalbox("run", workflow(CHECK, GROUP.replace("when: steps.check", "when: steps.a")))
                        .exits(2)
                        .err())
                .contains("step 'g' does not wait for step 'a'");
        assertThat(signalbox("run", workflow(CHECK, GROUP.replace("when: steps.check", "when: steps.g")))
                        .exits(2)
                        .err())
                .contains("a step cannot refer to itself");
        assertThat(signalbox("run", workflow(CHECK, GROUP.replace("when: steps.check.result == 'yes'", "when: 5 =")))
                        .exits(2)
                        .err())
                .contains("'when' of step 'g'");
    }
}

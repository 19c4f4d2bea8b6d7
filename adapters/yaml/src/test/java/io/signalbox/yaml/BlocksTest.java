package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages, groups, strategies, compensations, approvals and sub-workflows: what they come to in a plan. */
class BlocksTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPutABarrierBetweenStages() {
        assertThat(show("""
                stages:
                  - id: model
                    steps: [{id: parse, run: x}, {id: link, run: x, needs: parse}]
                  - id: code
                    needs: model
                    timeout: 5m
                    concurrency: 2
                    steps: [{id: records, run: x}, {id: checks, run: x}]
                """)).isEqualTo("""
                0 model <- parse link [stage all]
                1 parse
                2 link <- parse
                3 code <- records checks [stage all from code.begin within 300000 ms]
                4 code.begin <- model [begin all]
                5 records <- code.begin uses {stage:code=1}
                6 checks <- code.begin uses {stage:code=1}""");
    }

    @Test
    void shouldEndAGroupByItsStrategy() {
        assertThat(show("""
                steps:
                  - {id: prepare, run: x}
                  - id: solve
                    needs: prepare
                    parallel:
                      strategy: quorum
                      required: 2
                      cancel: leave
                      timeout: 1m
                      steps: [{id: a, run: x}, {id: b, run: x}, {id: c, run: x, needs: b}]
                  - {id: use, run: [x, '${steps.solve.result.a}'], needs: solve}
                """)).isEqualTo("""
                0 prepare
                1 solve <- a b c [group quorum 2 leave from solve.begin within 60000 ms]
                2 solve.begin <- prepare [begin all]
                3 a <- solve.begin
                4 b <- solve.begin
                5 c <- solve.begin b
                6 use <- solve""");
    }

    @Test
    void shouldEndAForeachByItsStrategy() {
        assertThat(show("""
                steps:
                  - {id: vote, run: x, foreach: [1, 2], strategy: majority}
                  - {id: use, run: [x, '${steps.vote.result}'], needs: vote}
                """)).isEqualTo("""
                0 vote[0]
                1 vote[1]
                2 vote <- vote[0] vote[1] [foreach majority cancel_remaining]
                3 use <- vote""");
    }

    @Test
    void shouldUndoEachInstance() {
        assertThat(show("""
                on_error: compensate
                steps:
                  - {id: book, run: x, foreach: [1, 2], compensate: 'undo it'}
                  - {id: pay, run: x, needs: book, compensate: {run: [refund, '${steps.pay.result}'], retry: 2}}
                """)).isEqualTo("""
                0 book[0]
                1 book[1]
                2 book.compensate[0] undoes book[0]
                3 book.compensate[1] undoes book[1]
                4 pay <- book[0] book[1]
                5 pay.compensate undoes pay""");
    }

    @Test
    void shouldAskAPersonInTheEnd() {
        assertThat(show("""
                steps:
                  - id: fix
                    run: x
                    recover: {alternatives: [{run: y}], escalate: {message: Fix it by hand, timeout: 1h}}
                  - {id: use, run: x, needs: fix}
                  - {id: ok, approve: 'Release ${steps.use.result}?', needs: use}
                """)).isEqualTo("""
                0 fix <- fix.attempt fix.decision [recovery first cancel_remaining]
                1 fix.attempt run_dependents
                2 fix.failed <- fix.attempt
                3 fix.decision <- fix.failed asks Fix it by hand
                4 use <- fix
                5 ok <- use asks Release ${steps.use.result}?""");
    }

    @Test
    void shouldInlineASubWorkflow() throws IOException {
        Files.writeString(folder.resolve("sub.yaml"), """
                inputs: {items: {type: list}, mode: {default: fast}}
                limits: {db: 1}
                steps:
                  - {id: one, run: x, foreach: '${inputs.items}', uses: db}
                  - {id: two, run: [x, '${inputs.mode}'], needs: one}
                """);
        final WorkflowFile file = load("""
                inputs: {list: {default: [a, b]}}
                steps:
                  - {id: before, run: x}
                  - {id: build, workflow: sub.yaml, needs: before, inputs: {items: '${inputs.list}'}}
                  - {id: after, run: [x, '${steps.build.result.two}'], needs: build}
                """);
        assertThat(show(file)).isEqualTo("""
                0 before
                1 build <- build/one[0] build/one[1] build/two [workflow all cancel_remaining]
                2 build/one[0] <- before uses {build/db=1}
                3 build/one[1] <- before uses {build/db=1}
                4 build/two <- build/one[0] build/one[1]
                5 after <- build""");
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
    }

    @Test
    void shouldRefuseAWorkflowThatHoldsItself() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), "steps: [{id: back, workflow: w.yaml}]\n");
        Files.writeString(folder.resolve("w.yaml"), "steps: [{id: there, workflow: b.yaml}]\n");
        assertThatThrownBy(() -> WorkflowFiles.load(folder.resolve("w.yaml")))
                .hasMessageContaining(
                        "w.yaml:1:31: 'workflow' of step 'there' cannot be used: b.yaml:1:30: 'workflow' of"
                                + " step 'back' leads back to w.yaml (w.yaml -> b.yaml -> w.yaml), so it would never end");
    }

    @Test
    void shouldAskBeforeABlock() throws IOException {
        Files.writeString(folder.resolve("inner.yaml"), "steps: [{id: in, run: x}]\n");
        final WorkflowFile file = load("""
                stages:
                  - {id: s, when: 1 < 2, steps: [{id: a, run: x}]}
                steps:
                  - {id: first, run: x}
                  - id: g
                    needs: first
                    when: steps.first.result == 'x'
                    parallel: {timeout: 1m, steps: [{id: b, run: x}]}
                  - {id: call, needs: g, when: 1 < 2, workflow: inner.yaml}
                """);
        assertThat(show(file)).isEqualTo("""
                0 s <- a [stage all from s.begin]
                1 s.when
                2 s.begin <- s.when [begin all]
                3 a <- s.begin
                4 first
                5 g <- b [group all from g.begin within 60000 ms]
                6 g.when <- first
                7 g.begin <- g.when [begin all]
                8 b <- g.begin
                9 call <- call/in [workflow all cancel_remaining]
                10 call.when <- g
                11 call/in <- call.when""");
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
        assertThat(file.step("g").orElseThrow().when().orElseThrow().text()).isEqualTo("steps.first.result == 'x'");
    }

    @Test
    void shouldGiveTheCallerWhatASubWorkflowPutsOut() throws IOException {
        Files.writeString(folder.resolve("deep.yaml"), """
                steps: [{id: d, run: x, result: json}]
                outputs: {list: '${steps.d.result.list}'}
                """);
        Files.writeString(folder.resolve("inner.yaml"), """
                inputs: {n: {type: number}}
                steps: [{id: in, run: x}, {id: deep, workflow: deep.yaml}]
                outputs: {text: '${inputs.n} and ${steps.in.result}', fixed: [1, 2], list: '${steps.deep.outputs.list}'}
                """);
        final WorkflowFile file = load("""
                steps:
                  - {id: call, workflow: inner.yaml, inputs: {n: 5}}
                  - {id: use, needs: call, foreach: '${steps.call.outputs.list}', run: [x, '${steps.call.outputs.fixed.1}']}
                """);
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
        final MapScope scope = new MapScope()
                .step("call", MapScope.succeeded("{}"))
                .step("call/in", MapScope.succeeded("\"in\""))
                .step("call/deep", MapScope.succeeded("{}"))
                .step("call/deep/d", MapScope.succeeded("{\"list\": [3, 4]}"));
        file.calls().forEach(scope::called);
        assertThat(rendered("${steps.call.outputs.text}", scope)).isEqualTo("5 and in");
        assertThat(rendered("${steps.call.outputs.fixed.1}", scope)).isEqualTo("2");
        assertThat(rendered("${steps.call.outputs.list}", scope)).isEqualTo("[3,4]");
        assertThat(ForeachItems.of(file.step("use").orElseThrow(), scope)).hasSize(2);
        assertThatThrownBy(() -> rendered("${steps.call.outputs.fixed.7}", scope))
                .hasMessage("${steps.call.outputs.fixed.7}: a list of 2 has no element '7'; the index counts from 0");
        scope.step("call/in", MapScope.skipped());
        assertThatThrownBy(() -> rendered("${steps.call.outputs.text}", scope))
                .hasMessage(
                        "${steps.in.result} in '${inputs.n} and ${steps.in.result}': step 'in' is skipped and has no"
                                + " result that can be passed on; only a step that has succeeded has one");
        scope.step("call", MapScope.skipped());
        assertThatThrownBy(() -> rendered("${steps.call.outputs.fixed}", scope))
                .hasMessage(
                        "${steps.call.outputs.fixed}: sub-workflow 'call' is skipped and has given no output 'fixed';"
                                + " only one that has succeeded gives its outputs");
    }

    private static String rendered(final String template, final Scope scope) {
        return Template.parse(template).render(scope);
    }

    @Test
    void shouldNameAnOutputThatASubWorkflowDoesNotGive() throws IOException {
        Files.writeString(folder.resolve("inner.yaml"), "steps: [{id: in, run: x}]\noutputs: {jar: a}\n");
        assertThatThrownBy(() -> load("""
                steps:
                  - {id: call, workflow: inner.yaml}
                  - {id: a, needs: call, run: [x, '${steps.call.outputs.jra}', '${steps.call.outputs.version}']}
                """))
                .hasMessageContaining("w.yaml:3:36: placeholder '${steps.call.outputs.jra}': inner.yaml has no output"
                        + " 'jra'; did you mean 'jar'?")
                .hasMessageContaining("w.yaml:3:65: placeholder '${steps.call.outputs.version}': inner.yaml has no"
                        + " output 'version'; declare it in 'outputs' of that file");
    }

    @Test
    void shouldSayEverythingThatIsWrongInWhatIsCalled() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), "steps: [{id: x, run: 5}, {id: y, rnu: x}]\n");
        Files.writeString(folder.resolve("p.yaml"), "name: p\njion: {}\nmrege: {}\n");
        Files.writeString(folder.resolve("w.yaml"), """
                steps:
                  - {id: there, workflow: b.yaml}
                  - {id: here, pattern: p.yaml, tasks: {t: x}}
                """);
        assertThatThrownBy(() -> WorkflowFiles.load(folder.resolve("w.yaml")))
                .hasMessageContainingAll(
                        "w.yaml:2:27: 'workflow' of step 'there' cannot be used: b.yaml:1:22: 'run' of step 'x' must be",
                        "w.yaml:2:27: 'workflow' of step 'there' cannot be used: b.yaml:1:34: unknown key 'rnu'",
                        "w.yaml:3:25: 'pattern' of step 'here' cannot be used: p.yaml:2:1: unknown key 'jion'",
                        "w.yaml:3:25: 'pattern' of step 'here' cannot be used: p.yaml:3:1: unknown key 'mrege'");
    }

    @Test
    void shouldRefuseAQuorumThatCanNeverBe() {
        final WorkflowFile file = Loading.load("""
                inputs: {l: {default: [1]}}
                steps: [{id: a, run: x, foreach: '${inputs.l}', strategy: {rule: quorum, required: 2}}]
                """);
        assertThatThrownBy(() -> Plan.of(file, Inputs.resolve(file, Map.of())))
                .hasMessage("'a' requires 2 successes of 1 step, which can never be; require fewer, or"
                        + " give its foreach more items");
        assertThatThrownBy(() -> Plan.of(file, Inputs.resolve(file, Map.of("l", "[]"))))
                .hasMessageContaining("requires 2 successes of 0 steps, which can never be");
    }

    @Test
    void shouldWaitThroughAGateOverNothing() {
        assertThat(show("""
                inputs: {l: {default: []}}
                steps:
                  - {id: first, run: x}
                  - {id: a, run: x, foreach: '${inputs.l}', strategy: first, needs: first}
                  - {id: last, run: x, needs: a}
                """)).isEqualTo("0 first\n1 last <- first");
    }

    private WorkflowFile load(final String text) throws IOException {
        final Path path = folder.resolve("w.yaml");
        Files.writeString(path, text);
        return WorkflowFiles.load(path);
    }

    private static String show(final String text) {
        final WorkflowFile file = Loading.load(text);
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
        return show(file);
    }

    private static String show(final WorkflowFile file) {
        final Plan plan = Plan.of(file, Inputs.resolve(file, Map.of()));
        return plan.steps().stream().map(step -> show(plan, step)).collect(Collectors.joining("\n"));
    }

    private static String show(final Plan plan, final Plan.PlannedStep planned) {
        final Step step = planned.step();
        final StringBuilder line = new StringBuilder(planned.index() + " " + planned.id());
        if (!planned.needs().isEmpty()) {
            line.append(planned.needs().stream()
                    .map(need -> plan.steps().get(need).id())
                    .collect(Collectors.joining(" ", " <- ", "")));
        }
        planned.gate().ifPresent(gate -> {
            final Strategy strategy = gate.strategy();
            line.append(" [")
                    .append(gate.block().word())
                    .append(' ')
                    .append(strategy.rule().word());
            line.append(strategy.required() > 0 ? " " + strategy.required() : "");
            line.append(
                    strategy.cancel() == Strategy.Cancel.WAIT_ALL
                            ? ""
                            : " " + strategy.cancel().word());
            line.append(gate.timerFrom().isEmpty() ? "" : " from " + gate.timerFrom());
            step.timeout()
                    .ifPresent(timeout ->
                            line.append(" within ").append(timeout.toMillis()).append(" ms"));
            line.append(']');
        });
        line.append(step.flow().uses().isEmpty() ? "" : " uses " + step.flow().uses());
        line.append(planned.undoes().isEmpty() ? "" : " undoes " + planned.undoes());
        step.flow().onFailure().ifPresent(meaning -> line.append(' ').append(meaning.word()));
        if (step.run() instanceof Run.Approval approval) {
            line.append(" asks ").append(approval.message().text());
        }
        return line.toString();
    }
}

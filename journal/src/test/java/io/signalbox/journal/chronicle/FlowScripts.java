package io.signalbox.journal.chronicle;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Workflows whose steps say in their payload how each attempt ends, by the failures so far: {@code "4 FAILED; 2 SUCCEEDED 0.9"} is one that fails after 4 ms,
 * and after that one that succeeds after 2 ms. The last goes on for ever.
 */
final class FlowScripts {
    private static final long MS = 1_000_000;

    private FlowScripts() {}

    /** How an attempt ends. */
    record Ending(long lastsMs, StepEnding ending, double quality) {
        static Ending of(final StepDefinition definition, final StepSnapshot step) {
            final String[] endings = new String(definition.payload(), StandardCharsets.UTF_8).split("; ");
            final String[] words = endings[Math.min(step.failures(), endings.length - 1)].split(" ");
            return new Ending(
                    Long.parseLong(words[0]),
                    StepEnding.valueOf(words[1]),
                    words.length > 2 ? Double.parseDouble(words[2]) : 1);
        }
    }

    /** Every pattern, each under its own name. */
    static List<WorkflowDefinition> all() {
        return List.of(
                barrier(), join(), retry(), majority(), compensation(), loop(), limited(), first(), competitive());
    }

    /** Whether a crash may lead to another winner. */
    static boolean isRace(final WorkflowDefinition definition) {
        return List.of("first", "competitive").contains(definition.name());
    }

    private static StepDefinition step(final String id, final String script, final String... needs) {
        return StepDefinition.of(id, needs).withPayload(script.getBytes(StandardCharsets.UTF_8));
    }

    private static StepDefinition fast(final String id, final String... needs) {
        return step(id, "5 SUCCEEDED", needs);
    }

    /** Three stages of three, nobody goes on before all are there. */
    private static WorkflowDefinition barrier() {
        final List<StepDefinition> steps = new ArrayList<>();
        String[] before = {};
        for (int stage = 0; stage < 3; stage++) {
            final List<String> members = List.of("a" + stage, "b" + stage, "c" + stage);
            steps.add(fast(members.get(0), before));
            steps.add(step(members.get(1), stage == 0 ? "11 SUCCEEDED" : "3 SUCCEEDED", before));
            steps.add(step(members.get(2), stage == 1 ? "1 SKIPPED" : "4 SUCCEEDED", before));
            before = new String[] {"met" + stage};
            steps.add(StepDefinition.gate(before[0], Gate.of(GateRule.ALL, Superfluous.AWAIT), members));
        }
        return WorkflowDefinition.of("barrier", steps);
    }

    /** Two of three are enough for who comes next; the last needs the third too. */
    private static WorkflowDefinition join() {
        return WorkflowDefinition.of(
                "join",
                List.of(
                        fast("split"),
                        fast("a", "split"),
                        fast("b", "split"),
                        fast("c", "b"),
                        step("d", "40 SUCCEEDED", "split"),
                        StepDefinition.gate("sync", Gate.quorum(2, Superfluous.LEAVE), List.of("a", "c", "d")),
                        fast("next", "sync"),
                        fast("last", "next", "d")));
    }

    private static WorkflowDefinition retry() {
        final RetryPolicy twice = new RetryPolicy(2, 3 * MS, 2, 60 * MS, 0.5);
        return WorkflowDefinition.of(
                        "retry",
                        List.of(
                                step("a", "1 FAILED; 2 FAILED; 3 SUCCEEDED").withRetry(twice),
                                step("b", "100 SUCCEEDED; 2 SUCCEEDED", "a")
                                        .withRetry(twice)
                                        .withTimeoutNs(7 * MS),
                                step("c", "1 FAILED", "b").withRetry(twice),
                                fast("d", "a")))
                .withOnError(OnError.COLLECT_ALL);
    }

    private static WorkflowDefinition majority() {
        return WorkflowDefinition.of(
                "majority",
                List.of(
                        fast("a"),
                        step("b", "9 FAILED"),
                        fast("c"),
                        StepDefinition.gate(
                                "vote", Gate.of(GateRule.MAJORITY, Superfluous.AWAIT), List.of("a", "b", "c")),
                        fast("next", "vote")));
    }

    private static WorkflowDefinition compensation() {
        return WorkflowDefinition.of(
                        "compensation",
                        List.of(
                                fast("book"),
                                fast("pay", "book"),
                                step("send", "4 FAILED", "pay"),
                                fast("unbook").compensating("book"),
                                step("refund", "2 FAILED; 2 SUCCEEDED")
                                        .compensating("pay")
                                        .withRetry(new RetryPolicy(3, MS, 1, MS, 0))))
                .withOnError(OnError.COMPENSATE);
    }

    /** Rounds of work and review, unrolled; the second review is content. */
    private static WorkflowDefinition loop() {
        return WorkflowDefinition.of(
                "loop",
                List.of(
                        fast("work1"),
                        fast("review1", "work1"),
                        fast("work2", "review1"),
                        fast("review2", "work2"),
                        step("work3", "0 SKIPPED", "review2"),
                        fast("review3", "work3"),
                        fast("done", "review1", "review2", "review3").judgingNeeds()));
    }

    private static WorkflowDefinition limited() {
        final Scheduling scheduling = Scheduling.PLAIN.using(new LimitUse("calls", 1), new LimitUse("gpu", 1));
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            steps.add(fast("s" + i).withScheduling(scheduling.withPriority(i % 2)));
        }
        return WorkflowDefinition.of("limited", steps)
                .withLimits(List.of(LimitDefinition.rate("calls", 2, 30 * MS), LimitDefinition.capacity("gpu", 2)));
    }

    private static WorkflowDefinition first() {
        return WorkflowDefinition.of(
                "first",
                List.of(
                        step("a", "12 SUCCEEDED"),
                        fast("b"),
                        fast("c", "b"),
                        StepDefinition.gate("race", Gate.of(GateRule.FIRST, Superfluous.CANCEL), List.of("a", "c")),
                        fast("next", "race")));
    }

    private static WorkflowDefinition competitive() {
        return WorkflowDefinition.of(
                "competitive",
                List.of(
                        step("a", "5 SUCCEEDED 0.6"),
                        step("b", "18 SUCCEEDED 0.9"),
                        step("c", "6 SUCCEEDED 0.4"),
                        StepDefinition.gate("best", Gate.competitive(0.5, Superfluous.CANCEL), List.of("a", "b", "c"))
                                .withTimeoutNs(20 * MS),
                        fast("next", "best")));
    }
}

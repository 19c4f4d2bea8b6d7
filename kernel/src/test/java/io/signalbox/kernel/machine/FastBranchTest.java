package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fast branch goes its own pace, whatever the slow ones beside it do: each start time, under a clock that the test moves. */
class FastBranchTest {
    private static final long MS = 1_000_000;
    private static final int FAST_STEPS = 50;

    private final Map<String, Long> startsMs = new HashMap<>();
    private final List<StepDefinition> steps = new ArrayList<>();
    private final FlowMachine flow = new FlowMachine(fact -> {
        if (fact.type() == FactType.TASK_ASSIGNED && fact.attempt() == 1) {
            startsMs.put(steps.get(fact.step()).id(), (fact.timestampNs() - 1) / MS);
        }
    });

    /** Every fast step lasts 10 ms; whatever else is in flight fails when {@code slowFailsAtMs} has come. */
    private void play(final WorkflowDefinition definition, final long slowFailsAtMs) {
        final long run = flow.start(definition);
        for (long ms = 10; ms <= FAST_STEPS * 10L; ms += 10) {
            flow.nowNs = 1 + ms * MS;
            flow.pulse();
            for (final StepSnapshot step : flow.run(run).steps()) {
                final boolean isFast = step.id().startsWith("fast");
                if (step.state() == StepState.ASSIGNED
                        && step.sinceNs() < flow.nowNs
                        && (isFast || ms == slowFailsAtMs)) {
                    flow.apply(new WorkflowCommands.FinishStep()
                            .with(0, run, step.index(), step.attempts())
                            .ending(isFast ? 1 : 2));
                }
            }
        }
    }

    private void addFast(final Scheduling scheduling) {
        for (int i = 0; i < FAST_STEPS; i++) {
            final StepDefinition step =
                    i == 0 ? StepDefinition.of("fast0") : StepDefinition.of("fast" + i, "fast" + (i - 1));
            steps.add(step.withScheduling(scheduling));
        }
    }

    private void assertFastStartsEachTenMs() {
        for (int i = 0; i < FAST_STEPS; i++) {
            assertThat(startsMs).containsEntry("fast" + i, i * 10L);
        }
    }

    @Test
    void shouldStartEachStepWhenItsOwnNeedsHaveEnded() {
        steps.add(StepDefinition.of("slow"));
        steps.add(StepDefinition.of("after", "slow"));
        steps.add(StepDefinition.external("person"));
        addFast(Scheduling.PLAIN);
        steps.add(StepDefinition.gate(
                "join", Gate.of(GateRule.ALL, Superfluous.AWAIT), List.of("slow", "person", "fast49")));
        play(WorkflowDefinition.of("w", steps), -1);
        assertFastStartsEachTenMs();
    }

    @Test
    void shouldPassThoseWhomALimitKeeps() {
        final Scheduling scarce = Scheduling.PLAIN.withPriority(9).using(new LimitUse("gpu", 1));
        for (int i = 0; i < 10; i++) {
            steps.add(StepDefinition.of("slow" + i).withScheduling(scarce));
        }
        addFast(Scheduling.PLAIN.withPriority(-9));
        play(
                WorkflowDefinition.of("w", steps)
                        .withConcurrencyMax(2)
                        .withLimits(List.of(LimitDefinition.capacity("gpu", 1))),
                -1);
        assertFastStartsEachTenMs();
        assertThat(startsMs).containsEntry("slow0", 0L).doesNotContainKey("slow1");
    }

    @Test
    void shouldUseThePlaceOfWhoeverBacksOff() {
        steps.add(StepDefinition.of("slow").withRetry(new RetryPolicy(1, 10_000 * MS, 1, 10_000 * MS, 0)));
        steps.add(StepDefinition.of("other").withScheduling(Scheduling.PLAIN.withPriority(-10)));
        addFast(Scheduling.PLAIN);
        play(WorkflowDefinition.of("w", steps).withConcurrencyMax(2), 30);
        assertFastStartsEachTenMs();
        assertThat(startsMs).containsEntry("slow", 0L).containsEntry("other", 30L);
    }
}

package io.signalbox.kernel.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who goes next is found at a price that what waits does not raise. */
class LimitLinesTest {
    private static final int LIMITS = 1_000;
    private static final long MS = 1_000_000;

    /** The limits of a run, and how often somebody has asked them. */
    private static final class Counted implements Allowance {
        final RunLimits limits;
        long looks;

        Counted(final RunLimits limits) {
            this.limits = limits;
        }

        @Override
        public int count() {
            return limits.count();
        }

        @Override
        public boolean fits(final int limit, final int units, final long nowNs) {
            looks++;
            return limits.fits(limit, units, nowNs);
        }

        @Override
        public boolean hasTokens(final int limit, final int units, final long nowNs) {
            looks++;
            return limits.hasTokens(limit, units, nowNs);
        }

        @Override
        public long hasTokensAtNs(final int limit, final int units) {
            looks++;
            return limits.hasTokensAtNs(limit, units);
        }
    }

    /** The steps of a run, as the flow assigns them. */
    private static final class Run {
        final WorkflowPlan plan;
        final RunLimits limits;
        final Counted counted;
        final ReadySteps ready;
        final Deque<Integer> inFlight = new ArrayDeque<>();
        int assigned;

        Run(final WorkflowDefinition definition) {
            plan = WorkflowCompiler.compile(definition);
            limits = new RunLimits(plan, 0);
            counted = new Counted(limits);
            ready = new ReadySteps(plan, counted);
            for (int step = 0; step < plan.stepCount(); step++) {
                ready.add(step);
            }
        }

        void assign(final long nowNs) {
            for (int step = ready.next(nowNs); step >= 0; step = ready.next(nowNs)) {
                final int limit = ready.blocker(step, nowNs);
                if (limit >= 0) {
                    ready.block(step, limit);
                } else {
                    ready.remove(step);
                    limits.take(step, nowNs);
                    inFlight.addLast(step);
                    assigned++;
                }
            }
        }

        void endOne() {
            final int step = inFlight.removeFirst();
            limits.giveBack(step);
            ready.givenBack(step);
        }
    }

    private static WorkflowDefinition definition(final int stepsEach, final boolean isRate) {
        final List<LimitDefinition> limits = new ArrayList<>();
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < LIMITS; i++) {
            final String name = "limit" + i;
            limits.add(isRate ? LimitDefinition.rate(name, 1, (1 + i % 7) * MS) : LimitDefinition.capacity(name, 1));
            for (int each = 0; each < stepsEach; each++) {
                steps.add(StepDefinition.of("s" + i + "-" + each)
                        .withScheduling(Scheduling.PLAIN.using(new LimitUse(name, 1))));
            }
        }
        return WorkflowDefinition.of("w", steps).withLimits(limits);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void shouldAskALimitOnlyWhenSomethingHasHappenedToIt(final int stepsEach) {
        final Run run = new Run(definition(stepsEach, false));
        run.assign(0);
        while (!run.inFlight.isEmpty()) {
            run.endOne();
            run.assign(0);
        }
        assertThat(run.assigned).isEqualTo(LIMITS * stepsEach);
        assertThat(run.counted.looks / run.assigned)
                .as("questions for each step, of %d limits that somebody waits for", LIMITS)
                .isLessThan(10);
    }

    @Test
    void shouldAskALimitAgainWhenItsRateHasHadItsTime() {
        final int stepsEach = 4;
        final Run run = new Run(definition(stepsEach, true));
        final int[] assigned = new int[30];
        for (int ms = 0; ms < 30; ms++) {
            run.assign(ms * MS);
            assigned[ms] = run.assigned;
        }
        assertThat(assigned[0]).as("one of each").isEqualTo(LIMITS);
        assertThat(assigned[1]).as("one more where a period is 1 ms").isEqualTo(LIMITS + (LIMITS + 6) / 7);
        assertThat(assigned[29]).isEqualTo(LIMITS * stepsEach);
        assertThat(run.counted.looks / run.assigned).isLessThan(10);
    }

    @Test
    void shouldAskNobodyWhenNothingHasHappened() {
        final Run run = new Run(definition(3, false));
        run.assign(0);
        final long looks = run.counted.looks;
        for (int i = 0; i < 1_000; i++) {
            run.assign(i);
        }
        assertThat(run.counted.looks).isEqualTo(looks);
    }
}

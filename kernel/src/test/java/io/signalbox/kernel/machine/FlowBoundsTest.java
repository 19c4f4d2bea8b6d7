package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One step that leads to 100,000, and a gate over as many: turns stay bounded, and everything comes. */
class FlowBoundsTest {
    private static final int MEMBERS = 100_000;
    private static final int SUCCEEDED = 1;
    private static final int FAILED = 2;

    private final Map<FactType, Integer> facts = new EnumMap<>(FactType.class);
    private final FlowMachine flow = new FlowMachine(fact -> facts.merge(fact.type(), 1, Integer::sum));

    /** Step 0 is the source, 1 to 100,000 the members, then the gate and what needs it. */
    private long start(final Gate gate) {
        final List<StepDefinition> steps = new ArrayList<>();
        final List<String> members = new ArrayList<>();
        steps.add(StepDefinition.of("source"));
        for (int i = 1; i <= MEMBERS; i++) {
            members.add("m" + i);
            steps.add(StepDefinition.of("m" + i, "source"));
        }
        steps.add(StepDefinition.gate("gate", gate, members));
        steps.add(StepDefinition.of("after", "gate"));
        return flow.start(WorkflowDefinition.of("wide", steps));
    }

    private int count(final FactType type) {
        return facts.getOrDefault(type, 0);
    }

    @Test
    void shouldFanOutAndDropInBoundedTurns() {
        final long run = start(Gate.of(GateRule.FIRST, Superfluous.CANCEL));
        flow.finish(run, 0, 1, SUCCEEDED);
        assertThat(count(FactType.TASK_ASSIGNED)).isEqualTo(1 + MEMBERS);
        flow.finish(run, 77, 1, SUCCEEDED);
        assertThat(count(FactType.STEP_CANCELLED)).isEqualTo(MEMBERS - 1);
        assertThat(flow.machine().inspector().step(run, MEMBERS + 1).winner()).isEqualTo(77);
        flow.finish(run, MEMBERS + 2, 1, SUCCEEDED);
        assertThat(flow.machine().inspector().state(run)).isEqualTo(RunState.SUCCEEDED);
        assertThat(flow.factsMost()).isLessThanOrEqualTo(FactLog.FACTS_MAX);
    }

    @Test
    void shouldOpenAGateWhenTheLastOfVeryManyHasEnded() {
        final long run = start(Gate.of(GateRule.BEST_EFFORT, Superfluous.AWAIT));
        flow.finish(run, 0, 1, SUCCEEDED);
        for (int i = 1; i <= MEMBERS; i++) {
            assertThat(count(FactType.STEP_READY)).isEqualTo(1 + MEMBERS);
            flow.finish(run, i, 1, i % 3 == 0 ? FAILED : SUCCEEDED);
        }
        assertThat(flow.machine().inspector().step(run, MEMBERS + 2).state()).isEqualTo(StepState.ASSIGNED);
        assertThat(flow.factsMost()).isLessThanOrEqualTo(FactLog.FACTS_MAX);
    }

    @Test
    void shouldStopAVeryWideRunInBoundedTurns() {
        final long run = start(Gate.of(GateRule.ALL, Superfluous.AWAIT));
        flow.finish(run, 0, 1, SUCCEEDED);
        flow.finish(run, MEMBERS, 1, FAILED);
        assertThat(flow.machine().inspector().state(run)).isEqualTo(RunState.FAILED);
        assertThat(count(FactType.STEP_CANCELLED)).isEqualTo(MEMBERS + 1);
        assertThat(count(FactType.RUN_FINISHED)).isEqualTo(1);
        assertThat(flow.factsMost()).isLessThanOrEqualTo(FactLog.FACTS_MAX);
    }
}

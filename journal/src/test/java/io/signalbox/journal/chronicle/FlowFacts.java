package io.signalbox.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often things happened to each run of a journal, over all lives of its kernel. Reading holds already that the journal's marks are met, and that no step was
 * given to a worker before all that it needs had ended.
 */
final class FlowFacts {
    private static final Set<FactType> OF_RUNS =
            EnumSet.of(FactType.RUN_STARTED, FactType.RUN_COMPENSATING, FactType.RUN_FINISHED);
    private static final Set<FactType> OF_STEPS = EnumSet.of(
            FactType.STEP_SUCCEEDED,
            FactType.STEP_FAILED,
            FactType.STEP_SKIPPED,
            FactType.STEP_CANCELLED,
            FactType.STEP_RETRIED);

    /** One run. */
    static final class Happened {
        final WorkflowDefinition definition;
        final Map<String, Integer> times = new TreeMap<>();
        private final Set<String> ended = new HashSet<>();

        Happened(final WorkflowDefinition definition) {
            this.definition = definition;
        }

        private void note(final Fact fact) {
            final FactType type = fact.type();
            if (OF_RUNS.contains(type)) {
                times.merge(type.name(), 1, Integer::sum);
            } else if (OF_STEPS.contains(type)) {
                final String step = definition.steps().get(fact.step()).id();
                times.merge(type + " " + step, 1, Integer::sum);
                if (type != FactType.STEP_RETRIED) {
                    ended.add(step);
                }
            } else if (type == FactType.TASK_ASSIGNED) {
                final StepDefinition step = definition.steps().get(fact.step());
                assertThat(ended)
                        .as("what had ended when %s was given to a worker", step.id())
                        .containsAll(step.needs());
            }
        }
    }

    private final Map<Long, Happened> runs = new LinkedHashMap<>();

    private FlowFacts() {}

    /** By handle of the run, in the order in which they were started. */
    static Map<Long, Happened> of(final Path folder) {
        final FlowFacts happened = new FlowFacts();
        FactReading.read(folder, ScriptedKernel.LIMITS, (machine, facts, fact) -> happened.note(machine, fact));
        return happened.runs;
    }

    private void note(final CoordinationMachine machine, final Fact fact) {
        if (fact.type() == FactType.RUN_STARTED) {
            runs.put(
                    fact.run(), new Happened(machine.inspector().run(fact.run()).definition()));
        }
        final Happened run = runs.get(fact.run());
        if (run != null && (OF_RUNS.contains(fact.type()) || isOfStep(fact.type()))) {
            run.note(fact);
        }
    }

    private static boolean isOfStep(final FactType type) {
        return OF_STEPS.contains(type) || type == FactType.TASK_ASSIGNED;
    }
}

package io.signalbox.kernel.pattern;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.Placement;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps that an expansion has made so far, by id. */
final class StepBook {
    static final int STEPS_MAX = 10_000;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final double JITTER = 0.1;

    private final LinkedHashMap<String, StepDefinition> steps = new LinkedHashMap<>();
    private boolean isOverfull;

    /** Whether it takes no further step. */
    boolean isFull() {
        return steps.size() == STEPS_MAX;
    }

    boolean has(final String id) {
        return steps.containsKey(id);
    }

    List<StepDefinition> steps() {
        return new ArrayList<>(steps.values());
    }

    List<String> ids() {
        return new ArrayList<>(steps.keySet());
    }

    void add(final PatternScope scope, final String path, final StepDefinition step) {
        if (steps.containsKey(step.id())) {
            scope.problem(
                    path, PatternFault.DUPLICATE_ID, "there is a task '" + step.id() + "' already; ids are unique");
        } else if (isFull() && isOverfull) {
            return; // said once
        } else if (isFull()) {
            isOverfull = true;
            scope.problem(path, PatternFault.TOO_LARGE, "a pattern makes at most " + STEPS_MAX + " steps");
        } else {
            steps.put(step.id(), step);
        }
    }

    /** A task for somebody. Of what it needs, what is not in the book is done already. */
    StepDefinition task(final TaskTemplate task, final List<String> needs, final Map<String, ?> about) {
        final List<String> open =
                new ArrayList<>(needs.stream().filter(this::has).distinct().toList());
        final TreeMap<String, Object> fields = new TreeMap<>(about);
        fields.put("task_type", task.taskType());
        fields.put("phase_id", task.phaseId());
        fields.put("description", task.description());
        fields.put("priority", task.priority().name());
        fields.put("input", task.input());
        if (task.when() != null) {
            fields.put("when", task.when().document());
            if (has(task.when().task()) && !open.contains(task.when().task())) {
                open.add(task.when().task());
            }
        }
        return StepDefinition.of(task.id(), open)
                .withTimeoutNs(task.timeoutNs())
                .withRetry(
                        task.retriesMax() == 0
                                ? RetryPolicy.NONE
                                : new RetryPolicy(task.retriesMax(), SECOND_NS, 2, 60 * SECOND_NS, JITTER))
                .withScheduling(Scheduling.PLAIN
                        .withPriority(task.priority().scheduling())
                        .on(new Placement(task.agent(), task.role(), task.capabilities())))
                .withPayload(PatternStep.of(PatternStep.Kind.TASK, fields).encode());
    }

    static StepDefinition gate(
            final PatternStep.Kind kind,
            final String id,
            final Gate gate,
            final List<String> members,
            final long timeoutNs,
            final Map<String, ?> about) {
        return StepDefinition.gate(id, gate, members)
                .withTimeoutNs(timeoutNs)
                .withPayload(PatternStep.of(kind, about).encode());
    }
}

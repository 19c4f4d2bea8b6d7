package io.signalbox.kernel.machine;

import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.OnFailure;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a definition says, by index, with what can be read off it in one look: who needs whom, who undoes whom, whose failure others judge. */
final class NaiveDefinition {
    final WorkflowDefinition said;
    final List<StepDefinition> steps;
    final List<Set<Integer>> needs = new ArrayList<>();
    final List<Set<Integer>> dependents = new ArrayList<>();
    final Map<Integer, Integer> compensations = new HashMap<>();
    final Map<Integer, Integer> undone = new HashMap<>();
    final Map<Integer, Integer> timerFrom = new HashMap<>();
    final Map<Integer, List<Integer>> timed = new HashMap<>();
    final List<Map<Integer, Integer>> uses = new ArrayList<>();
    final Set<Integer> judged = new HashSet<>();

    NaiveDefinition(final WorkflowDefinition said) {
        this.said = said;
        steps = said.steps();
        final Map<String, Integer> index = new HashMap<>();
        for (final StepDefinition step : steps) {
            index.put(step.id(), index.size());
            needs.add(new LinkedHashSet<>());
            dependents.add(new TreeSet<>());
        }
        final List<String> limits =
                said.limits().stream().map(LimitDefinition::name).toList();
        for (int i = 0; i < steps.size(); i++) {
            final StepDefinition step = steps.get(i);
            for (final String need : step.needs()) {
                needs.get(i).add(index.get(need));
                dependents.get(index.get(need)).add(i);
            }
            if (!step.compensates().isEmpty()) {
                compensations.put(index.get(step.compensates()), i);
                undone.put(i, index.get(step.compensates()));
            }
            if (!step.gate().timerFrom().isEmpty()) {
                timerFrom.put(i, index.get(step.gate().timerFrom()));
                timed.computeIfAbsent(timerFrom.get(i), from -> new ArrayList<>())
                        .add(i);
            }
            final Map<Integer, Integer> units = new LinkedHashMap<>();
            step.scheduling().uses().forEach(use -> units.put(limits.indexOf(use.limit()), use.units()));
            uses.add(units);
        }
        int known = -1;
        while (known < judged.size()) {
            known = judged.size();
            for (int i = steps.size() - 1; i >= 0; i--) {
                if (!dependents.get(i).isEmpty() && dependents.get(i).stream().allMatch(this::judges)) {
                    judged.add(i);
                }
            }
        }
    }

    private boolean judges(final int dependent) {
        if (!isGate(dependent)) {
            return judged.contains(dependent);
        }
        return steps.get(dependent).gate().rule() != GateRule.ALL || absorbs(dependent);
    }

    boolean isGate(final int step) {
        return steps.get(step).kind() == StepKind.GATE;
    }

    /** Whether the run has not failed when this step fails. */
    boolean absorbs(final int step) {
        return switch (steps.get(step).onFailure()) {
            case RUN_DEPENDENTS -> true;
            case COMPENSATE -> false;
            default -> judged.contains(step);
        };
    }

    boolean runsDependents(final int step) {
        return steps.get(step).onFailure() == OnFailure.RUN_DEPENDENTS;
    }

    boolean compensates() {
        return said.onError() == OnError.COMPENSATE;
    }
}

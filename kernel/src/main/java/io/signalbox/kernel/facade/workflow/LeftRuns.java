package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.workflow.RunSummary;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds what an earlier process left in the journal, and compares it with what is given to go on with it. */
final class LeftRuns {
    private record Left(RunSummary run, RunTicket ticket) {
        String id() {
            return ticket.kind().executionId(run, ticket);
        }
    }

    private final Kernel kernel;

    LeftRuns(final Kernel kernel) {
        this.kernel = kernel;
    }

    private List<Left> all(final WorkKind kind, final Predicate<Left> wanted) {
        final List<Left> all = new ArrayList<>();
        for (final RunSummary run : kernel.tasks().summaries()) {
            final RunTicket ticket = RunTicket.in(run.inputs());
            if (ticket != null && (kind == null || ticket.kind() == kind)) {
                all.add(new Left(run, ticket));
            }
        }
        all.removeIf(wanted.negate());
        return all;
    }

    /** What is open and nobody of this process has. */
    List<OpenWorkflow> open(final Predicate<byte[]> isServed) {
        final List<OpenWorkflow> open = new ArrayList<>();
        for (final Left left : all(null, left -> isOpen(left) && !isServed.test(left.run.inputs()))) {
            open.add(new OpenWorkflow(left.ticket.kind(), left.id(), left.ticket.coordination(), left.run.handle()));
        }
        return open;
    }

    private static boolean isOpen(final Left left) {
        return !left.run.state().isFinal();
    }

    /** Whether a run of this name has not ended. */
    boolean isOpen(final WorkKind kind, final String name) {
        return !all(kind, left -> isOpen(left) && left.ticket.name().equals(name))
                .isEmpty();
    }

    /**
     * The newest run of this id, whether it has ended or not.
     *
     * @throws WorkflowNotResumableException when there is none, or its steps are not these.
     */
    RunSummary ofId(final WorkKind kind, final String executionId, final WorkflowDefinition given) {
        return all(kind, left -> left.id().equals(executionId)).stream()
                .max(Comparator.comparingLong(left -> left.run.startedNs()))
                .map(left -> matching(left, given))
                .orElseThrow(() -> new WorkflowNotResumableException("there is no run of " + kind.word() + " '"
                        + executionId + "' to go on with; there are " + ids(all(kind, left -> true))));
    }

    /**
     * The only open run of a coordination.
     *
     * @throws WorkflowNotResumableException when there is none, there are several, or its steps are not these.
     */
    RunSummary openIn(final WorkKind kind, final Coordination coordination, final WorkflowDefinition given) {
        final List<Left> here = all(kind, left -> left.run.coordination() == coordination.handle());
        final List<Left> open = here.stream().filter(LeftRuns::isOpen).toList();
        if (open.size() != 1) {
            throw new WorkflowNotResumableException("coordination '" + coordination.name() + "' has " + open.size()
                    + " open runs of " + kind.word() + " " + ids(open)
                    + ", where one is expected; say which: there are "
                    + ids(here));
        }
        return matching(open.get(0), given);
    }

    private static List<String> ids(final List<Left> left) {
        return left.stream().map(Left::id).toList();
    }

    // ------------------------------------------------------------------ comparing

    /** A run goes on with the terms that it was started with; what has to be the same is which steps there are, and what each needs. */
    private static RunSummary matching(final Left left, final WorkflowDefinition given) {
        final Map<String, StepDefinition> before = byId(left.run.plan().definition());
        final Map<String, StepDefinition> now = byId(given);
        final List<String> differences = new ArrayList<>();
        before.forEach((id, step) -> {
            final StepDefinition same = now.remove(id);
            if (same == null) {
                differences.add("step '" + id + "' is not given");
            } else if (!new HashSet<>(same.needs()).equals(new HashSet<>(step.needs())) || same.kind() != step.kind()) {
                differences.add("step '" + id + "' needs " + step.needs() + ", not " + same.needs());
            }
        });
        now.keySet().forEach(id -> differences.add("it has no step '" + id + "'"));
        if (!differences.isEmpty()) {
            throw new WorkflowNotResumableException("run '" + left.id() + "' of an earlier process cannot go on with "
                    + "what is given: " + String.join("; ", differences) + ". Its steps stay open");
        }
        return left.run;
    }

    private static Map<String, StepDefinition> byId(final WorkflowDefinition definition) {
        final Map<String, StepDefinition> steps = new LinkedHashMap<>();
        definition.steps().forEach(step -> steps.put(step.id(), step));
        return steps;
    }
}

package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Writes the instances of a plan out, in declared order; the gate of a {@code foreach} stands behind its instances. */
final class Expansion {
    private final WorkflowFile workflow;
    private final Map<String, List<JsonNode>> items;
    private final Needs needs;
    private final List<Plan.PlannedStep> planned = new ArrayList<>();
    private long edges;

    Expansion(final WorkflowFile workflow, final Map<String, List<JsonNode>> items, final Needs needs) {
        this.workflow = workflow;
        this.items = items;
        this.needs = needs;
    }

    List<Plan.PlannedStep> instances() {
        for (final Step step : workflow.steps()) {
            if (needs.isThere(step.id())) {
                expand(step);
            } else if (Needs.hasGate(step)) {
                requireEnough(step.id(), step.flow().strategy().orElseThrow(), 0);
            }
        }
        return planned;
    }

    private void expand(final Step step) {
        final List<Integer> before = needs.of(step);
        final List<JsonNode> own = items.get(step.id());
        edges += (long) before.size() * (own == null ? 1 : own.size());
        if (edges > Limits.NEEDS_MAX) {
            throw new PlanException("workflow '" + workflow.name() + "' has more than " + Limits.NEEDS_MAX
                    + " needs between steps after 'foreach' is expanded, the limit is reached in step '" + step.id()
                    + "'; put one step without foreach between the two lists");
        }
        if (own == null) {
            single(step, before);
            return;
        }
        final int first = planned.size();
        for (int i = 0; i < own.size(); i++) {
            final String undoes = undone(step, "[" + i + "]");
            planned.add(new Plan.PlannedStep(
                    planned.size(),
                    step.id() + "[" + i + "]",
                    step,
                    OptionalInt.of(i),
                    Optional.of(own.get(i)),
                    before,
                    Optional.empty(),
                    undoes));
        }
        if (Needs.hasGate(step)) {
            gate(step, first);
        }
    }

    private void single(final Step step, final List<Integer> before) {
        Optional<Run.Gate> gate = Optional.empty();
        if (step.run() instanceof Run.Gate found) {
            requireEnough(step.id(), found.strategy(), before.size());
            gate = Optional.of(found);
        }
        planned.add(new Plan.PlannedStep(
                planned.size(),
                step.id(),
                step,
                OptionalInt.empty(),
                Optional.empty(),
                before,
                gate,
                undone(step, "")));
    }

    private static String undone(final Step step, final String suffix) {
        return step.flow().compensates().map(id -> id + suffix).orElse("");
    }

    private void gate(final Step step, final int first) {
        final Strategy strategy = step.flow().strategy().orElseThrow();
        final List<Integer> members =
                IntStream.range(first, planned.size()).boxed().toList();
        requireEnough(step.id(), strategy, members.size());
        final String begin = step.id() + ".begin";
        final Run.Gate gate =
                new Run.Gate(Run.Block.FOREACH, strategy, step.needs().contains(begin) ? begin : "");
        final Step decided = Step.idle(
                step.id(),
                gate,
                step.needs(),
                strategy.timeout(),
                step.line(),
                Flow.PLAIN.in(step.flow().parent()));
        planned.add(new Plan.PlannedStep(
                planned.size(),
                step.id(),
                decided,
                OptionalInt.empty(),
                Optional.empty(),
                members,
                Optional.of(gate),
                ""));
    }

    private void requireEnough(final String id, final Strategy strategy, final int members) {
        if (strategy.required() > members) {
            throw new PlanException("'" + id + "' of workflow '" + workflow.name() + "' requires " + strategy.required()
                    + " successes of " + members + (members == 1 ? " step" : " steps")
                    + ", which can never be; require fewer, or give its foreach more items");
        }
    }
}

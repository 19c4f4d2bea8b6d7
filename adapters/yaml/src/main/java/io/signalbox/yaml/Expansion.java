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
            } else if (needs.hasGate(step)) {
                ForeachItems.requireEnough(step.id(), step.flow().strategy().orElseThrow(), 0);
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
        final String begin = step.id() + ".begin";
        planned.addAll(instances(step, own, before, planned.size(), step.needs().contains(begin) ? begin : ""));
    }

    /** The instances of a step whose items became known on the way; the time of the gate behind them counts from then. */
    static List<Plan.PlannedStep> of(
            final Plan.PlannedStep open, final List<JsonNode> items, final List<Integer> before, final int first) {
        return instances(open.step(), items, before, first, "");
    }

    private static List<Plan.PlannedStep> instances(
            final Step step,
            final List<JsonNode> own,
            final List<Integer> before,
            final int first,
            final String timerFrom) {
        final List<Plan.PlannedStep> instances = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            instances.add(new Plan.PlannedStep(
                    first + i,
                    step.id() + "[" + i + "]",
                    step,
                    OptionalInt.of(i),
                    Optional.of(own.get(i)),
                    before,
                    Optional.empty(),
                    undone(step, "[" + i + "]"),
                    false));
        }
        step.flow().strategy().ifPresent(strategy -> {
            ForeachItems.requireEnough(step.id(), strategy, own.size());
            instances.add(gate(step, strategy, first, own.size(), timerFrom));
        });
        return instances;
    }

    private void single(final Step step, final List<Integer> before) {
        Optional<Run.Gate> gate = Optional.empty();
        if (step.run() instanceof Run.Gate found) {
            ForeachItems.requireEnough(step.id(), found.strategy(), before.size());
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
                undone(step, ""),
                false));
    }

    private static String undone(final Step step, final String suffix) {
        return step.flow().compensates().map(id -> id + suffix).orElse("");
    }

    private static Plan.PlannedStep gate(
            final Step step, final Strategy strategy, final int first, final int count, final String timerFrom) {
        final Run.Gate gate = new Run.Gate(Run.Block.FOREACH, strategy, timerFrom);
        final Step decided = Step.idle(
                step.id(),
                gate,
                step.needs(),
                strategy.timeout(),
                step.line(),
                Flow.PLAIN.in(step.flow().parent()));
        return new Plan.PlannedStep(
                first + count,
                step.id(),
                decided,
                OptionalInt.empty(),
                Optional.empty(),
                IntStream.range(first, first + count).boxed().toList(),
                Optional.of(gate),
                "",
                false);
    }
}

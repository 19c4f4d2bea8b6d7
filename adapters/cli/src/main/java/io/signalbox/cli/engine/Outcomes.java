package io.signalbox.cli.engine;

import io.signalbox.cli.view.JsonView;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.OnFailure;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What placeholders learn of the steps of a run, from its journal: the same for a run that went through and for one that was resumed. Any thread. */
final class Outcomes {
    private final WorkflowRunHandle run;
    private final RunRecord record;
    private final Map<Integer, Scope.StepOutcome> known = new ConcurrentHashMap<>();

    Outcomes(final WorkflowRunHandle run, final RunRecord record) {
        this.run = run;
        this.record = record;
    }

    /** By the id in the file; the instances of a {@code foreach} in order, those of one with a winner as that winner. */
    Optional<Scope.StepOutcomes> of(final String id) {
        final List<Scope.StepOutcome> instances = new ArrayList<>();
        boolean isForeach = record.definition()
                .workflow()
                .step(id)
                .map(step -> step.foreach().isPresent())
                .orElse(false);
        final boolean isDeclaredForeach = isForeach;
        for (final Plan.PlannedStep planned : record.plan().steps()) {
            if (planned.step().id().equals(id)) {
                if (!planned.isGate()) {
                    instances.add(outcome(planned, isJudged(planned)));
                } else if (!isForeach
                        || planned.gate().orElseThrow().strategy().rule().hasWinner()) {
                    instances.clear();
                    instances.add(outcome(planned, false));
                    isForeach = false;
                }
            }
        }
        return instances.isEmpty() && !isDeclaredForeach
                ? Optional.empty()
                : Optional.of(new Scope.StepOutcomes(isForeach, instances));
    }

    /** Whether others go on without its result. */
    private static boolean isJudged(final Plan.PlannedStep planned) {
        return planned.step().flow().strategy().isPresent()
                || planned.step()
                        .flow()
                        .onFailure()
                        .filter(OnFailure.RUN_DEPENDENTS::equals)
                        .isPresent();
    }

    private Scope.StepOutcome outcome(final Plan.PlannedStep planned, final boolean mayBeMissing) {
        final Scope.StepOutcome kept = known.get(planned.index());
        if (kept != null) {
            return kept;
        }
        final StepSnapshot step = run.step(planned.index());
        final Scope.StepOutcome outcome = planned.isGate() ? ofGate(planned, step) : ofStep(step, mayBeMissing);
        if (step.state().isFinal()) {
            known.put(planned.index(), outcome);
        }
        return outcome;
    }

    private Scope.StepOutcome ofStep(final StepSnapshot step, final boolean mayBeMissing) {
        final Optional<AttemptResult> result = record.result(step);
        final Map<String, String> paths = new LinkedHashMap<>();
        result.ifPresent(found -> found.outputs()
                .forEach((name, file) -> paths.put(name, file.path().toString())));
        final Optional<JsonNode> value = result.flatMap(AttemptResult::result);
        return new Scope.StepOutcome(
                record.state(step).word(),
                result.map(AttemptResult::exitCode).orElse(OptionalInt.empty()),
                value.isEmpty() && mayBeMissing ? Optional.of(NullNode.getInstance()) : value,
                paths);
    }

    private Scope.StepOutcome ofGate(final Plan.PlannedStep planned, final StepSnapshot step) {
        final Run.Gate gate = planned.gate().orElseThrow();
        final Optional<JsonNode> result;
        if (gate.strategy().rule().hasWinner()) {
            result = step.winner() < 0
                    ? Optional.empty()
                    : outcome(record.plan().steps().get(step.winner()), false).result();
        } else if (gate.block() == Run.Block.PATTERN && planned.needs().size() == 1) {
            result = outcome(record.plan().steps().get(planned.needs().get(0)), false)
                    .result();
        } else {
            result = Optional.of(members(planned));
        }
        return new Scope.StepOutcome(record.state(step).word(), OptionalInt.empty(), result, Map.of());
    }

    private JsonNode members(final Plan.PlannedStep gate) {
        final ObjectNode members = JsonView.MAPPER.createObjectNode();
        for (final int index : gate.needs()) {
            final Plan.PlannedStep member = record.plan().steps().get(index);
            final Optional<JsonNode> result = outcome(member, false).result();
            final String name = nameIn(gate, member);
            if (member.foreachIndex().isPresent()) {
                final ArrayNode list = members.has(name) ? (ArrayNode) members.get(name) : members.putArray(name);
                list.add(result.orElse(NullNode.getInstance()));
            } else {
                result.ifPresent(value -> members.set(name, value));
            }
        }
        return members;
    }

    private static String nameIn(final Plan.PlannedStep gate, final Plan.PlannedStep member) {
        final String inside = gate.id() + "/";
        final String id = member.step().id();
        return id.startsWith(inside) ? id.substring(inside.length()) : id.substring(id.lastIndexOf('/') + 1);
    }
}

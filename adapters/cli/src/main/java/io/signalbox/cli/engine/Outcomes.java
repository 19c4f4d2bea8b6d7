package io.signalbox.cli.engine;

import io.signalbox.cli.view.JsonView;
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
    private final LiveRun live;
    private final Map<Integer, Scope.StepOutcome> known = new ConcurrentHashMap<>();

    Outcomes(final LiveRun live) {
        this.live = live;
    }

    /** By the id in the file; the instances of a {@code foreach} in order, those of one with a winner as that winner. */
    Optional<Scope.StepOutcomes> of(final String id) {
        final List<Scope.StepOutcome> instances = new ArrayList<>();
        final RunRecord record = live.words();
        boolean isForeach = record.definition()
                .workflow()
                .step(id)
                .map(step -> step.foreach().isPresent())
                .orElse(false);
        final boolean isDeclaredForeach = isForeach;
        for (final Plan.PlannedStep planned : record.plan().steps()) {
            if (planned.step().id().equals(id)) {
                if (planned.isOpen()) {
                    isForeach = planned.isOpened() || !isUnopenedEnd(planned);
                    if (!isForeach) {
                        instances.add(outcome(planned, isJudged(planned)));
                    }
                } else if (!planned.isGate()) {
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

    /** Whether a {@code foreach} came to an end that is none of its instances', because its items never became known. */
    private boolean isUnopenedEnd(final Plan.PlannedStep open) {
        final io.signalbox.kernel.workflow.StepState state =
                live.step(open.index()).state();
        return state.isFinal() && state != io.signalbox.kernel.workflow.StepState.SUCCEEDED;
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
        final StepSnapshot step = live.step(planned.index());
        final Scope.StepOutcome outcome = planned.isGate() ? ofGate(planned, step) : ofStep(step, mayBeMissing);
        if (step.state().isFinal()) {
            known.put(planned.index(), outcome);
        }
        return outcome;
    }

    private Scope.StepOutcome ofStep(final StepSnapshot step, final boolean mayBeMissing) {
        final RunRecord record = live.words();
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
        final RunRecord record = live.words();
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
            final Plan.PlannedStep member = live.plan().steps().get(index);
            final String name = nameIn(gate, member);
            if (member.isOpen()) {
                members.set(name, together(of(member.step().id()).orElseThrow()));
                continue;
            }
            final Optional<JsonNode> result = outcome(member, false).result();
            if (member.foreachIndex().isPresent()) {
                final ArrayNode list = members.has(name) ? (ArrayNode) members.get(name) : members.putArray(name);
                list.add(result.orElse(NullNode.getInstance()));
            } else {
                result.ifPresent(value -> members.set(name, value));
            }
        }
        return members;
    }

    /** The results of a {@code foreach}, or of the one that stands for it. */
    private static JsonNode together(final Scope.StepOutcomes outcomes) {
        final List<JsonNode> results = outcomes.instances().stream()
                .map(instance -> instance.result().orElse(NullNode.getInstance()))
                .toList();
        if (!outcomes.isForeach()) {
            return results.get(0);
        }
        final ArrayNode list = JsonView.MAPPER.createArrayNode();
        results.forEach(list::add);
        return list;
    }

    private static String nameIn(final Plan.PlannedStep gate, final Plan.PlannedStep member) {
        final String inside = gate.id() + "/";
        final String id = member.step().id();
        return id.startsWith(inside) ? id.substring(inside.length()) : id.substring(id.lastIndexOf('/') + 1);
    }
}

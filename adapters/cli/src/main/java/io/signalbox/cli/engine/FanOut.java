package io.signalbox.cli.engine;

import io.signalbox.cli.view.JsonView;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import io.signalbox.yaml.OnFailure;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run that a {@code foreach} step goes on as, with one step for each item. It stands in the same journal: what it belongs to travels as its inputs, its items as the
 * payload of its definition. A run of a workflow file has no inputs in the kernel's sense.
 *
 * @param of handle of the run whose step it is
 * @param step id of the step
 */
record FanOut(long of, String step) {

    /** What a run belongs to; empty for one of a workflow file. */
    static Optional<FanOut> of(final RunSnapshot run) {
        if (run.inputs().length == 0) {
            return Optional.empty();
        }
        final JsonNode node = JsonView.MAPPER.readTree(new String(run.inputs(), StandardCharsets.UTF_8));
        return Optional.of(
                new FanOut(node.path("of").asLong(), node.path("step").asString()));
    }

    byte[] inputs() {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("of", of);
        node.put("step", step);
        return JsonView.MAPPER.writeValueAsBytes(node);
    }

    /** The items that such a run carries. */
    static List<JsonNode> items(final RunSnapshot run) {
        final List<JsonNode> items = new ArrayList<>();
        JsonView.MAPPER
                .readTree(new String(run.definition().payload(), StandardCharsets.UTF_8))
                .forEach(items::add);
        return items;
    }

    /** What the kernel is given: the instances, under the file's concurrency and limits. */
    static WorkflowDefinition definition(
            final RunDefinition definition, final Plan plan, final Plan.PlannedStep open, final List<JsonNode> items) {
        final ArrayNode payload = JsonView.MAPPER.createArrayNode();
        items.forEach(payload::add);
        final WorkflowDefinition instances = new KernelSteps(definition.workflow(), Plan.of(open, items)).definition();
        return new WorkflowDefinition(
                definition.workflow().name() + "/" + open.id(),
                instances.concurrencyMax(),
                isCollecting(definition, plan, open) ? OnError.COLLECT_ALL : OnError.FAIL_FAST,
                0,
                instances.limits(),
                instances.steps(),
                JsonView.MAPPER.writeValueAsBytes(payload));
    }

    /** Whether the other instances go on when one has failed for good: as they would if they were steps of the run itself. */
    private static boolean isCollecting(final RunDefinition definition, final Plan plan, final Plan.PlannedStep open) {
        final Optional<OnFailure> meaning = open.step().flow().onFailure();
        if (meaning.isPresent()) {
            return meaning.get() != OnFailure.COMPENSATE;
        }
        final List<Plan.PlannedStep> dependents = plan.steps().stream()
                .filter(step -> step.needs().contains(open.index()))
                .toList();
        final boolean isAbsorbed = !dependents.isEmpty()
                && dependents.stream()
                        .allMatch(step -> step.gate()
                                .map(gate -> gate.strategy().rule() != Strategy.Rule.ALL)
                                .orElse(false));
        return isAbsorbed || definition.workflow().onError() == io.signalbox.yaml.OnError.COLLECT_ALL;
    }
}

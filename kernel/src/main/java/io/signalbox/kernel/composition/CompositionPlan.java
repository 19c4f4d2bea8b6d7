package io.signalbox.kernel.composition;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A composition as steps that need each other, each behind those that it needs. Immutable. */
public final class CompositionPlan {
    /** Most steps of a plan. */
    public static final int STEPS_MAX = 100_000;
    /** Most needs and inputs of all steps of a plan together. */
    public static final int EDGES_MAX = 1_000_000;

    private final Map<String, PlannedStep> steps = new LinkedHashMap<>();

    private CompositionPlan(final List<PlannedStep> planned) {
        planned.forEach(step -> steps.put(step.id(), step));
    }

    /**
     * Plan a composition without sub-workflows.
     *
     * @throws InvalidCompositionException when ids stand twice, parts need each other, or a limit is passed.
     */
    public static CompositionPlan of(final Composition composition) {
        return new CompositionPlan(new CompositionCompiler().compile(composition));
    }

    /** Plan a composition, with what its templates make in the place of its sub-workflows. */
    public static CompositionPlan of(final Composition composition, final TemplateLibrary templates) {
        return of(templates.expand(composition));
    }

    /** The steps, each behind those that it needs. */
    public List<PlannedStep> steps() {
        return List.copyOf(steps.values());
    }

    /**
     * The step of an id.
     *
     * @throws InvalidCompositionException when there is none.
     */
    public PlannedStep step(final String id) {
        final PlannedStep step = steps.get(id);
        InvalidCompositionException.unless(step != null, "no step is called '" + id + "'");
        return step;
    }

    /**
     * The same as a workflow: a step for each step, which needs the same. Its payload is JSON with {@code kind}, {@code component},
     * {@code version}, {@code arguments}, {@code inputs} and {@code guards}, for workers that know the component; one that has the plan
     * asks {@link CompositionRunner#perform}. A step that its guards keep back is to succeed, so that those behind it go on.
     *
     * @throws InvalidCompositionException when an argument cannot be written as JSON.
     */
    public WorkflowDefinition toDefinition(final String name) {
        return WorkflowDefinition.of(
                name, steps.values().stream().map(CompositionPlan::definition).toList());
    }

    private static StepDefinition definition(final PlannedStep planned) {
        final Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("kind", planned.isCondition() ? "condition" : "step");
        payload.put("inputs", planned.inputs());
        payload.put("guards", planned.guards());
        if (!planned.isCondition()) {
            payload.put("component", planned.step().component());
            payload.put(
                    "version",
                    planned.step().version() == null
                            ? ""
                            : planned.step().version().toString());
            payload.put("arguments", planned.step().arguments());
        }
        try {
            return StepDefinition.of(planned.id(), planned.needs().toArray(String[]::new))
                    .withPayload(DocumentValue.of(payload).toString().getBytes(StandardCharsets.UTF_8));
        } catch (final IllegalArgumentException e) {
            throw new InvalidCompositionException(
                    "the arguments of step '" + planned.id() + "' cannot be written down: " + e.getMessage());
        }
    }
}

package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.composition.CompositionPlan;
import io.signalbox.kernel.composition.CompositionResult;
import io.signalbox.kernel.composition.CompositionRunner;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.Map;
import java.util.Objects;

/**
 * Carries out compositions through the kernel, so that another process goes on with them when this one dies: what a step made, and what it wrote to variables, is written down with its
 * end. Any thread, any number of compositions at once.
 */
public final class CompositionWorkflow {
    private final WorkflowEngine engine;
    private final Coordination coordination;
    private final CompositionRunner runner;

    /** @param runner does the steps. */
    public CompositionWorkflow(
            final WorkflowEngine engine, final Coordination coordination, final CompositionRunner runner) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.coordination = Objects.requireNonNull(coordination, "coordination");
        this.runner = Objects.requireNonNull(runner, "runner");
    }

    /**
     * Carry out a plan, and wait until it has ended. When the calling thread is interrupted, it is cancelled, and the flag stays.
     *
     * @param name what {@link #resume} finds it by; not empty.
     * @param globals the outermost variables.
     * @param onError whether a failure cancels everything that has not begun, or only what needs the failed step.
     * @throws InvalidWorkflowPartException when the name is empty.
     * @throws IllegalStateException when one of this name was begun and has not ended.
     * @throws io.signalbox.kernel.CommandRefusedException when the kernel has no room for it.
     */
    public CompositionResult run(
            final String name, final CompositionPlan plan, final Map<String, ?> globals, final OnError onError) {
        Compiling.requireId("the name of a composition", name);
        if (engine.left().isOpen(WorkKind.COMPOSITION, name)) {
            throw new IllegalStateException(
                    "composition '" + name + "' was begun before and has not ended; resume it, or cancel its run");
        }
        final ComposedRun run = new ComposedRun(runner, plan, globals, engine.codec());
        final RunSnapshot ended = engine.run(
                coordination,
                definition(name, plan).withOnError(onError),
                RunTicket.of(WorkKind.COMPOSITION, coordination, name),
                run,
                started -> {});
        return run.result(ended);
    }

    /**
     * Go on with the composition of this name that an earlier process has left in the kernel's journal: steps that have ended are not carried out again, and what they made and wrote is
     * there. Of several the newest; one that has ended is only told.
     *
     * @param plan of the same steps with the same needs.
     * @param globals as they were given before.
     * @throws WorkflowNotResumableException when there is no such composition, or its steps are others; they stay open then.
     */
    public CompositionResult resume(final String name, final CompositionPlan plan, final Map<String, ?> globals) {
        final ComposedRun run = new ComposedRun(runner, plan, globals, engine.codec());
        return run.result(engine.resume(
                engine.left().ofId(WorkKind.COMPOSITION, name, definition(name, plan)), run, started -> {}));
    }

    private static WorkflowDefinition definition(final String name, final CompositionPlan plan) {
        return WorkflowDefinition.of(
                name,
                plan.steps().stream()
                        .map(step -> StepDefinition.of(step.id(), step.needs().toArray(String[]::new))
                                .withPayload(WorkflowEngine.payload(StepLoad.IO)))
                        .toList());
    }
}

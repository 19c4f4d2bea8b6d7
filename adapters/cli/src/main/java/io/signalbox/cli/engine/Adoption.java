package io.signalbox.cli.engine;

import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Input;
import io.signalbox.yaml.PatternSteps;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.WorkflowFile;
import io.signalbox.yaml.WorkflowFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A run goes on with its workflow file as it is now: in the same journal a new run begins, which takes over what has finished. */
record Adoption(RunFolder folder, RunSnapshot before, RunDefinition definition, Carried carried) {

    /**
     * What would be adopted.
     *
     * @throws CommandException when steps that have finished are others now
     */
    static Adoption of(final RunFolder folder, final RunSnapshot run, final List<RunSnapshot> all)
            throws CommandException {
        final RunRecord record = RunRecord.of(folder, run, all);
        final RunSnapshot before = record.snapshot();
        final RunDefinition old = record.definition();
        final WorkflowFile now = WorkflowFiles.load(old.source());
        final ObjectNode inputs = inputs(old.inputs(), now);
        final RunDefinition definition = new RunDefinition(PatternSteps.expand(now, inputs), old.source(), inputs);
        final Plan plan = definition.plan();
        final Map<String, Carried.End> ends = new LinkedHashMap<>();
        final List<String> changed = new ArrayList<>();
        for (final StepSnapshot step : before.steps()) {
            final StepState state = record.state(step);
            final Plan.PlannedStep planned = record.planned(step);
            if ((state == StepState.SUCCEEDED || state == StepState.SKIPPED)
                    && !planned.isGate()
                    && record.isShown(step)) {
                final Optional<Plan.PlannedStep> same = Reuse.counterpart(plan, planned);
                if (same.isEmpty() || !Reuse.isSame(planned, same.get())) {
                    changed.add(step.id() + (same.isEmpty() ? " (gone)" : ""));
                } else {
                    ends.put(step.id(), Carried.End.of(record, step));
                }
            }
        }
        if (!changed.isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "run " + folder.id() + " cannot adopt " + old.source()
                            + ": steps that have finished are not the same any more: " + String.join(", ", changed)
                            + "; go on without --adopt, or start a new run");
        }
        return new Adoption(folder, before, definition, new Carried(ends));
    }

    private static ObjectNode inputs(final ObjectNode old, final WorkflowFile now) throws CommandException {
        final ObjectNode inputs = old.objectNode();
        for (final Input input : now.inputs()) {
            if (old.has(input.name())) {
                inputs.set(input.name(), old.get(input.name()));
            } else if (input.defaultValue().isPresent()) {
                inputs.set(input.name(), input.defaultValue().get());
            } else {
                throw new CommandException(
                        ExitCode.WRONG_USE,
                        "the workflow file now requires input '" + input.name()
                                + "', which this run was never given; give it a default, or start a new run");
            }
        }
        return inputs;
    }

    /** Journals the new definition and starts it; what was open of the old one is cancelled. */
    RunSnapshot into(final Kernel kernel, final RunView view) throws CommandException {
        try {
            carried.write(folder);
            clearAttempts();
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE, "the run's folder cannot be used: " + KernelEngine.reason(e), e);
        }
        Remains.end(folder, before, view);
        if (!before.state().isFinal()) {
            kernel.tasks().run(before.handle()).cancel().orThrow();
        }
        FanOuts.cancelRest(kernel, before.handle());
        final int id = kernel.deploy(definition.toKernel());
        final long run = kernel.coordination(KernelEngine.COORDINATION)
                .start(id, new byte[0])
                .handle();
        view.notice("adopted " + definition.source() + ": " + carried.steps().size()
                + (carried.steps().size() == 1 ? " step that has finished stays" : " steps that have finished stay"));
        return kernel.tasks().run(run).snapshot();
    }

    /** Attempts are counted anew: the folders of those that do not stay are put aside. */
    private void clearAttempts() throws IOException {
        for (final StepSnapshot step : before.steps()) {
            if (!carried.steps().containsKey(step.id())) {
                folder.clearAttempts(step.id());
            }
        }
    }
}

package io.signalbox.cli.engine;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import java.util.List;
import java.util.Optional;

/** A run in an open kernel, with the runs that its steps go on as. Any thread. */
final class LiveRun {
    private final Kernel kernel;
    private final WorkflowRunHandle run;
    private volatile RunRecord words;
    private volatile List<Plan.PlannedStep> blocks;

    LiveRun(final Kernel kernel, final long run, final RunFolder folder, final RunDefinition definition) {
        this.kernel = kernel;
        this.run = kernel.tasks().run(run);
        final RunSnapshot snapshot = this.run.snapshot();
        know(new RunRecord(folder, definition, Frame.of(run, definition.plan()), snapshot));
        know(record());
    }

    private void know(final RunRecord record) {
        words = record;
        blocks = record.plan().steps().stream()
                .filter(step -> step.isGate() && !step.step().isHidden())
                .toList();
    }

    /** The run of the workflow file. */
    WorkflowRunHandle root() {
        return run;
    }

    RunFolder folder() {
        return words.folder();
    }

    RunDefinition definition() {
        return words.definition();
    }

    /** All steps, as far as they are known. */
    Plan plan() {
        return words.plan();
    }

    /** The blocks among them. */
    List<Plan.PlannedStep> blocks() {
        return blocks;
    }

    /** What the state of a step means; where the steps of this record stand is out of date. */
    RunRecord words() {
        return words;
    }

    /** Where everything stands now. */
    RunRecord record() {
        final List<RunSnapshot> all = kernel.tasks().runs();
        return words.at(of(all, run.handle()), all);
    }

    private static RunSnapshot of(final List<RunSnapshot> all, final long handle) {
        return all.stream().filter(one -> one.handle() == handle).findFirst().orElseThrow();
    }

    /** A run that one of the steps goes on as has begun. */
    void add(final WorkflowRunHandle part) {
        know(words.with(part.snapshot()));
    }

    /** Looks again what there is: a run that has been reopened may do steps again that had gone on as others. */
    void lookAgain() {
        know(record());
    }

    /** Where one step stands now, by its index among all. */
    StepSnapshot step(final int index) {
        final Frame frame = words.frame();
        final Frame.Part part = frame.part(index);
        return frame.moved(index, kernel.tasks().run(part.run()).step(index - part.first()));
    }

    /** Which steps are skipped with a block. */
    LeftOut leftOut() {
        return new LeftOut(words, this::step);
    }

    /** The step that one of the runs calls {@code index}; empty when that run is none of ours. */
    Optional<Plan.PlannedStep> planned(final long of, final int index) {
        return words.frame().planned(of, index);
    }

    /** The run that a step goes on as; empty when it has not begun. */
    Optional<WorkflowRunHandle> partOf(final Plan.PlannedStep open) {
        return words.frame().partOf(open).map(part -> kernel.tasks().run(part.run()));
    }
}

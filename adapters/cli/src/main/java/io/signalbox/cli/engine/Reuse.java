package io.signalbox.cli.engine;

import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run that begins in the middle takes from the newest run of the same file. */
record Reuse(RunFolder from, Carried carried) {

    /**
     * What is taken; empty for a run that takes nothing.
     *
     * @throws CommandException naming what is missing
     */
    static Optional<Reuse> of(final RunRequest request, final RunDefinition definition) throws CommandException {
        final Set<String> taken = request.selection().taken(definition.workflow());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        final RunRecord before = newest(request.data(), definition.source())
                .orElseThrow(() -> new CommandException(
                        ExitCode.WRONG_USE,
                        "--from " + request.selection().from().orElseThrow()
                                + " takes what stands before from the newest run of "
                                + definition.source() + ", and there is none in " + request.data()
                                + "; run it without --from first"));
        final Map<String, Carried.End> ends = new LinkedHashMap<>();
        final List<String> missing = new ArrayList<>();
        final Plan plan = definition.plan();
        for (final Plan.PlannedStep planned : plan.steps()) {
            if (taken.contains(planned.step().id()) && !planned.isGate()) {
                for (final Plan.PlannedStep part : parts(before, planned)) {
                    take(before, plan, part, planned, ends, missing);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "--from " + request.selection().from().orElseThrow() + " cannot take from run "
                            + before.folder().id() + ": " + String.join(", ", missing)
                            + "; resume that run, or begin earlier");
        }
        return Optional.of(new Reuse(before.folder(), new Carried(ends)));
    }

    /** What a step was in the run before: one that went on as a run of its own, its instances. */
    private static List<Plan.PlannedStep> parts(final RunRecord before, final Plan.PlannedStep planned) {
        final Optional<Plan.PlannedStep> same = before.plan().step(planned.id());
        if (!planned.isOpen() || same.isEmpty() || !same.get().isOpened()) {
            return same.map(List::of).orElse(List.of(planned));
        }
        return before.plan().steps().stream()
                .filter(step -> step.foreachIndex().isPresent()
                        && step.undoes().isEmpty()
                        && step.step().id().equals(planned.id()))
                .toList();
    }

    /** Takes one of the parts of a step. */
    private static void take(
            final RunRecord before,
            final Plan plan,
            final Plan.PlannedStep part,
            final Plan.PlannedStep now,
            final Map<String, Carried.End> ends,
            final List<String> missing) {
        if (before.plan().step(part.id()).isEmpty()) {
            missing.add(part.id() + " (not there)");
            return;
        }
        final StepSnapshot step = before.snapshot().steps().get(part.index());
        final StepState state = before.state(step);
        final boolean isGood = state == StepState.SUCCEEDED || state == StepState.SKIPPED;
        if (!isSame(part, now)) {
            missing.add(part.id() + " (it has changed since)");
        } else if (isGood || state.isFinal() && Selection.canBeMissed(plan, now)) {
            ends.put(part.id(), Carried.End.of(before, step));
        } else {
            missing.add(part.id() + " (" + state.word().replace('_', ' ') + ")");
        }
    }

    /** Whether a step would do the same: where it stands in the file does not count. */
    static boolean isSame(final Plan.PlannedStep one, final Plan.PlannedStep other) {
        return (other.isOpen()
                        ? one.step().foreach().equals(other.step().foreach())
                        : one.foreachItem().equals(other.foreachItem()))
                && isSame(one.step(), other.step());
    }

    /** What a step of an earlier run is in a plan: an instance whose items are not known yet is the step that will have it. */
    static Optional<Plan.PlannedStep> counterpart(final Plan plan, final Plan.PlannedStep before) {
        return plan.step(before.id())
                .or(() -> before.foreachIndex().isPresent()
                        ? plan.step(before.step().id()).filter(Plan.PlannedStep::isOpen)
                        : Optional.empty());
    }

    private static boolean isSame(final Step one, final Step other) {
        return one.run().equals(other.run())
                && one.when().map(Object::toString).equals(other.when().map(Object::toString))
                && one.env().equals(other.env())
                && one.result() == other.result()
                && one.outputs().equals(other.outputs())
                && one.needs().equals(other.needs())
                && one.flow().recovery().equals(other.flow().recovery());
    }

    /** The newest run of a file that can be read. */
    static Optional<RunRecord> newest(final Path data, final Path source) throws CommandException {
        final List<RunFolder> newestFirst;
        try {
            newestFirst = new ArrayList<>(RunFolder.all(data));
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE, "the runs in " + data + " cannot be read: " + KernelEngine.reason(e), e);
        }
        Collections.reverse(newestFirst);
        for (final RunFolder folder : newestFirst) {
            final Optional<RunRecord> record =
                    readable(folder).filter(found -> found.definition().source().equals(source));
            if (record.isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    /** A run that cannot be read, or never began, is not the newest of anything. */
    private static Optional<RunRecord> readable(final RunFolder folder) {
        try {
            return Optional.of(RunReader.record(folder));
        } catch (final CommandException e) {
            return Optional.empty();
        }
    }

    /** Puts what is taken into a new run's folder. */
    void into(final RunFolder folder) throws CommandException {
        try {
            carried.copyFiles(from, folder);
            carried.write(folder);
            Origin.write(folder, words());
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE,
                    "what is taken from run " + from.id() + " cannot be copied: " + KernelEngine.reason(e),
                    e);
        }
    }

    String words() {
        return carried.steps().size() + (carried.steps().size() == 1 ? " step" : " steps") + " taken from run "
                + from.id();
    }
}

package io.signalbox.cli.engine;

import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.yaml.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The steps of a run, and behind them those of the runs that its steps went on as, in the order in which these began: one row with one index. What is added stands
 * behind what is there. Immutable.
 */
final class Frame {
    private final Plan base;
    private final Plan plan;
    private final List<Part> parts;

    /**
     * The steps of one run in the row.
     *
     * @param run its handle
     * @param first index of its first step in the row
     * @param count how many steps it has
     */
    record Part(long run, int first, int count) {
        private StepSnapshot moved(final StepSnapshot step) {
            return first == 0
                    ? step
                    : new StepSnapshot(
                            first + step.index(),
                            step.id(),
                            step.state(),
                            step.attempts(),
                            step.failures(),
                            step.exitCode(),
                            step.sinceNs(),
                            step.untilNs(),
                            step.openNeeds(),
                            step.winner() < 0 ? -1 : first + step.winner(),
                            step.quality(),
                            step.blockedBy(),
                            step.worker(),
                            step.result(),
                            step.detail());
        }
    }

    private Frame(final Plan base, final Plan plan, final List<Part> parts) {
        this.base = base;
        this.plan = plan;
        this.parts = List.copyOf(parts);
    }

    /** A run by itself. */
    static Frame of(final long run, final Plan plan) {
        return new Frame(plan, plan, List.of(new Part(run, 0, plan.steps().size())));
    }

    /** All steps in the row. */
    Plan plan() {
        return plan;
    }

    /** The same with all that has begun by now; {@code all} are runs of the journal, the run itself among them. */
    Frame at(final RunSnapshot run, final List<RunSnapshot> all) {
        final List<RunSnapshot> current = current(run, all);
        final List<Long> handles = current.stream().map(RunSnapshot::handle).toList();
        if (handles.equals(parts.stream().skip(1).map(Part::run).toList())) {
            return this;
        }
        Frame frame = of(run.handle(), base);
        for (final RunSnapshot part : current) {
            frame = frame.with(part);
        }
        return frame;
    }

    /** The same with a run that a step goes on as. */
    Frame with(final RunSnapshot part) {
        final Plan.PlannedStep open = open(part).orElseThrow();
        final List<Part> more = new ArrayList<>(parts);
        more.add(new Part(part.handle(), plan.steps().size(), part.steps().size()));
        return new Frame(base, plan.opened(open, FanOut.items(part)), more);
    }

    private Optional<Plan.PlannedStep> open(final RunSnapshot part) {
        return FanOut.of(part).flatMap(fan -> base.step(fan.step())).filter(Plan.PlannedStep::isOpen);
    }

    /** Of each step the newest, unless what its items came from was done again since. */
    private List<RunSnapshot> current(final RunSnapshot run, final List<RunSnapshot> all) {
        final Map<String, RunSnapshot> newest = new LinkedHashMap<>();
        all.stream()
                .filter(part ->
                        FanOut.of(part).filter(fan -> fan.of() == run.handle()).isPresent())
                .sorted(Comparator.comparingLong(RunSnapshot::startedNs))
                .forEach(part -> {
                    final String step = FanOut.of(part).orElseThrow().step();
                    newest.remove(step);
                    newest.put(step, part);
                });
        return newest.values().stream().filter(part -> isCurrent(run, part)).toList();
    }

    private boolean isCurrent(final RunSnapshot run, final RunSnapshot part) {
        final Optional<Plan.PlannedStep> open = open(part);
        return open.isPresent()
                && run.steps().get(open.get().index()).state() != StepState.PENDING
                && open.get().needs().stream()
                        .allMatch(need -> run.steps().get(need).sinceNs() <= part.startedNs());
    }

    /** What all steps of the row stand at, as if they were of one run. */
    RunSnapshot together(final RunSnapshot run, final List<RunSnapshot> all) {
        if (parts.size() == 1) {
            return run;
        }
        final Map<Long, RunSnapshot> byHandle =
                all.stream().collect(Collectors.toMap(RunSnapshot::handle, Function.identity()));
        final List<StepSnapshot> steps = new ArrayList<>(run.steps());
        for (final Part part : parts.subList(1, parts.size())) {
            byHandle.get(part.run()).steps().forEach(step -> steps.add(part.moved(step)));
        }
        return new RunSnapshot(
                run.handle(),
                run.coordination(),
                run.definition(),
                run.state(),
                run.startedNs(),
                run.finishedNs(),
                run.inputs(),
                steps);
    }

    /** The step of the row that a step of one of the runs is; empty for another run. */
    Optional<Plan.PlannedStep> planned(final long run, final int index) {
        return parts.stream()
                .filter(part -> part.run() == run)
                .findFirst()
                .map(part -> plan.steps().get(part.first() + index));
    }

    /** The run that a step of the row belongs to. */
    Part part(final int index) {
        return parts.stream()
                .filter(part -> index >= part.first() && index < part.first() + part.count())
                .findFirst()
                .orElseThrow();
    }

    /** The run that a step goes on as; empty when it has not begun. */
    Optional<Part> partOf(final Plan.PlannedStep open) {
        return plan.steps().get(open.index()).isOpened()
                ? parts.stream()
                        .skip(1)
                        .filter(part ->
                                plan.steps().get(part.first()).step().id().equals(open.id()))
                        .findFirst()
                : Optional.empty();
    }

    /** What one step of the row stands at; {@code step} is how its run sees it. */
    StepSnapshot moved(final int index, final StepSnapshot step) {
        return part(index).moved(step);
    }
}

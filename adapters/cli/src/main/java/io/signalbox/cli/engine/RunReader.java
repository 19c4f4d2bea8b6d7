package io.signalbox.cli.engine;

import io.signalbox.cli.draw.Drawings;
import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.StepState;
import io.signalbox.journal.WriterLock;
import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.replay.Replayer;
import io.signalbox.kernel.context.NearestName;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.WorkflowInspector;
import io.signalbox.yaml.Call;
import io.signalbox.yaml.Placement;
import io.signalbox.yaml.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** Answers questions about a run from its journal, read only, also while it runs. */
final class RunReader {
    private RunReader() {}

    /** What a journal comes to. */
    private record Reading(RunRecord run, Replayer replay) {}

    static Replayed replay(final RunFolder folder, final boolean verifies) throws CommandException {
        final Replayer replay = replayer(folder, verifies);
        return new Replayed(
                replay.commands(),
                replay.machine().appliedPosition(),
                Long.toHexString(replay.machine().stateDigest()),
                replay.marks());
    }

    static RunListing listing(final RunFolder folder) throws CommandException {
        return listing(read(folder));
    }

    /** Where a run stands: STOPPED when nobody runs it and it has not ended, though it may not have begun. */
    static RunState standing(final RunFolder folder) throws CommandException {
        final Replayer replay = replayer(folder, false);
        final boolean hasNotBegun = replay.machine().inspector().runs().length == 0
                && replay.machine().workflows().definition(1) != null;
        final RunState state =
                hasNotBegun ? RunState.RUNNING : reading(folder, replay).run().state();
        return state == RunState.RUNNING && !WriterLock.isHeld(folder.journal()) ? RunState.STOPPED : state;
    }

    private static RunListing listing(final Reading reading) {
        final RunRecord run = reading.run();
        final List<StepSnapshot> steps = run.snapshot().steps().stream()
                .filter(step -> run.isShown(step) && !run.planned(step).isGate())
                .toList();
        final int over =
                (int) steps.stream().filter(step -> step.state().isFinal()).count();
        final long startedNs = run.snapshot().startedNs();
        return new RunListing(
                run.folder().id(),
                run.definition().workflow().name(),
                run.state(),
                run.state() == RunState.RUNNING
                        && WriterLock.isHeld(run.folder().journal()),
                over,
                steps.size(),
                Instant.ofEpochSecond(0, startedNs),
                (reading.replay().machine().appliedTimestampNs() - startedNs) / 1_000_000,
                steps.stream()
                        .filter(step -> run.state(step) == StepState.AWAITING)
                        .map(StepSnapshot::id)
                        .toList());
    }

    static Inspection inspect(final RunFolder folder) throws CommandException {
        final Reading reading = read(folder);
        final RunRecord run = reading.run();
        final List<PlannedStep> plan = Drawings.steps(run.definition().workflow());
        final List<Inspection.Step> steps = new ArrayList<>();
        for (final StepSnapshot step : topological(run, plan)) {
            steps.add(step(run, step));
        }
        final Optional<String> digest =
                run.snapshot().state().isFinal() ? Optional.of(run.resultDigest()) : Optional.empty();
        return new Inspection(
                listing(reading),
                folder.root(),
                run.definition().source(),
                plan,
                steps,
                reading.replay().machine().appliedPosition(),
                digest,
                changes(run.definition()).stream().toList(),
                new Inspection.Pinned(
                        run.definition().digest(),
                        run.definition().workflow().sourceText(),
                        run.definition().inputs().toString(),
                        Origin.read(folder)));
    }

    private static List<StepSnapshot> topological(final RunRecord run, final List<PlannedStep> plan) {
        final Map<String, List<StepSnapshot>> instances = new HashMap<>();
        for (final Plan.PlannedStep instance : run.plan().steps()) {
            if (!instance.isOpened()) {
                instances
                        .computeIfAbsent(instance.step().id(), id -> new ArrayList<>())
                        .add(run.snapshot().steps().get(instance.index()));
            }
        }
        final List<StepSnapshot> sorted = new ArrayList<>();
        plan.forEach(planned -> sorted.addAll(instances.getOrDefault(planned.id(), List.of())));
        for (final Plan.PlannedStep instance : run.plan().steps()) {
            final StepSnapshot step = run.snapshot().steps().get(instance.index());
            if ((!instance.undoes().isEmpty() || instance.step().isHidden()) && run.isShown(step)) {
                sorted.add(step);
            }
        }
        return sorted;
    }

    private static Inspection.Step step(final RunRecord run, final StepSnapshot step) {
        final Optional<AttemptResult> result = run.result(step);
        return new Inspection.Step(
                step.id(),
                run.state(step),
                step.attempts(),
                result.map(AttemptResult::exitCode).orElse(OptionalInt.empty()),
                result.map(AttemptResult::elapsedMs).orElse(0L),
                result.flatMap(AttemptResult::result).map(node -> node.isString() ? node.asString() : node.toString()),
                message(run, step, result),
                run.outputs(step));
    }

    private static String message(final RunRecord run, final StepSnapshot step, final Optional<AttemptResult> result) {
        if (run.planned(step).isGate() || result.isEmpty()) {
            return run.winner(step)
                    .map(winner -> winner + " won")
                    .orElse(run.state(step).isFailure() ? run.failure(step) : "");
        }
        return result.get().message();
    }

    static List<Explanation> explain(final RunFolder folder, final String id) throws CommandException {
        final Reading reading = read(folder);
        final RunRecord run = reading.run();
        final List<Explanation> explanations = new ArrayList<>();
        for (final StepSnapshot step : run.snapshot().steps()) {
            final boolean isAsked = id.isEmpty()
                    ? run.isShown(step) && run.state(step) != StepState.SUCCEEDED
                    : !run.planned(step).isOpened()
                            && (step.id().equals(id) || step.id().startsWith(id + "["));
            if (isAsked) {
                explanations.add(new Explanation(step.id(), run.state(step), reasons(reading, step)));
            }
        }
        final boolean hasNoItems = run.definition()
                .workflow()
                .step(id)
                .filter(step -> step.foreach().isPresent())
                .isPresent();
        if (explanations.isEmpty() && hasNoItems) {
            return List.of(new Explanation(id, StepState.SKIPPED, List.of("its foreach had no items in this run")));
        }
        if (explanations.isEmpty() && !id.isEmpty()) {
            final List<String> known =
                    run.snapshot().steps().stream().map(StepSnapshot::id).toList();
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "run " + folder.id() + " has no step '" + id + "'"
                            + NearestName.hint(id, known) + "; its steps: "
                            + String.join(", ", known));
        }
        return explanations;
    }

    private static List<String> reasons(final Reading reading, final StepSnapshot step) {
        final RunRecord run = reading.run();
        final boolean isLive = WriterLock.isHeld(run.folder().journal());
        final List<String> reasons = new ArrayList<>();
        switch (step.state()) {
            case PENDING -> step.openNeeds().forEach(need -> reasons.add("needs " + need + ", which has not ended"));
            case READY -> {
                final long places = run.snapshot().definition().concurrencyMax();
                placement(run.planned(step)).ifPresent(reasons::add);
                reasons.add(
                        step.blockedBy().isEmpty()
                                ? "ready; waits for one of " + places + " places (concurrency)"
                                : "ready; waits for units of limit " + step.blockedBy());
            }
            case ASSIGNED, STARTED ->
                reasons.add("attempt " + step.attempts()
                        + (isLive
                                ? step.state() == io.signalbox.kernel.workflow.StepState.STARTED
                                        ? " is running"
                                        : " begins as soon as what it needs is free for it"
                                : " was cut off; resume starts another"));
            case BACKING_OFF ->
                reasons.add("attempt " + step.attempts() + " failed; the next one is due "
                        + Duration.ofNanos(step.untilNs() - step.sinceNs()).toMillis() + " ms after it ended");
            case WAITING ->
                reasons.add(
                        run.planned(step).step().isApproval()
                                ? "waits for an answer: signalbox approve "
                                        + run.folder().id() + " " + step.id()
                                : "its items are about to be known");
            case DORMANT -> reasons.add("would undo " + run.planned(step).undoes() + ", which nobody has asked for");
            case SUCCEEDED ->
                reasons.add(
                        run.planned(step).isTask()
                                ? "succeeded in attempt " + step.attempts()
                                : "succeeded"
                                        + run.winner(step)
                                                .map(winner -> ": " + winner + " won")
                                                .orElse(""));
            case SKIPPED -> reasons.add(skipped(run, step));
            case FAILED ->
                reasons.add((run.planned(step).isTask() ? "attempt " + step.attempts() + " failed: " : "failed: ")
                        + run.failure(step));
            case CANCELLED -> reasons.add(cancelled(run, step));
        }
        if (!run.snapshot().state().isFinal() && !isLive && !step.state().isFinal()) {
            reasons.add(
                    "the run is interrupted: signalbox resume " + run.folder().id() + " continues it");
        }
        return reasons;
    }

    /** For whom a step waits that not everybody may have. */
    private static Optional<String> placement(final Plan.PlannedStep planned) {
        final Placement placement = planned.step().flow().placement();
        if (placement.equals(Placement.ANYBODY)) {
            return Optional.empty();
        }
        final List<String> words = new ArrayList<>();
        placement.agent().ifPresent(agent -> words.add("called " + agent));
        placement.role().ifPresent(role -> words.add("of role " + role));
        if (!placement.capabilities().isEmpty()) {
            words.add("able to " + String.join(", ", placement.capabilities()));
        }
        return Optional.of("is for an agent " + String.join(", ", words));
    }

    private static String skipped(final RunRecord run, final StepSnapshot step) {
        return run.result(step)
                .map(AttemptResult::message)
                .filter(message -> !message.isEmpty())
                .or(() -> new LeftOut(run, run.snapshot().steps()::get).why(run.planned(step)))
                .orElse("a step it needs was skipped");
    }

    static String cancelled(final RunRecord run, final StepSnapshot step) {
        for (final Plan.PlannedStep gate : run.plan().steps()) {
            if (gate.isGate() && !gate.step().isHidden() && gate.needs().contains(step.index())) {
                final StepState decided = run.state(run.snapshot().steps().get(gate.index()));
                if (decided == StepState.SUCCEEDED) {
                    return gate.id() + " was decided without it";
                }
                if (decided == StepState.TIMED_OUT) {
                    return "the time of " + gate.id() + " was up";
                }
            }
        }
        return unmet(run, step.index()).orElseGet(() -> switch (run.snapshot().state()) {
            case CANCELLING, CANCELLED -> "the run was cancelled";
            case EXPIRING, EXPIRED -> "the run's time was up";
            default -> "the run stopped because another step failed";
        });
    }

    /** What kept a step from going on, in names of the file: what only holds the graph together is looked through. */
    private static Optional<String> unmet(final RunRecord run, final int index) {
        for (final int need : run.plan().steps().get(index).needs()) {
            final StepSnapshot needed = run.snapshot().steps().get(need);
            final StepState state = run.state(needed);
            final boolean isMember = run.plan().steps().get(index).isGate() && state == StepState.CANCELLED;
            if (isMember || run.planned(needed).step().isHidden()) {
                final Optional<String> behind = unmet(run, need);
                if (behind.isPresent()) {
                    return behind;
                }
            }
            if (!run.planned(needed).step().isHidden() && (state.isFailure() || state == StepState.CANCELLED)) {
                return Optional.of("needs " + needed.id() + ", which "
                        + switch (state) {
                            case FAILED -> "has failed";
                            case TIMED_OUT -> "has timed out";
                            default -> "was cancelled";
                        });
            }
        }
        return Optional.empty();
    }

    /** What a person should know of the workflow's file: that it is not what this run follows. */
    static Optional<String> changes(final RunDefinition definition) {
        Optional<String> change =
                change(definition.source(), definition.workflow().sourceText());
        for (final Call call : definition.workflow().calls()) {
            if (change.isEmpty()) {
                change = change(definition.directory().resolve(call.source()), call.sourceText());
            }
        }
        return change;
    }

    private static Optional<String> change(final Path source, final String pinned) {
        try {
            final String now = Files.readString(source);
            return now.equals(pinned)
                    ? Optional.empty()
                    : Optional.of(source + " has changed since this run began (" + firstChange(pinned, now)
                            + "); the run follows the definition in its journal");
        } catch (final IOException e) {
            return Optional.of(source + " cannot be read any more; the run follows the definition in its journal");
        }
    }

    /** The first line in which two texts differ. */
    static String firstChange(final String pinned, final String now) {
        final List<String> before = pinned.lines().toList();
        final List<String> after = now.lines().toList();
        int line = 0;
        while (line < before.size() && line < after.size() && before.get(line).equals(after.get(line))) {
            line++;
        }
        return "first in line " + (line + 1) + ": was \""
                + (line < before.size() ? before.get(line).strip() : "") + "\", is \""
                + (line < after.size() ? after.get(line).strip() : "") + "\"";
    }

    private static Reading read(final RunFolder folder) throws CommandException {
        return reading(folder, replayer(folder, false));
    }

    private static Reading reading(final RunFolder folder, final Replayer replay) throws CommandException {
        final long[] runs = replay.machine().inspector().runs();
        if (runs.length == 0) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "run " + folder.id() + " was cut off before its first step: start it again with signalbox run");
        }
        final List<RunSnapshot> all = all(replay.machine().inspector(), runs);
        try {
            return new Reading(RunRecord.of(folder, latest(all), all), replay);
        } catch (final JournalException e) {
            throw KernelEngine.trouble(e);
        }
    }

    /** Of the runs of one journal the last of a workflow file that was started: the others it has taken the place of. */
    static RunSnapshot latest(final List<RunSnapshot> all) {
        RunSnapshot latest = null;
        for (final RunSnapshot run : all) {
            if (FanOut.of(run).isEmpty() && (latest == null || run.startedNs() >= latest.startedNs())) {
                latest = run;
            }
        }
        return latest;
    }

    /** The runs of one journal. */
    static List<RunSnapshot> all(final WorkflowInspector inspector, final long[] runs) {
        return LongStream.of(runs).mapToObj(inspector::run).toList();
    }

    /** The run of a folder as it stands in its journal. */
    static RunRecord record(final RunFolder folder) throws CommandException {
        return read(folder).run();
    }

    private static Replayer replayer(final RunFolder folder, final boolean verifies) throws CommandException {
        try (Journal journal = ChronicleJournal.openReadOnly(folder.journal())) {
            return Replayer.replay(journal, KernelEngine.LIMITS, verifies);
        } catch (final JournalException e) {
            throw KernelEngine.trouble(e);
        }
    }
}

package io.signalbox.cli;

import io.signalbox.cli.draw.Drawings;
import io.signalbox.cli.engine.AttemptResult;
import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.Engine;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Explanation;
import io.signalbox.cli.engine.HistoryEntry;
import io.signalbox.cli.engine.Inspection;
import io.signalbox.cli.engine.Replayed;
import io.signalbox.cli.engine.ResumeRequest;
import io.signalbox.cli.engine.RunAnswer;
import io.signalbox.cli.engine.RunAsk;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.engine.RunListing;
import io.signalbox.cli.engine.RunRequest;
import io.signalbox.cli.engine.RunScope;
import io.signalbox.cli.engine.SelfClasspath;
import io.signalbox.cli.engine.StepAttempts;
import io.signalbox.cli.engine.StopRequest;
import io.signalbox.cli.process.SpawnException;
import io.signalbox.cli.process.StepProcess;
import io.signalbox.cli.process.StopReason;
import io.signalbox.cli.view.OutputFile;
import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.RunStart;
import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.RunSummary;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepEnd;
import io.signalbox.cli.view.StepState;
import io.signalbox.journal.replay.SignalAccount;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Scope;
import io.signalbox.yaml.WorkflowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** The simplest engine behind the seam: real processes, one after the other in declared order, no journal. */
final class SequentialEngine implements Engine {
    @Override
    public RunState run(final RunRequest request, final RunView view, final StopRequest stop) throws CommandException {
        try {
            return run(request, RunFolder.create(request.data(), Clock.systemUTC(), new Random()), view, stop);
        } catch (final IOException e) {
            throw new CommandException(ExitCode.JOURNAL_TROUBLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static RunState run(
            final RunRequest request, final RunFolder folder, final RunView view, final StopRequest stop)
            throws IOException {
        final WorkflowFile workflow = request.workflow();
        final Plan plan = Plan.of(workflow, request.inputs());
        final StepAttempts attempts = new StepAttempts(workflow, folder, request.environment());
        final Map<String, List<Scope.StepOutcome>> outcomes = new LinkedHashMap<>();
        final List<OutputFile> outputs = new ArrayList<>();
        final RunScope scope = new RunScope(
                request.inputs(),
                id -> Optional.ofNullable(outcomes.get(id))
                        .map(instances -> new Scope.StepOutcomes(
                                workflow.step(id).orElseThrow().foreach().isPresent(), instances)),
                workflow::call,
                request.environment(),
                Optional.empty(),
                OptionalInt.empty(),
                folder.root(),
                request.workflow().source().toAbsolutePath().getParent(),
                SelfClasspath.text());
        view.runStarted(
                new RunStart(folder.id(), workflow.name(), folder.root(), Drawings.steps(workflow), Map.of(), false));
        RunState state = RunState.SUCCEEDED;
        long stepsMs = 0;
        for (final Plan.PlannedStep step : plan.steps()) {
            if (state != RunState.SUCCEEDED || stop.isRequested()) {
                view.stepCancelled(step.id(), "an earlier step did not succeed");
                continue;
            }
            final RunScope own = step.foreachItem()
                    .map(item -> scope.forInstance(item, step.foreachIndex().orElseThrow()))
                    .orElse(scope);
            final AttemptResult result = attempt(attempts, step, own, view, stop);
            stepsMs += result.elapsedMs();
            view.stepFinished(new StepEnd(
                    step.id(),
                    1,
                    result.state(),
                    result.exitCode(),
                    result.elapsedMs(),
                    result.message(),
                    result.stderrTail(),
                    Optional.empty()));
            final Map<String, String> paths = new LinkedHashMap<>();
            result.outputs().forEach((name, file) -> {
                paths.put(name, file.path().toString());
                outputs.add(new OutputFile(step.id(), name, file.path(), file.sizeBytes(), file.sha256()));
            });
            outcomes.computeIfAbsent(step.step().id(), unknown -> new ArrayList<>())
                    .add(new Scope.StepOutcome(result.state().word(), result.exitCode(), result.result(), paths));
            state = result.state() == StepState.SUCCEEDED ? state : RunState.FAILED;
        }
        state = stop.isRequested() ? RunState.STOPPED : state;
        view.runFinished(new RunSummary(state, stepsMs, stepsMs, 0, 0, outputs, Optional.empty(), Optional.empty()));
        return state;
    }

    private static AttemptResult attempt(
            final StepAttempts attempts,
            final Plan.PlannedStep step,
            final Scope scope,
            final RunView view,
            final StopRequest stop)
            throws IOException {
        try {
            final StepProcess process = attempts.spawn(step, 1, scope);
            view.stepStarted(step.id(), 1, process.identity().pid());
            final var unused = stop.whenRequested().thenRun(() -> process.stop(StopReason.RUN_STOPPED));
            process.go();
            return attempts.conclude(step, 1, process.end().join());
        } catch (final SpawnException e) {
            return attempts.refused(e);
        }
    }

    @Override
    public RunState resume(final ResumeRequest request, final RunView view, final StopRequest stop)
            throws CommandException {
        throw new CommandException(ExitCode.WRONG_USE, "nothing to resume in " + request.data());
    }

    @Override
    public RunAnswer ask(final RunFolder run, final RunAsk ask) {
        return new RunAnswer(!ask.step().equals("pack"), "asked for " + ask.kind() + " " + ask.step());
    }

    @Override
    public RunFolder fork(final RunFolder run, final Path data, final long position) {
        return run;
    }

    @Override
    public List<HistoryEntry> history(final RunFolder run) {
        return List.of(new HistoryEntry(4, Instant.parse("2026-11-21T10:15:30Z"), List.of("run started")));
    }

    @Override
    public RunListing listing(final RunFolder run) throws CommandException {
        if (run.id().endsWith("zzzz")) {
            throw new CommandException(ExitCode.JOURNAL_TROUBLE, "record 7 is damaged");
        }
        return new RunListing(
                run.id(), "demo", RunState.RUNNING, false, 1, 2, Instant.parse("2026-11-21T10:15:30Z"), 1_500);
    }

    @Override
    public Inspection inspect(final RunFolder run) throws CommandException {
        return new Inspection(
                listing(run),
                run.root(),
                Path.of("/demo/workflow.yaml"),
                List.of(new PlannedStep("parse", List.of(), false), new PlannedStep("pack", List.of("parse"), false)),
                List.of(
                        step("parse", StepState.SUCCEEDED, 0, Optional.of("\u001b[31mred"), ""),
                        step("pack", StepState.FAILED, 2, Optional.empty(), "exit code 2")),
                12,
                Optional.empty(),
                List.of("the workflow file has changed since"),
                new Inspection.Pinned("abcd", "steps: []", "{}", Optional.empty()));
    }

    private static Inspection.Step step(
            final String id,
            final StepState state,
            final int exitCode,
            final Optional<String> result,
            final String why) {
        return new Inspection.Step(id, state, 1, OptionalInt.of(exitCode), 750, result, why, List.of());
    }

    @Override
    public List<Explanation> explain(final RunFolder run, final String step) {
        return List.of(new Explanation("pack", StepState.WAITING, List.of("parse has not ended")));
    }

    @Override
    public List<SignalAccount> explainSignal(final RunFolder run, final long position, final String agent) {
        throw new UnsupportedOperationException("no signals here");
    }

    @Override
    public List<SignalAccount> explainSignal(final Path journal, final long position, final String agent) {
        throw new UnsupportedOperationException("no signals here");
    }

    @Override
    public Replayed replay(final RunFolder run, final boolean isVerified) throws CommandException {
        if (run.id().endsWith("zzzz")) {
            throw new CommandException(ExitCode.JOURNAL_TROUBLE, "record 7 is damaged");
        }
        return new Replayed(12, 11, "ab12", isVerified ? 3 : 0);
    }
}

package io.signalbox.cli.engine;

import io.signalbox.cli.draw.Drawings;
import io.signalbox.cli.process.AttemptSpec;
import io.signalbox.cli.process.Leftovers;
import io.signalbox.cli.process.ProcessIdentity;
import io.signalbox.cli.process.StopReason;
import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.RunStart;
import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.RunSummary;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Drives one run to its end: takes the kernel's notices in their order, gives each attempt a thread, waits until nothing of it lives.
 * The kernel decides what runs and when; this class only does it.
 */
final class RunExecution {
    /** What the loop is told besides the kernel's notices. */
    private sealed interface Event {
        record Told(Tasks.Notice notice) implements Event {}

        record AttemptOver() implements Event {}

        record StopAsked() implements Event {}

        record Trouble(Throwable cause) implements Event {}
    }

    private final Kernel kernel;
    private final WorkflowRunHandle run;
    private final RunFolder folder;
    private final RunDefinition definition;
    private final Plan plan;
    private final RunView view;
    private final StopRequest stop;
    private final RunAttempts attempts;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        final Thread thread = new Thread(task, "signalbox-attempt");
        thread.setDaemon(true);
        return thread;
    });
    private final long startedNs = System.nanoTime();
    private int active;

    RunExecution(
            final Kernel kernel,
            final long run,
            final RunFolder folder,
            final RunDefinition definition,
            final Map<String, String> environment,
            final RunView view,
            final StopRequest stop) {
        this.kernel = kernel;
        this.run = kernel.tasks().run(run);
        this.folder = folder;
        this.definition = definition;
        this.plan = definition.plan();
        this.view = view;
        this.stop = stop;
        this.attempts = new RunAttempts(kernel, this.run, folder, definition, plan, environment, view);
    }

    RunState execute(final boolean isResumed) throws CommandException {
        start(isResumed);
        if (isResumed) {
            prepareResume();
        }
        final Thread feed = new Thread(this::feed, "signalbox-feed");
        feed.setDaemon(true);
        feed.start();
        final var unused = stop.whenRequested().thenRun(() -> events.add(new Event.StopAsked()));
        try {
            final boolean ended = loop();
            return finish(ended);
        } finally {
            threads.shutdown();
        }
    }

    private void start(final boolean isResumed) {
        final RunSnapshot snapshot = run.snapshot();
        final RunRecord record = RunRecord.of(folder, snapshot);
        final Map<String, StepState> finishedBefore = new LinkedHashMap<>();
        for (final StepSnapshot step : snapshot.steps()) {
            final StepState state = record.state(step);
            if (isResumed && (state == StepState.SUCCEEDED || state == StepState.SKIPPED)) {
                finishedBefore.put(step.id(), state);
            }
        }
        final List<PlannedStep> steps = Drawings.steps(definition.workflow());
        view.runStarted(new RunStart(
                folder.id(), definition.workflow().name(), folder.root(), steps, finishedBefore, isResumed));
        for (final PlannedStep step : steps) {
            if (step.isForeach()) {
                final long count = plan.steps().stream()
                        .filter(instance -> instance.step().id().equals(step.id()))
                        .count();
                view.instancesKnown(step.id(), (int) count);
            }
        }
    }

    /** Ends what an earlier process left running, then offers those attempts again and reopens what has failed. */
    private void prepareResume() throws CommandException {
        final RunSnapshot snapshot = run.snapshot();
        for (final StepSnapshot step : snapshot.steps()) {
            if (step.worker().length > 0 && mayHaveLeftovers(step)) {
                endLeftovers(step);
            }
        }
        kernel.tasks().reofferInFlight();
        if (snapshot.state().isFinal()) {
            run.retry().orThrow();
        }
        attempts.tellDecisions();
    }

    /** The end of an attempt is reported when nothing of it lives; only one whose end nobody reported can have left something. */
    private static boolean mayHaveLeftovers(final StepSnapshot step) {
        return step.state().isInFlight() || step.state() == io.signalbox.kernel.workflow.StepState.CANCELLED;
    }

    private void endLeftovers(final StepSnapshot step) throws CommandException {
        try {
            final ProcessIdentity identity = ProcessIdentity.parse(new String(step.worker(), StandardCharsets.UTF_8));
            final int ended = Leftovers.kill(identity, AttemptSpec.key(folder.id(), step.id(), step.attempts()));
            if (ended > 0) {
                view.notice("ended " + ended + (ended == 1 ? " process" : " processes") + " that attempt "
                        + step.attempts() + " of " + step.id() + " had left running");
            }
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.WORKFLOW_FAILED,
                    "what attempt " + step.attempts() + " of step " + step.id() + " left running cannot be ended: "
                            + e.getMessage() + "; end it, then resume again",
                    e);
        }
    }

    private void feed() {
        try {
            while (kernel.isOpen()) {
                final Tasks.Notice notice = kernel.tasks().take(1, TimeUnit.HOURS);
                if (notice != null) {
                    events.add(new Event.Told(notice));
                }
            }
            final Throwable cause = kernel.haltCause();
            if (cause != null) {
                events.add(new Event.Trouble(new KernelHaltedException("the kernel has halted: " + cause, cause)));
            }
        } catch (final RuntimeException | Error e) {
            events.add(new Event.Trouble(e));
        }
    }

    /** Whether the run ended; else it was stopped. */
    private boolean loop() throws CommandException {
        boolean ended = run.state().isFinal();
        boolean stopping = false;
        Throwable trouble = null;
        while (!((ended || stopping || trouble != null) && active == 0)) {
            final Event event = take();
            if (event instanceof Event.Told told) {
                if (told.notice() instanceof Tasks.Task task && !stopping && trouble == null) {
                    begin(task);
                } else if (told.notice() instanceof Tasks.Stop unwanted) {
                    attempts.stop(unwanted.index(), unwanted.attempt(), StopReason.CANCELLED);
                } else if (told.notice() instanceof Tasks.RunEnded) {
                    ended = true;
                }
            } else if (event instanceof Event.AttemptOver) {
                active--;
            } else if (event instanceof Event.StopAsked) {
                stopping = true;
                attempts.stopAll();
            } else if (event instanceof Event.Trouble t && trouble == null) {
                trouble = t.cause();
                attempts.stopAll();
            }
        }
        if (trouble != null) {
            throw failure(trouble);
        }
        return ended;
    }

    private Event take() throws CommandException {
        try {
            return events.take();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    private void begin(final Tasks.Task task) {
        active++;
        threads.execute(() -> {
            try {
                attempts.attempt(task);
            } catch (final IOException | RuntimeException | Error e) {
                events.add(new Event.Trouble(e));
            } finally {
                events.add(new Event.AttemptOver());
            }
        });
    }

    private static CommandException failure(final Throwable trouble) {
        if (trouble instanceof KernelHaltedException halted) {
            return KernelEngine.halted(halted);
        }
        if (trouble instanceof IOException) {
            return new CommandException(
                    ExitCode.JOURNAL_TROUBLE,
                    "the run cannot go on: " + trouble.getMessage() + "; resume continues it",
                    trouble);
        }
        throw new IllegalStateException("an attempt broke off: " + trouble, trouble);
    }

    private RunState finish(final boolean ended) {
        attempts.tellDecisions();
        final RunRecord record = RunRecord.of(folder, run.snapshot());
        final long position = kernel.position();
        if (!kernel.awaitSynced(position)) {
            throw new KernelHaltedException("the run's end could not be synced", kernel.haltCause());
        }
        final RunState state = ended ? record.state() : RunState.STOPPED;
        final Optional<String> digest = ended ? Optional.of(record.resultDigest()) : Optional.empty();
        final Optional<String> hint = state == RunState.SUCCEEDED
                ? Optional.empty()
                : Optional.of(
                        "signalbox resume " + folder.id() + (ended ? " tries what failed again" : " continues it"));
        view.runFinished(new RunSummary(
                state,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs),
                attempts.elapsedMs(),
                attempts.retries(),
                position,
                record.outputs(),
                digest,
                hint));
        return state;
    }
}

package io.signalbox.cli.engine;

import io.signalbox.cli.draw.Drawings;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Drives one run to its end: takes the kernel's notices in their order, gives each attempt a thread, waits until nothing of it lives.
 * The kernel decides what runs and when; this class only does it.
 */
final class RunExecution {
    private static final long LOOK_MS = 100;

    /** What the loop is told besides the kernel's notices. */
    private sealed interface Event {
        record Told(Tasks.Notice notice) implements Event {}

        record AttemptOver() implements Event {}

        record StopAsked() implements Event {}

        record Look() implements Event {}

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
    private final Asking asking;
    private final Requests requests;
    private final List<Plan.PlannedStep> questions;
    private final Set<Integer> asked = new HashSet<>();
    private final Carried carried;
    private int active;

    RunExecution(
            final Kernel kernel,
            final long run,
            final RunFolder folder,
            final RunDefinition definition,
            final Map<String, String> environment,
            final RunView view,
            final StopRequest stop)
            throws CommandException {
        this.kernel = kernel;
        this.run = kernel.tasks().run(run);
        this.folder = folder;
        this.definition = definition;
        this.plan = definition.plan();
        this.view = view;
        this.stop = stop;
        this.attempts = new RunAttempts(kernel, this.run, folder, definition, plan, environment, view);
        asking = new Asking(kernel, this.run, folder, plan);
        requests = new Requests(folder);
        questions =
                plan.steps().stream().filter(step -> step.step().isApproval()).toList();
        try {
            carried = Carried.read(folder);
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    private static CommandException unreadable(final IOException e) {
        return new CommandException(
                ExitCode.JOURNAL_TROUBLE, "the run's folder cannot be used: " + KernelEngine.reason(e), e);
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
        final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "signalbox-requests");
            thread.setDaemon(true);
            return thread;
        });
        final var unusedLook =
                looks.scheduleWithFixedDelay(() -> events.add(new Event.Look()), 0, LOOK_MS, TimeUnit.MILLISECONDS);
        try {
            final boolean ended = loop();
            return finish(ended);
        } finally {
            looks.shutdownNow();
            threads.shutdown();
        }
    }

    private void start(final boolean isResumed) {
        final RunSnapshot snapshot = run.snapshot();
        final RunRecord record = RunRecord.of(folder, snapshot);
        final Map<String, StepState> finishedBefore = new LinkedHashMap<>();
        for (final StepSnapshot step : snapshot.steps()) {
            final StepState state = record.state(step);
            if (isResumed && (state == StepState.SUCCEEDED || state == StepState.SKIPPED) && record.isShown(step)) {
                finishedBefore.put(step.id(), state);
                attempts.telling().silence(step.index());
            } else if (carried.steps().containsKey(step.id())) {
                finishedBefore.put(step.id(), carried.steps().get(step.id()).state());
                attempts.telling().silence(step.index());
            }
        }
        final List<PlannedStep> steps = Drawings.steps(definition.workflow());
        view.runStarted(new RunStart(
                folder.id(), definition.workflow().name(), folder.root(), steps, finishedBefore, isResumed));
        for (final PlannedStep step : steps) {
            if (step.isForeach()) {
                final long count = plan.steps().stream()
                        .filter(instance ->
                                !instance.isGate() && instance.step().id().equals(step.id()))
                        .count();
                view.instancesKnown(step.id(), (int) count);
            }
        }
    }

    /** Ends what an earlier process left running, then offers those attempts again and reopens what has failed. */
    private void prepareResume() throws CommandException {
        final RunSnapshot snapshot = run.snapshot();
        Remains.end(folder, snapshot, view);
        kernel.tasks().reofferInFlight();
        if (snapshot.state().isFinal()) {
            run.retry().orThrow();
        }
        attempts.telling().decisions();
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
            } else if (event instanceof Event.Look && !stopping && trouble == null && !ended) {
                look();
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

    /** Answers what was asked from outside, and asks what the run asks. */
    private void look() throws CommandException {
        try {
            for (final Requests.Pending pending : requests.pending()) {
                final RunAnswer answer = asking.answer(pending.ask());
                requests.answer(pending, answer);
                if (answer.isDone()) {
                    view.notice(answer.message()
                            + (pending.ask().comment().isEmpty()
                                    ? ""
                                    : " (" + pending.ask().comment() + ")"));
                }
            }
        } catch (final IOException e) {
            throw unreadable(e);
        }
        for (final Plan.PlannedStep question : questions) {
            ask(question);
        }
        attempts.telling().blocks();
    }

    private void ask(final Plan.PlannedStep question) {
        final StepSnapshot step = run.step(question.index());
        if (step.state() != io.signalbox.kernel.workflow.StepState.WAITING) {
            attempts.telling().decision(step);
        } else if (asked.add(question.index())) {
            final Carried.End before = carried.steps().get(question.id());
            if (before == null) {
                view.answerAwaited(question.id(), attempts.question(question));
            } else {
                attempts.carry(
                        new Tasks.Task(run.handle(), question.index(), Math.max(1, step.attempts()), null), before);
            }
        }
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
        final Carried.End before =
                carried.steps().get(plan.steps().get(task.index()).id());
        if (before != null) {
            attempts.carry(task, before);
            return;
        }
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
        attempts.telling().decisions();
        final RunRecord record = RunRecord.of(folder, run.snapshot());
        final long position = kernel.position();
        if (!kernel.awaitSynced(position)) {
            throw new KernelHaltedException("the run's end could not be synced", kernel.haltCause());
        }
        final RunState state = ended ? record.state() : RunState.STOPPED;
        final Optional<String> digest = ended ? Optional.of(record.resultDigest()) : Optional.empty();
        final Optional<String> hint = state == RunState.SUCCEEDED || state == RunState.COMPENSATED
                ? Optional.empty()
                : Optional.of(
                        "signalbox resume " + folder.id() + (ended ? " tries what failed again" : " continues it"));
        view.runFinished(new RunSummary(
                state,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs),
                attempts.elapsedMs(),
                attempts.telling().retries(),
                position,
                record.outputs(),
                digest,
                hint));
        return state;
    }
}

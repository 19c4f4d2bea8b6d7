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
import java.util.OptionalInt;
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

        record AttemptOver(Plan.PlannedStep planned) implements Event {}

        record StopAsked() implements Event {}

        record Look() implements Event {}

        record Trouble(Throwable cause) implements Event {}
    }

    private final Kernel kernel;
    private final WorkflowRunHandle run;
    private final LiveRun live;
    private final RunFolder folder;
    private final RunDefinition definition;
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
    private final FanOuts fanOuts;
    private final Shares shares;
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
        this.live = new LiveRun(kernel, run, folder, definition);
        this.run = live.root();
        this.folder = folder;
        this.definition = definition;
        this.view = view;
        this.stop = stop;
        this.attempts = new RunAttempts(kernel, live, environment, view);
        final Plan plan = live.plan();
        asking = new Asking(kernel, this.run, folder, plan);
        requests = new Requests(folder);
        questions =
                plan.steps().stream().filter(step -> step.step().isApproval()).toList();
        try {
            carried = Carried.read(folder);
        } catch (final IOException e) {
            throw unreadable(e);
        }
        fanOuts = new FanOuts(kernel, live, attempts, view, carried);
        shares = Shares.of(
                definition.workflow(),
                plan,
                live.words().snapshot().definition().concurrencyMax(),
                System.nanoTime());
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
        final RunRecord record = live.record();
        final Map<String, StepState> finishedBefore = new LinkedHashMap<>();
        for (final StepSnapshot step : record.snapshot().steps()) {
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
                instances(record.plan(), step.id()).ifPresent(count -> view.instancesKnown(step.id(), count));
            }
        }
    }

    /** How many a {@code foreach} has; empty while that is not known. */
    private static OptionalInt instances(final Plan plan, final String id) {
        int count = 0;
        for (final Plan.PlannedStep instance : plan.steps()) {
            if (instance.step().id().equals(id) && !instance.isGate()) {
                if (instance.isOpen() && !instance.isOpened()) {
                    return OptionalInt.empty();
                }
                count += instance.isOpened() ? 0 : 1;
            }
        }
        return OptionalInt.of(count);
    }

    /** Ends what an earlier process left running, then offers those attempts again and reopens what has failed. */
    private void prepareResume() throws CommandException {
        final RunSnapshot snapshot = live.record().snapshot();
        Remains.end(folder, snapshot, view);
        kernel.tasks().reofferInFlight();
        if (snapshot.state().isFinal()) {
            run.retry().orThrow();
            live.lookAgain();
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
        fanOut();
        while (!(active == 0 && (stopping || trouble != null || ended && fanOuts.areOver()))) {
            final Event event = take();
            if (event instanceof Event.Told told) {
                if (told.notice() instanceof Tasks.Task task && !stopping && trouble == null) {
                    offer(task);
                } else if (told.notice() instanceof Tasks.Stop unwanted) {
                    stop(unwanted);
                } else if (told.notice() instanceof Tasks.RunEnded over) {
                    ended |= over.run() == run.handle();
                }
            } else if (event instanceof Event.AttemptOver over) {
                active--;
                shares.giveBack(over.planned());
            } else if (event instanceof Event.Look && !stopping && trouble == null && !ended) {
                look();
            } else if (event instanceof Event.StopAsked) {
                stopping = true;
                attempts.stopAll();
            } else if (event instanceof Event.Trouble t && trouble == null) {
                trouble = t.cause();
                attempts.stopAll();
            }
            if (!stopping && trouble == null) {
                if (mayEndAStep(event)) {
                    fanOut();
                }
                shares.due(System.nanoTime()).forEach(this::begin);
            }
        }
        if (trouble != null) {
            throw failure(trouble);
        }
        return ended;
    }

    private static boolean mayEndAStep(final Event event) {
        return !(event instanceof Event.Told told && told.notice() instanceof Tasks.Task);
    }

    private void fanOut() throws CommandException {
        try {
            fanOuts.look();
        } catch (final IOException e) {
            throw unreadable(e);
        }
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
                        new Tasks.Task(run.handle(), question.index(), Math.max(1, step.attempts()), null),
                        question,
                        before);
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

    /** An attempt that the kernel offers: what an earlier run came to is taken over, everything else begins when it may. */
    private void offer(final Tasks.Task task) {
        live.planned(task.run(), task.index()).ifPresent(planned -> {
            final Carried.End before = carried.steps().get(planned.id());
            if (before == null) {
                shares.add(task, planned);
            } else {
                attempts.carry(task, planned, before);
            }
        });
    }

    private void stop(final Tasks.Stop unwanted) {
        shares.remove(unwanted.run(), unwanted.index(), unwanted.attempt());
        live.planned(unwanted.run(), unwanted.index())
                .ifPresent(planned -> attempts.stop(planned.index(), unwanted.attempt(), StopReason.CANCELLED));
    }

    private void begin(final Shares.Offer offer) {
        active++;
        threads.execute(() -> {
            try {
                attempts.attempt(offer.task(), offer.planned());
            } catch (final IOException | RuntimeException | Error e) {
                events.add(new Event.Trouble(e));
            } finally {
                events.add(new Event.AttemptOver(offer.planned()));
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
        final RunRecord record = live.record();
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

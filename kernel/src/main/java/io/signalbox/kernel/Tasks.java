package io.signalbox.kernel;

import io.signalbox.kernel.command.TaskCommands;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.ring.TaskFeed;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.Handouts;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunSummary;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.WorkflowPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The workers' side of workflows: what they are told, in the kernel's order, and what they report. Any thread. */
public final class Tasks {
    /** What a worker is told. */
    public sealed interface Notice {
        /** Handle of the run it is about. */
        long run();
    }

    /**
     * An attempt is offered; whoever takes the notice owns it.
     *
     * @param run handle of the run.
     * @param index of the step in its definition.
     * @param attempt number of the attempt, from 1.
     * @param step what to do.
     */
    public record Task(long run, int index, int attempt, StepDefinition step) implements Notice {}

    /** An attempt in flight is no longer wanted; its report will be refused. It may come before the offer that it is about. */
    public record Stop(long run, int index, int attempt) implements Notice {}

    /** The run has ended. */
    public record RunEnded(long run) implements Notice {}

    private final Kernel kernel;
    private final TaskDesk desk;

    Tasks(final Kernel kernel, final Driver driver) {
        this.kernel = kernel;
        desk = new TaskDesk(kernel, driver);
    }

    /**
     * Serve the steps of this kernel's runs with functions of this process, from now on.
     *
     * @return what is to be closed when it is over.
     */
    public Workers serve(final WorkerTerms terms) {
        final Workers workers = new Workers(desk, terms);
        desk.add(workers);
        return workers;
    }

    /**
     * The side of one worker that lives elsewhere.
     *
     * @param worker its name; also that of the agent that it is, if it is registered as one.
     */
    public TaskPort port(final String worker) {
        return new TaskPort(kernel, desk, worker);
    }

    /** No new run of a definition; those that there are go on, and its place may be given again. */
    public Receipt release(final int definition) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.submit(new TaskCommands.ReleaseDefinition().with(definition)));
    }

    /**
     * The next notice that is not for {@link #serve workers of this process}, or null at once. Notices wait for who takes them; when nobody does for long, offers that are over and all but the
     * last 8,192 or so stops and ends of runs are dropped. What a run has come to it says itself.
     */
    public Notice poll() {
        return notice(desk.poll());
    }

    /**
     * The next notice that is not for {@link #serve workers of this process}; null when the time is up, the calling thread is interrupted (the flag stays), or the
     * kernel closes.
     */
    public Notice take(final long timeout, final TimeUnit unit) {
        return notice(desk.take(timeout, unit));
    }

    private static Notice notice(final TaskFeed.Entry entry) {
        if (entry == null) {
            return null;
        }
        return switch (entry.what()) {
            case Handouts.OFFER ->
                entry.reader() == null
                        ? new Stop(entry.run(), entry.step(), entry.attempt())
                        : new Task(
                                entry.run(),
                                entry.step(),
                                entry.attempt(),
                                entry.reader().plan().step(entry.step()));
            case Handouts.STOP -> new Stop(entry.run(), entry.step(), entry.attempt());
            default -> new RunEnded(entry.run());
        };
    }

    /**
     * Announce that an attempt is about to start. Journaled when this returns.
     *
     * @param worker how the attempt is found again should this process die, at most the payload limit.
     */
    public Receipt start(final Task task, final byte[] worker) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress, ingress.workflows().startStep(0, task.run(), task.index(), task.attempt(), worker));
    }

    /** Report the end of an attempt. Journaled when this returns; refused when the attempt is no longer the current one. */
    public Receipt finish(
            final Task task, final StepEnding ending, final int exitCode, final byte[] result, final byte[] detail) {
        return finish(task, ending, exitCode, 1, result, detail);
    }

    /**
     * As the other, and say how good the result is, which gates of rule {@link GateRule#COMPETITIVE} compare.
     *
     * @param quality 0 to 1, kept in millionths.
     */
    public Receipt finish(
            final Task task,
            final StepEnding ending,
            final int exitCode,
            final double quality,
            final byte[] result,
            final byte[] detail) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress,
                ingress.workflows()
                        .finishStep(
                                0,
                                task.run(),
                                task.index(),
                                task.attempt(),
                                ending.code(),
                                exitCode,
                                millionths(quality),
                                result,
                                detail));
    }

    /** What is no quality is refused by the machine. */
    private static int millionths(final double quality) {
        return quality >= 0 && quality <= 1 ? (int) Math.round(quality * 1_000_000) : -1;
    }

    /** Every run that is still known. Asked between two turns. */
    public List<RunSnapshot> runs() {
        return kernel.query(() -> {
            final List<RunSnapshot> runs = new ArrayList<>();
            for (final long handle : kernel.machine().inspector().runs()) {
                runs.add(kernel.machine().inspector().run(handle));
            }
            return runs;
        });
    }

    /** Every run that is still known, without its steps. Asked between two turns. */
    public List<RunSummary> summaries() {
        return kernel.query(() -> kernel.machine().inspector().summaries());
    }

    /** The run with this handle. */
    public WorkflowRunHandle run(final long handle) {
        return new WorkflowRunHandle(kernel, handle);
    }

    /** The plan of a deployed definition, or null. Asked between two turns. */
    public WorkflowPlan definition(final int id) {
        return kernel.query(() -> kernel.machine().workflows().definition(id));
    }

    /**
     * Say that the workers of all attempts in flight are gone: each is offered again, as another attempt that does not count as a
     * failure. The kernel does this at open unless its configuration says otherwise.
     */
    public void reofferInFlight() {
        for (final RunSnapshot run : runs()) {
            if (!run.state().isFinal()) {
                for (final StepSnapshot step : run.steps()) {
                    if (step.state().isInFlight()) {
                        final Task task = new Task(run.handle(), step.index(), step.attempts(), null);
                        finish(task, StepEnding.LOST, 0, new byte[0], new byte[0]);
                    }
                }
            }
        }
    }
}

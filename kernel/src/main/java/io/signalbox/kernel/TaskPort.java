package io.signalbox.kernel;

import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.command.TaskCommands;
import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.ring.TaskFeed;
import io.signalbox.kernel.workflow.StepEnding;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One worker's side of the kernel, for workers that live elsewhere: an adapter has a port for each of them and passes on what they say. A worker takes a
 * task, starts it under a lease, is heard of before the lease is over, and ends it. What it says about a task that it no longer has, or never had, is refused
 * by name and changes nothing: {@code ALREADY_CONCLUDED} who answers twice, {@code STALE_ATTEMPT} who comes too late, {@code NOT_YOUR_TASK} who means somebody
 * else's. A task whose lease is over is offered again. Any thread.
 */
public final class TaskPort implements AutoCloseable {
    private final Kernel kernel;
    private final TaskDesk desk;
    private final Workers workers;
    private final int owner;

    TaskPort(final Kernel kernel, final TaskDesk desk, final String worker) {
        this.kernel = kernel;
        this.desk = desk;
        owner = kernel.nameId(worker);
        workers = new Workers(
                desk, WorkerTerms.byHand().asAgent(kernel, worker).handleOthers(context -> StepResult.release()));
        desk.add(workers);
    }

    /** As {@link #take(long, TimeUnit, Duration)}, under the lease of the step; where the step says none it has none until it is started. */
    public Tasks.Task take(final long timeout, final TimeUnit unit) {
        return take(timeout, unit, Duration.ZERO);
    }

    /**
     * The next task: one that was given to an agent of this worker's name, or to nobody in particular. It is this worker's for the length of the lease, in which it is to be
     * {@link #start started} or {@link #heartbeat heard of}; then it is offered again. Null when the time is up, the calling thread is interrupted (the flag stays), or the
     * kernel or the port is closed.
     *
     * @param lease how long the worker may be silent before it starts; zero: as the step says.
     */
    public Tasks.Task take(final long timeout, final TimeUnit unit, final Duration lease) {
        final long untilNs = System.nanoTime() + unit.toNanos(timeout);
        Tasks.Task task = next(timeout, unit);
        while (task != null && !isHeld(task, lease)) {
            task = next(Math.max(0, untilNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return task;
    }

    private Tasks.Task next(final long timeout, final TimeUnit unit) {
        final TaskFeed.Entry entry =
                desk.feed().take(() -> workers.isClosed() ? null : desk.next(workers), timeout, unit);
        return entry == null
                ? null
                : new Tasks.Task(
                        entry.run(),
                        entry.step(),
                        entry.attempt(),
                        entry.reader().plan().step(entry.step()));
    }

    /** Whether the worker has it now; not when it was withdrawn at the last moment. */
    private boolean isHeld(final Tasks.Task task, final Duration lease) {
        final boolean isLeased = !lease.isZero() || task.step().scheduling().leaseNs() > 0;
        return !isLeased
                || submit(heartbeatOf(task).leaseNs(Durations.nanos(lease))).isAccepted();
    }

    private TaskCommands.HeartbeatStep heartbeatOf(final Tasks.Task task) {
        return new TaskCommands.HeartbeatStep().with(0, task.run(), task.index(), task.attempt(), owner);
    }

    /**
     * Begin. The attempt is this worker's from now on.
     *
     * @param worker how it is found again, at most the payload limit.
     * @param lease how long it may be silent; zero: as the step says.
     */
    public Receipt start(final Tasks.Task task, final byte[] worker, final Duration lease) {
        return submit(new WorkflowCommands.StartStep()
                .with(0, task.run(), task.index(), task.attempt(), worker)
                .leaseNs(Durations.nanos(lease))
                .owner(owner));
    }

    /** The worker is alive: the lease of a task that it has taken or started begins anew. */
    public Receipt heartbeat(final Tasks.Task task) {
        return submit(heartbeatOf(task));
    }

    /** The task has ended so. */
    public Receipt finish(final Tasks.Task task, final StepResult end) {
        return submit(new WorkflowCommands.FinishStep()
                .with(0, task.run(), task.index(), task.attempt())
                .ending(end.ending().code())
                .exitCode(end.exitCode())
                .quality((int) Math.round(end.quality() * StepResult.MILLIONTHS))
                .result(end.result())
                .detail(end.detail())
                .owner(owner));
    }

    /** The task has failed; it is tried again as its step says. */
    public Receipt fail(final Tasks.Task task, final String why) {
        return finish(task, StepResult.failure(why));
    }

    /** The worker cannot have it after all: it is offered again, which does not count as a failure. {@link StepEnding#LOST}. */
    public Receipt release(final Tasks.Task task) {
        return finish(task, StepResult.release());
    }

    private Receipt submit(final Request request) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.submit(request));
    }

    /** Take nothing more; what was taken can still be ended. What was offered and not taken is for others. */
    @Override
    public void close() {
        workers.close();
        desk.feed().nudge();
    }
}

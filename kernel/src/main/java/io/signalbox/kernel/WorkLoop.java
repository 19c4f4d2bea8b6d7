package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.ring.TaskFeed.Entry;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.workflow.RunReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Takes what is offered to its workers, does it, reports it, and ends when there is nothing more. One thread at a time. */
final class WorkLoop implements Runnable {
    private static final int LOOKS_MAX = 200;
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(WorkLoop.class, "current", StepContext.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Workers workers;
    private final TaskDesk desk;

    @SuppressWarnings("UnusedVariable") // through CURRENT
    private StepContext current;

    WorkLoop(final Workers workers, final TaskDesk desk) {
        this.workers = workers;
        this.desk = desk;
    }

    /** What it does now, or null while it looks for something to do. Any thread. */
    StepContext current() {
        return (StepContext) CURRENT.getAcquire(this);
    }

    /**
     * Whether it looks for something to do, or will before it ends. Any thread. It is told before the last look: a loop that finds nothing looks once more behind a full
     * fence before it ends, so whoever offers something and sees it looking may leave.
     */
    boolean isLooking() {
        return current() == null;
    }

    @Override
    public void run() {
        try {
            Entry entry = look();
            while (entry != null) {
                perform(entry);
                entry = workers.isClosed() ? null : look();
            }
        } finally {
            workers.retire(this);
        }
    }

    /** Stays a moment: what others report may bring more. */
    private Entry look() {
        Entry entry = desk.next(workers);
        if (entry == null && desk.driver().isServed()) {
            final Spinning spinning = desk.driver().spinning();
            final int spins = spinning.acquire();
            for (int i = 0; i < Math.min(spins, LOOKS_MAX) && entry == null; i++) {
                Spinning.pause(spins);
                entry = desk.next(workers);
            }
            spinning.release(spins);
        }
        return entry;
    }

    /** Whether it was done: one that nobody wants any more is not. */
    boolean perform(final Entry entry) {
        final WorkerTerms.Handler handler = workers.handler(entry);
        if (handler == null) {
            desk.route(entry);
            return false;
        }
        final RunReader run = entry.reader();
        if (!run.isCalm() && !run.isWanted(entry.step(), entry.attempt())) {
            return false;
        }
        final Job job = new Job(new StepContext(desk.kernel(), run, entry.step(), entry.attempt()), handler.function());
        if (workers.isByHand()) {
            job.run();
        } else if (handler.load() == StepLoad.IO) {
            workers.runWaiting(job);
        } else {
            CURRENT.setRelease(this, job.context);
            VarHandle.fullFence();
            workers.onFound();
            if (!run.isCalm() && job.context.isStopped()) {
                job.context.interrupt();
            }
            final StepResult result = job.perform();
            CURRENT.setRelease(this, null);
            job.report(result);
        }
        return true;
    }

    /** One attempt and what does it. */
    record Job(StepContext context, StepFunction function) implements Runnable {
        @Override
        public void run() {
            report(perform());
        }

        StepResult perform() {
            context.begin();
            try {
                final StepResult result = function.perform(context);
                return result != null
                        ? result
                        : StepResult.failureForGood(
                                "the function of step '" + context.step().id() + "' answered null");
            } catch (final Throwable e) {
                return StepResult.failure(e.toString());
            } finally {
                context.end();
            }
        }

        /**
         * Say how it ended, without waiting for the answer: who has no attempt any more is refused, and that changes nothing. A full ring is waited for.
         */
        void report(final StepResult result) {
            if (result.ending() == null) {
                return;
            }
            final WorkflowIngress ingress = context.kernel().ingress().workflows();
            final StepResult fitting = fitting(result);
            final long answer = ingress.offerFinish(context.run(), context.index(), context.attempt(), fitting);
            if (answer == Ingress.BACK_PRESSURED) {
                ingress.finish(context.run(), context.index(), context.attempt(), fitting);
            }
        }

        /** What is too long for the kernel is a failure, and another attempt would not help. */
        private StepResult fitting(final StepResult result) {
            final int lengthMax = context.kernel().config().limits().payloadLengthMax();
            final int length = Math.max(result.result().length, result.detail().length);
            if (length <= lengthMax) {
                return result;
            }
            final String why = Rejection.TOO_LONG + ": the result of step '"
                    + context.step().id() + "' has " + length + " bytes, at most " + lengthMax + " are taken";
            return StepResult.failureForGood(why.length() <= lengthMax ? why : "");
        }
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.ring.TaskFeed.Entry;
import io.signalbox.kernel.wait.VirtualThreads;
import io.signalbox.kernel.workflow.Handouts;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * In-process workers: they do the steps of all runs of a kernel that their {@link WorkerTerms} have a function for, from {@link Tasks#serve} until they are closed. A
 * kernel may have several; what more than one could do is done by those that came first. Any thread.
 *
 * <p>An attempt that is no longer wanted (cancelled, its time up) is told so: {@link StepContext#isStopped} answers true and its thread is interrupted. Its
 * report is refused and changes nothing.
 */
public final class Workers implements AutoCloseable {
    private record Attempt(long run, int step, int number) {}

    private final TaskDesk desk;
    private final WorkerTerms terms;
    private final ConcurrentLinkedQueue<Entry> own = new ConcurrentLinkedQueue<>();
    private final AtomicInteger active = new AtomicInteger(); // loops, at most as many as there are places
    private final AtomicReferenceArray<WorkLoop> places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentMap<Attempt, StepContext> waitingAttempts = new ConcurrentHashMap<>();
    private final Executor executor;
    private final Executor waitingExecutor;
    private final Set<Thread> closers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Workers(final TaskDesk desk, final WorkerTerms terms) {
        this.desk = desk;
        this.terms = terms;
        places = new AtomicReferenceArray<>(Math.max(1, terms.parallelism()));
        final String name = desk.kernel().config().name() + "-worker-";
        executor = terms.executor() != null
                ? terms.executor()
                : Executors.newFixedThreadPool(terms.parallelism(), threads(name));
        final ExecutorService virtual = terms.isByHand() ? null : VirtualThreads.newExecutor();
        waitingExecutor = virtual != null ? virtual : Executors.newCachedThreadPool(threads(name + "io-"));
    }

    private static ThreadFactory threads(final String name) {
        final AtomicInteger number = new AtomicInteger();
        return task -> {
            final Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Do what is offered, on the calling thread, until nothing is left; in INVOKER mode the invoker turns the machine meanwhile. Steps of {@link StepLoad#IO} are
     * done here too.
     *
     * @return how many attempts were done.
     * @throws IllegalStateException when these workers have threads, or are closed.
     */
    public int work() {
        if (!terms.isByHand() || closed) {
            throw new IllegalStateException(
                    closed
                            ? "these workers are closed"
                            : "these workers have an executor; only byHand() ones are called");
        }
        final WorkLoop loop = new WorkLoop(this, desk);
        int done = 0;
        desk.driver().turnIfInvoker();
        for (Entry entry = desk.next(this); entry != null; entry = desk.next(this)) {
            done += loop.perform(entry) ? 1 : 0;
            desk.driver().turnIfInvoker();
        }
        return done;
    }

    boolean isByHand() {
        return terms.isByHand();
    }

    // ------------------------------------------------------------------ what is for these workers

    /** What these workers want has changed: what nobody wanted until now is offered to them too. Any thread. */
    public void lookAgain() {
        desk.lookAgain();
    }

    boolean isOffered(final Entry entry) {
        return entry.what() == Handouts.OFFER && isFor(entry);
    }

    boolean isFor(final Entry entry) {
        return !closed && handler(entry) != null;
    }

    WorkerTerms.Handler handler(final Entry entry) {
        return entry.reader() == null ? null : terms.handler(entry.reader(), entry.step(), entry.attempt());
    }

    /** Somebody else has found this. */
    void put(final Entry entry) {
        own.add(entry);
        VarHandle.fullFence();
        if (closed) {
            giveBack();
        } else {
            startLoop(false);
        }
    }

    Entry pollOwn() {
        return own.isEmpty() ? null : own.poll();
    }

    boolean hasOwn() {
        return !own.isEmpty();
    }

    private void giveBack() {
        for (Entry entry = own.poll(); entry != null; entry = own.poll()) {
            desk.route(entry);
        }
    }

    /** An attempt is no longer wanted. */
    void stop(final Entry entry) {
        final StepContext waitingOne = waitingAttempts.get(new Attempt(entry.run(), entry.step(), entry.attempt()));
        if (waitingOne != null) {
            waitingOne.interrupt();
        }
        for (int i = 0; i < places.length(); i++) {
            final WorkLoop loop = places.get(i);
            final StepContext current = loop == null ? null : loop.current();
            if (current != null && current.isAttempt(entry.run(), entry.step(), entry.attempt())) {
                current.interrupt();
            }
        }
    }

    /** For an attempt that has just been put where {@link #stop} finds it: who looked before has not seen it. */
    static void interruptIfStopped(final StepContext attempt) {
        VarHandle.fullFence();
        if (attempt.isStopped()) {
            attempt.interrupt();
        }
    }

    /** Whoever works on what nobody wants any more is told, also when the notice of it has not been looked at. */
    private void interruptUnwanted() {
        waitingAttempts.values().forEach(Workers::interruptIfStopped);
        for (int i = 0; i < places.length(); i++) {
            final WorkLoop loop = places.get(i);
            final StepContext current = loop == null ? null : loop.current();
            if (current != null) {
                interruptIfStopped(current);
            }
        }
    }

    // ------------------------------------------------------------------ loops

    /** Whether a loop is looking for work. One that an executor has not begun yet is not: it may be long until it does. */
    boolean isLooking() {
        for (int i = 0; i < places.length(); i++) {
            final WorkLoop loop = places.get(i);
            if (loop != null && loop.isLooking()) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #startLoop} would start one. */
    boolean canStart() {
        return !closed && active.get() < terms.parallelism() && !isAnyIdle();
    }

    private boolean isAnyIdle() {
        for (int i = 0; i < places.length(); i++) {
            final WorkLoop loop = places.get(i);
            if (loop != null && loop.isIdle()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Start a loop, unless one is looking or about to, or all places are taken. When several threads do so at once, there may be one for each.
     *
     * @param mayRun the calling thread does it itself when the executor refuses.
     */
    void startLoop(final boolean mayRun) {
        int seen;
        do {
            seen = active.get();
            if (seen >= terms.parallelism() || !canStart()) {
                return;
            }
        } while (!active.compareAndSet(seen, seen + 1));
        final WorkLoop loop = new WorkLoop(this, desk);
        takePlace(loop);
        try {
            executor.execute(loop);
        } catch (final Throwable e) { // refused, or no thread to be had; a loop itself throws nothing
            if (mayRun) {
                loop.run();
            } else if (withdraw(loop)) {
                desk.wakeStarter();
            }
        }
        if (closed) { // who closes may have looked before the loop had its place
            withdraw(loop);
        }
    }

    /** Whether a loop that no thread has begun is no longer to be begun. */
    private boolean withdraw(final WorkLoop loop) {
        final boolean isMine = loop.begin();
        if (isMine) {
            leave(loop);
        }
        return isMine;
    }

    private void takePlace(final WorkLoop loop) {
        for (int i = 0; ; i = (i + 1) % places.length()) {
            if (places.get(i) == null && places.compareAndSet(i, null, loop)) {
                return;
            }
        }
    }

    /** A loop has something to do and has told so, behind a full fence. What has to be stopped is told before it is busy; if there is more, another loop looks. */
    void onFound() {
        desk.tellStops();
        if (!desk.feed().isEmpty() || hasOwn()) {
            startLoop(false);
        }
    }

    /** A loop ends. What has come since it looked last is for another one. */
    void retire(final WorkLoop loop) {
        leave(loop);
        VarHandle.fullFence();
        if (closed) {
            desk.wakeStarter();
        } else if (!desk.feed().isEmpty() || hasOwn()) {
            startLoop(false);
        }
    }

    private void leave(final WorkLoop loop) {
        for (int i = 0; i < places.length(); i++) {
            places.compareAndSet(i, loop, null);
        }
        active.getAndDecrement();
        tellClosers();
    }

    /** What waits for something gets a thread of its own; false when there is none to be had. */
    boolean runWaiting(final WorkLoop.Job job) {
        waiting.getAndIncrement();
        final Attempt attempt = new Attempt(
                job.context().run(), job.context().index(), job.context().attempt());
        waitingAttempts.put(attempt, job.context());
        interruptIfStopped(job.context());
        try {
            waitingExecutor.execute(() -> {
                try {
                    job.run();
                } finally {
                    waitingAttempts.remove(attempt, job.context());
                    waiting.getAndDecrement();
                    tellClosers();
                }
            });
            return true;
        } catch (final RejectedExecutionException | OutOfMemoryError e) { // closed, or no thread to be had
            waitingAttempts.remove(attempt, job.context());
            waiting.getAndDecrement();
            tellClosers();
            return false;
        }
    }

    // ------------------------------------------------------------------ ending

    /** Whether they take nothing more. */
    public boolean isClosed() {
        return closed;
    }

    void onKernelClosed() {
        closed = true;
        shutDown();
    }

    private void tellClosers() {
        closers.forEach(LockSupport::unpark);
    }

    /**
     * Take nothing more, and wait until what has begun has ended and is reported. What was offered and has not begun stays for other workers, also what an executor
     * has taken and not begun, or has dropped. Closing again, or from several threads, waits for the same. An interrupt does not end the waiting; the flag stays.
     * Not to be called by a step's function: it would wait for itself.
     */
    @Override
    public void close() {
        closed = true;
        desk.remove(this);
        VarHandle.fullFence();
        giveBack();
        for (int i = 0; i < places.length(); i++) {
            final WorkLoop loop = places.get(i);
            if (loop != null) {
                withdraw(loop);
            }
        }
        interruptUnwanted();
        awaitEnd();
        giveBack();
        shutDown();
    }

    private void awaitEnd() {
        boolean interrupted = false;
        closers.add(Thread.currentThread());
        VarHandle.fullFence();
        while (active.get() > 0 || waiting.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        closers.remove(Thread.currentThread());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutDown() {
        if (terms.executor() == null) {
            ((ExecutorService) executor).shutdown();
        }
        ((ExecutorService) waitingExecutor).shutdown();
    }
}

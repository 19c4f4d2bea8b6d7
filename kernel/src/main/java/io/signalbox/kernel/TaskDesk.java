package io.signalbox.kernel;

import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.ring.TaskFeed;
import io.signalbox.kernel.ring.TaskFeed.Entry;
import io.signalbox.kernel.workflow.Handouts;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings what the feed has to the workers of a kernel. Workers' loops take from the feed themselves; what one of them finds that is for others it puts before
 * them, and what is for nobody is set aside for who takes notices by hand. There is no thread on the way.
 *
 * <p>A loop is started by a loop that has found more than it can do, or, when none is looking, by one daemon thread: who turns the machine meets no user's
 * executor. Whoever offers looks, behind a full fence, for a loop that is looking; a loop that stops looking looks at the feed once more behind a full
 * fence: one of the two sees the other.
 */
final class TaskDesk implements Runnable, TaskFeed.Listener {
    private final Kernel kernel;
    private final Driver driver;
    private final TaskFeed feed;
    private final Object registering = new Object();
    private volatile Workers[] served = {};
    private volatile boolean readByHand;
    private volatile boolean starterParked;
    private volatile Thread starter;

    TaskDesk(final Kernel kernel, final Driver driver) {
        this.kernel = kernel;
        this.driver = driver;
        feed = driver.feed();
    }

    Kernel kernel() {
        return kernel;
    }

    TaskFeed feed() {
        return feed;
    }

    Driver driver() {
        return driver;
    }

    // ------------------------------------------------------------------ who serves

    void add(final Workers workers) {
        synchronized (registering) {
            final Workers[] more = Arrays.copyOf(served, served.length + 1);
            more[served.length] = workers;
            served = more;
            if (!workers.isByHand() && starter == null) {
                feed.tell(this);
                startStarter();
            }
        }
        lookAgain();
    }

    /** Somebody has come, or wants more than before. */
    void lookAgain() {
        VarHandle.fullFence();
        routeAside();
        wakeStarter();
    }

    void remove(final Workers workers) {
        synchronized (registering) {
            final List<Workers> rest = new ArrayList<>(List.of(served));
            rest.remove(workers);
            served = rest.toArray(new Workers[0]);
        }
    }

    /** What nobody wanted may be for who has come now; an offer that is over is for nobody. */
    private void routeAside() {
        final List<Entry> entries = new ArrayList<>();
        for (Entry entry = feed.pollAside(); entry != null; entry = feed.pollAside()) {
            if (!entry.isOver()) {
                entries.add(entry);
            }
        }
        entries.forEach(this::route);
    }

    // ------------------------------------------------------------------ who takes

    /** The next offer for these workers, or null at once. What is for others goes to them. */
    Entry next(final Workers workers) {
        Entry entry = workers.pollOwn();
        while (entry == null) {
            entry = feed.poll();
            if (entry == null) {
                return workers.isByHand() ? feed.pollAside(workers::isOffered) : null;
            }
            if (entry.what() != Handouts.OFFER || !workers.isFor(entry)) {
                route(entry);
                entry = null;
            }
        }
        return entry;
    }

    /** To whom it is for. */
    void route(final Entry entry) {
        if (entry.what() != Handouts.OFFER) {
            tell(entry);
            return;
        }
        final Workers owner = owner(entry);
        if (owner == null) {
            setAside(entry);
        } else {
            owner.put(entry);
        }
    }

    /** Those that take it by themselves, or null. */
    private Workers owner(final Entry entry) {
        for (final Workers workers : served) {
            if (!workers.isByHand() && workers.isFor(entry)) {
                return workers;
            }
        }
        return null;
    }

    /** Whoever works on what nobody wants any more is told. By a loop that takes something to do, or by the starter when every place is taken. */
    void tellStops() {
        for (Entry stop = feed.pollStop(); stop != null; stop = feed.pollStop()) {
            tell(stop);
        }
    }

    private void tell(final Entry entry) {
        if (entry.what() == Handouts.STOP) {
            for (final Workers workers : served) {
                workers.stop(entry);
            }
        }
        if (readByHand) {
            feed.setAside(entry);
        }
    }

    private void setAside(final Entry entry) {
        feed.setAside(entry);
        feed.nudge();
        if (owner(entry) != null) { // somebody has come since
            routeAside();
        }
    }

    // ------------------------------------------------------------------ who reads notices by hand

    /** The next notice that no workers want, or null at once. */
    Entry poll() {
        readByHand = true;
        if (served.length == 0) {
            final Entry entry = feed.pollAside();
            return entry != null ? entry : feed.poll();
        }
        for (Entry entry = feed.poll(); entry != null; entry = feed.poll()) {
            route(entry);
        }
        return feed.pollAside();
    }

    /** As {@link #poll}, but waits. */
    Entry take(final long timeout, final TimeUnit unit) {
        readByHand = true;
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        while (true) {
            final Entry entry = feed.take(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (entry == null || served.length == 0 || entry.what() != Handouts.OFFER) {
                if (entry != null && entry.what() == Handouts.STOP) {
                    for (final Workers workers : served) {
                        workers.stop(entry);
                    }
                }
                return entry;
            }
            final Workers owner = owner(entry);
            if (owner == null) {
                return entry;
            }
            owner.put(entry);
        }
    }

    // ------------------------------------------------------------------ who starts loops

    @Override
    public boolean isWaiting() {
        return starterParked && wantsStart();
    }

    @Override
    public void onOffered() {
        if (isWaiting()) {
            LockSupport.unpark(starter);
        }
    }

    void wakeStarter() {
        VarHandle.fullFence();
        if (starterParked) {
            LockSupport.unpark(starter);
        }
    }

    private void startStarter() {
        final Thread thread = new Thread(this, kernel.config().name() + "-workers");
        thread.setDaemon(true);
        starter = thread;
        thread.start();
    }

    /** An executor runs a loop on the thread that hands loops out: it may stay there for long, so another one does so from now on. */
    void onLoopBegins() {
        if (Thread.currentThread() == starter) {
            try {
                startStarter();
            } catch (final OutOfMemoryError noThread) { // then this one does, when the loop has ended
                starter = Thread.currentThread();
            }
        }
    }

    /** Whether there is something that nobody is looking at, and somebody could be started who would; a stop waits for nobody's place. */
    private boolean wantsStart() {
        final Workers[] present = served;
        final boolean feedWaits = !feed.isEmpty() && !isAnyLooking(present);
        if (feedWaits && feed.hasStop()) {
            return true;
        }
        for (final Workers workers : present) {
            if ((feedWaits || workers.hasOwn()) && workers.canStart()) {
                return true;
            }
        }
        return !driver.isServed();
    }

    private static boolean isAnyLooking(final Workers[] present) {
        for (final Workers workers : present) {
            if (workers.isLooking()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void run() {
        while (driver.isServed()) {
            start();
            if (Thread.currentThread() != starter) {
                return;
            }
            starterParked = true;
            VarHandle.fullFence();
            if (!wantsStart()) {
                LockSupport.park(this);
            }
            starterParked = false;
        }
        for (final Workers workers : served) {
            workers.onKernelClosed();
        }
    }

    private void start() {
        tellStops();
        final Workers[] present = served;
        if (present.length > 1) {
            for (Entry entry = feed.poll(); entry != null; entry = feed.poll()) {
                route(entry);
            }
        }
        for (final Workers workers : present) {
            if (workers.hasOwn() || !feed.isEmpty()) {
                workers.startLoop(true);
            }
        }
    }
}

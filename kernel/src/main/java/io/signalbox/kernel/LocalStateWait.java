package io.signalbox.kernel;

import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.state.StateView;
import io.signalbox.kernel.wait.Waiters;
import java.util.function.Predicate;

/**
 * Waiting for a state on the reader's side: look, register, look again, stand. The predicate is evaluated on the waiting thread, once
 * for each version that the thread finds; versions that come faster than it looks are passed over.
 */
final class LocalStateWait {
    private static final StateSeen TIMED_OUT = new StateSeen.TimedOut();
    private static final StateSeen INTERRUPTED = new StateSeen.Interrupted();
    private static final StateSeen CLOSED = new StateSeen.Closed();
    private static final StateSeen HALTED = new StateSeen.Halted();

    private final Driver driver;
    private final StateView states;
    private final long coordination;
    private final Predicate<? super StateSnapshot> wanted;
    private StateSnapshot last;

    LocalStateWait(
            final Driver driver,
            final StateView states,
            final long coordination,
            final Predicate<? super StateSnapshot> wanted) {
        this.driver = driver;
        this.states = states;
        this.coordination = coordination;
        this.wanted = wanted;
    }

    StateSeen await(final long patienceNs) {
        final long startNs = System.nanoTime();
        final Waiters waiters = driver.stateWaiters();
        final int cell = (int) coordination;
        final Thread me = Thread.currentThread();
        try {
            while (true) {
                StateSeen seen = look();
                if (seen == null) {
                    driver.turnIfInvoker();
                    waiters.register(cell, me);
                    seen = look();
                }
                if (seen != null) {
                    return seen;
                }
                final long leftNs =
                        patienceNs == Long.MAX_VALUE ? Long.MAX_VALUE : patienceNs - (System.nanoTime() - startNs);
                final StateSeen end = end(me, leftNs);
                if (end != null) {
                    return end;
                }
                driver.park(leftNs);
            }
        } finally {
            if (waiters.isStanding(cell, me)) {
                waiters.leave(cell, me);
                waiters.wake(cell); // a waker may have come while the others were off the list: they look again
            }
        }
    }

    /** What there is to say of the present state; null when it is not as wanted. */
    @SuppressWarnings("ReferenceEquality") // a version is one object; a new one has to be looked at
    private StateSeen look() {
        final StateSnapshot present = states.snapshot(coordination);
        if (present.coordination() != coordination) {
            return CLOSED;
        }
        if (present == last) {
            return null;
        }
        last = present;
        return wanted.test(present) ? new StateSeen.Held(present) : null;
    }

    private StateSeen end(final Thread me, final long leftNs) {
        if (!driver.isServed()) {
            return HALTED;
        }
        if (me.isInterrupted()) {
            return INTERRUPTED;
        }
        return leftNs <= 0 ? TIMED_OUT : null;
    }
}

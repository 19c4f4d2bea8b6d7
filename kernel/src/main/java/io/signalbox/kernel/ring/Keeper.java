package io.signalbox.kernel.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a waiter that spins anyway turn the machine meanwhile, and keep the baton from one look to the next, so that the machine's
 * memory stays with one core while commands come from others. Decision 0008.
 */
final class Keeper {
    /** Less, and two waiters take the baton from each other with every command. */
    private static final int SPINS_BEFORE_KEEPING = 1000;

    /** Then it is somebody else's turn, and the worker does its own steps: a few milliseconds. */
    private static final int LINGER_COMMANDS_MAX = 16 * Driver.TURN_COMMANDS_MAX;

    private static final int LINGER_LOOKS_MAX = 256;
    private static final int LINGER_LOOKS_MIN = 2;

    private final Driver driver;
    private final Baton baton;
    private final Work work;
    private final Phase phase;
    private final WakeLists wakeLists;
    private final boolean isPossible;
    private final AtomicBoolean kept = new AtomicBoolean(); // for people and tests: lazily set under the baton
    private int last; // written under the baton, read as a hint
    private int lingerLooks = LINGER_LOOKS_MAX; // under the baton

    Keeper(
            final Driver driver,
            final Baton baton,
            final Work work,
            final Phase phase,
            final WakeLists wakeLists,
            final TurnMode mode) {
        this.driver = driver;
        this.baton = baton;
        this.work = work;
        this.phase = phase;
        this.wakeLists = wakeLists;
        isPossible = mode == TurnMode.CALLER && work.appliesUnsynced();
    }

    /** See {@link Driver#keepTurning}. */
    boolean keepTurning(final int waiter, final boolean isKeeping, final int spins) {
        if (!isKeeping) {
            final boolean isLate = spins < SPINS_BEFORE_KEEPING && last != waiter && last != 0;
            if (!isPossible || isLate || phase.isClosed() || !take()) {
                return false;
            }
            if (last != waiter) {
                last = waiter;
            }
            kept.lazySet(true);
        }
        if (phase.isClosed()) {
            stop();
            return false;
        }
        return !work.isWaiting() || turn();
    }

    /**
     * Turn, and stay while others' commands follow within a few looks: who publishes them finds the baton taken and goes on with what they have to do, and the
     * machine's memory stays here. Ends when nothing comes, when somebody has to be woken, or after {@value #LINGER_COMMANDS_MAX} commands. Learns whether staying
     * pays: each time that nothing came halves the looks, the first that comes restores them.
     */
    void linger() {
        if (!baton.tryTake()) {
            return;
        }
        int applied = 0;
        while (turn()) {
            applied += work.applyStage().batch();
            if (applied >= LINGER_COMMANDS_MAX || !isMoreComing()) {
                stop();
                return;
            }
        }
    }

    /** Whether lingering is how a worker turns: in the other modes somebody else does. */
    boolean isPossible() {
        return isPossible;
    }

    private boolean isMoreComing() {
        for (int i = 0; i < lingerLooks && phase.isServed(); i++) {
            if (work.isWaiting()) {
                lingerLooks = LINGER_LOOKS_MAX;
                return true;
            }
            Thread.onSpinWait();
        }
        lingerLooks = Math.max(LINGER_LOOKS_MIN, lingerLooks >> 1);
        return false;
    }

    private boolean take() {
        return !baton.isTaken() && StackHeadroom.isEnough() && baton.tryTake();
    }

    private boolean turn() {
        WakeList wakes = null;
        boolean keeps = false;
        try {
            wakes = wakeLists.take();
            work.applyStage().begin(wakes, 0);
            work.drain(wakes);
            VarHandle.fullFence(); // what was applied is told before looking who stands
            keeps = phase.isServed() && driver.dropIfNobodyStands(wakes);
        } catch (final Throwable e) {
            phase.halt(e);
        } finally {
            if (!keeps) {
                kept.lazySet(false);
                baton.putDown();
            }
        }
        if (!keeps) {
            driver.tell(wakes);
            if (work.isWaiting()) {
                driver.turn(); // published while the baton was still in hand, by somebody who has left
            }
            return false;
        }
        wakeLists.giveBack(wakes);
        driver.tellDeadline();
        return true;
    }

    /** Put down the baton that was kept, and look at the next slot again. */
    void stop() {
        kept.lazySet(false);
        baton.putDown();
        if (work.isWaiting()) {
            driver.onPublished();
        }
    }

    /** Whether a waiter keeps the baton while it spins. Any thread; out of date at once. */
    boolean isKept() {
        return kept.get();
    }
}

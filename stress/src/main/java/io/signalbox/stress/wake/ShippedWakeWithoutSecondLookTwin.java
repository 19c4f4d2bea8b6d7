package io.signalbox.stress.wake;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Broken on purpose: a waiter that registers in the kernel's cell and parks without a second look. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the waiter saw the outcome, and its cause")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the waiter parked and was unparked")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "awake before the cause was visible")
@Outcome(id = "3, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "parked, and nobody unparks it: a lost wake-up")
@State
public class ShippedWakeWithoutSecondLookTwin {
    private static final int LOST = 3;

    private final ShippedCell cell = new ShippedCell() {
        @Override
        boolean looksAgain() {
            return false; // the fault
        }
    };

    @Actor
    public void waiter(final II_Result result) {
        result.r1 = cell.await();
        if (result.r1 == ShippedCell.SAW_OUTCOME) {
            result.r2 = cell.cause();
        }
    }

    @Actor
    public void waker() {
        cell.conclude();
    }

    @Arbiter
    public void afterwards(final II_Result result) {
        if (result.r1 == ShippedCell.PARKED) {
            result.r1 = cell.isUnparked() ? ShippedCell.PARKED : LOST;
            result.r2 = cell.cause();
        }
    }
}

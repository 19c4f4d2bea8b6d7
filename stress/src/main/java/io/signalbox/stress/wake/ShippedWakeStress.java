package io.signalbox.stress.wake;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A waiter and its waker on the kernel's own cells: no wake-up is lost, and a woken waiter sees its cause. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the waiter saw the outcome, and its cause")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the waiter parked and was unparked")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "awake before the cause was visible")
@Outcome(id = "3, 1", expect = Expect.FORBIDDEN, desc = "parked, and nobody unparks it: a lost wake-up")
@State
public class ShippedWakeStress {
    private static final int LOST = 3;

    private final ShippedCell cell = new ShippedCell();

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

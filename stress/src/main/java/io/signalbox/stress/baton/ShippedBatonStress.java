package io.signalbox.stress.baton;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The kernel's baton and two publishers that fire and forget: nothing is left undone. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "every item was done")
@Outcome(
        id = {"1", "2"},
        expect = Expect.FORBIDDEN,
        desc = "published, and nobody did it")
@State
public class ShippedBatonStress {
    private final ShippedBaton baton = new ShippedBaton(2);

    @Actor
    public void fireAndForget1() {
        baton.fireAndForget();
    }

    @Actor
    public void fireAndForget2() {
        baton.fireAndForget();
    }

    @Arbiter
    public void count(final I_Result result) {
        result.r1 = baton.undone();
    }
}

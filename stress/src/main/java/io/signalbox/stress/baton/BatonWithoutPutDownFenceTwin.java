package io.signalbox.stress.baton;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Broken on purpose: the holder looks again before its baton is visibly free. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "every item was done")
@Outcome(
        id = {"1", "2"},
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "published, and nobody did it")
@State
public class BatonWithoutPutDownFenceTwin {
    private final BatonModel baton = new BatonModel(2) {
        @Override
        void fenceAfterPutDown() {
            // the fault
        }
    };

    @Actor
    public void fireAndForget1() {
        baton.submit();
    }

    @Actor
    public void fireAndForget2() {
        baton.submit();
    }

    @Arbiter
    public void count(final I_Result result) {
        result.r1 = baton.undone();
    }
}

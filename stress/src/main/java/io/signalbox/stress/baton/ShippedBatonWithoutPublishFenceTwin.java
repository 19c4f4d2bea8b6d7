package io.signalbox.stress.baton;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Broken on purpose: the kernel's baton, asked for before the publish is visible. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "every item was done")
@Outcome(
        id = {"1", "2"},
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "published, and nobody did it")
@State
public class ShippedBatonWithoutPublishFenceTwin {
    private final ShippedBaton baton = new ShippedBaton(2) {
        @Override
        void fenceAfterPublish() {
            // the fault
        }
    };

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

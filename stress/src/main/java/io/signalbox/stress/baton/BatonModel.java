package io.signalbox.stress.baton;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The baton in the abstract. A publisher claims a sequence, publishes, and turns; who turns takes the baton by CAS if it is free, does
 * what is published in order, puts the baton down, and looks again. The two fences stand between a store and a load of
 * <em>another</em> variable, each against the other:
 *
 * <pre>
 *   publisher                          holder
 *   published[s] = 1  (release)        baton = FREE  (release)
 *   full fence                         full fence
 *   baton free? no: leave              published[next]? no: leave
 * </pre>
 *
 * Without either fence both may read the old value, both leave, and the item stays undone. The twins leave one out each.
 */
class BatonModel {
    private static final VarHandle PUBLISHED = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle CLAIMED;
    private static final VarHandle BATON;
    private static final int FREE = 0;
    private static final int HELD = 1;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMED = lookup.findVarHandle(BatonModel.class, "claimed", int.class);
            BATON = lookup.findVarHandle(BatonModel.class, "baton", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int[] published;

    @SuppressWarnings("unused") // by CLAIMED
    private int claimed;

    @SuppressWarnings("unused") // by BATON
    private int baton = FREE;

    private int next; // written and read by the holder only

    /** Room for {@code capacity} items in all. */
    BatonModel(final int capacity) {
        published = new int[capacity + 1];
    }

    /** Publish one item and see that somebody does it: us, or the holder who looks again. Any thread. */
    final void submit() {
        final int sequence = (int) CLAIMED.getAndAdd(this, 1);
        PUBLISHED.setRelease(published, sequence, 1);
        fenceAfterPublish();
        turn();
    }

    private void turn() {
        int lookAt;
        do {
            if ((int) BATON.getOpaque(this) != FREE || !BATON.compareAndSet(this, FREE, HELD)) {
                return;
            }
            while ((int) PUBLISHED.getAcquire(published, next) != 0) {
                next++;
            }
            lookAt = next;
            BATON.setRelease(this, FREE);
            fenceAfterPutDown();
        } while ((int) PUBLISHED.getAcquire(published, lookAt) != 0);
    }

    /** How many items were published and not done. Once all publishers have returned. */
    final int undone() {
        return claimed - next;
    }

    void fenceAfterPublish() {
        VarHandle.fullFence();
    }

    void fenceAfterPutDown() {
        VarHandle.fullFence();
    }
}

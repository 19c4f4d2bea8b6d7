package io.signalbox.stress.baton;

import io.signalbox.kernel.ring.Baton;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The kernel's own {@link Baton} with as much of a ring and of a turn around it as its rule speaks of; see {@link BatonModel}. */
class ShippedBaton {
    private static final VarHandle PUBLISHED = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle CLAIMED;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(ShippedBaton.class, "claimed", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Baton baton = new Baton();
    private final int[] published;

    @SuppressWarnings("unused") // by CLAIMED
    private int claimed;

    private int next; // written and read by the holder only

    /** Room for {@code capacity} items in all. */
    ShippedBaton(final int capacity) {
        published = new int[capacity + 1];
    }

    /** Publish one item and see that somebody does it. Any thread. */
    final void fireAndForget() {
        final int sequence = (int) CLAIMED.getAndAdd(this, 1);
        PUBLISHED.setRelease(published, sequence, 1);
        fenceAfterPublish();
        int lookAt;
        do {
            if (!baton.tryTake()) {
                return;
            }
            while ((int) PUBLISHED.getAcquire(published, next) != 0) {
                next++;
            }
            lookAt = next;
            baton.putDown();
        } while ((int) PUBLISHED.getAcquire(published, lookAt) != 0);
    }

    /** How many items were published and not done. Once all publishers have returned. */
    final int undone() {
        return claimed - next;
    }

    void fenceAfterPublish() {
        VarHandle.fullFence();
    }
}

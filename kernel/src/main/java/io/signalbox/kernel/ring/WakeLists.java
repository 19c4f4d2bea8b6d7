package io.signalbox.kernel.ring;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Holders that have put the baton down still wake while the next one turns: a few lists, made once. Any thread. */
final class WakeLists {
    private static final int SPARES = 16;

    private final AtomicReferenceArray<WakeList> spares = new AtomicReferenceArray<>(SPARES);

    WakeList take() {
        for (int i = 0; i < SPARES; i++) {
            final WakeList spare = spares.getPlain(i) == null ? null : spares.getAndSet(i, null);
            if (spare != null) {
                return spare;
            }
        }
        return new WakeList();
    }

    void giveBack(final WakeList wakes) {
        for (int i = 0; i < SPARES; i++) {
            if (spares.getPlain(i) == null && spares.compareAndSet(i, null, wakes)) {
                return;
            }
        }
    }
}

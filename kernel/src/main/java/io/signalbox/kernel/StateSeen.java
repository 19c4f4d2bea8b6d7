package io.signalbox.kernel;

import io.signalbox.kernel.state.StateSnapshot;

/** How a reader's own wait for a state ended. None of it is known to the kernel. */
public sealed interface StateSeen {
    /** The state was so. */
    record Held(StateSnapshot snapshot) implements StateSeen {}

    /** The reader's time was up. */
    record TimedOut() implements StateSeen {}

    /** The reader's thread was interrupted; its flag is set. */
    record Interrupted() implements StateSeen {}

    /** The coordination was closed. */
    record Closed() implements StateSeen {}

    /** The kernel was closed or has halted. */
    record Halted() implements StateSeen {}

    /** Whether it is {@link Held}. */
    default boolean isHeld() {
        return this instanceof Held;
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;

/**
 * The answer to a signal that was sent.
 *
 * @param position of the signal in the kernel's order; -1 when it was refused before it got one.
 * @param durability what this answer survives.
 * @param rejection why it was refused, null when it was raised.
 * @param message what is wrong, in words; empty when it was raised.
 */
public record SignalReceipt(long position, Durability durability, Rejection rejection, String message) {
    /** Whether it was raised. */
    public boolean isAccepted() {
        return rejection == null;
    }

    /**
     * This receipt, if the signal was raised.
     *
     * @throws CommandRefusedException otherwise.
     */
    public SignalReceipt orThrow() {
        if (rejection != null) {
            throw new CommandRefusedException(rejection);
        }
        return this;
    }
}

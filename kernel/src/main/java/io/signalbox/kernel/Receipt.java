package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;

/**
 * The answer to a command.
 *
 * @param position of the command in the kernel's order; -1 when it never got one.
 * @param durability what this answer survives.
 * @param value the handle, id or version that was asked for, else 0.
 * @param rejection why the command was refused, null when it was accepted.
 */
public record Receipt(long position, Durability durability, long value, Rejection rejection) {
    /** Whether the command did what it asked for. */
    public boolean isAccepted() {
        return rejection == null;
    }

    /**
     * This receipt, if the command was accepted.
     *
     * @throws CommandRefusedException otherwise.
     */
    public Receipt orThrow() {
        if (rejection != null) {
            throw new CommandRefusedException(rejection);
        }
        return this;
    }
}

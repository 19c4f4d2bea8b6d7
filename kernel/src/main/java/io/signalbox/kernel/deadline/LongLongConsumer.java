package io.signalbox.kernel.deadline;

/** Takes a timer's id and its deadline, without boxing. */
@FunctionalInterface
public interface LongLongConsumer {
    /**
     * Called once per timer, in the order that the caller names.
     *
     * @param deadlineNs kernel time in nanoseconds.
     */
    void accept(long id, long deadlineNs);
}

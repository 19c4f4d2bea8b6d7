package io.signalbox.kernel.signal;

/** What other rooms see of the signals. Turn only. */
public interface SignalView {
    /** No completion. */
    int NONE = 0;
    /** The agent completed and succeeded. */
    int SUCCEEDED = 1;
    /** The agent completed and failed. */
    int FAILED = 2;

    /** Position of the latest completion of an agent in a scope, or -1. */
    long completionPosition(int slot, int agent);

    /** How it ended: {@link #NONE}, {@link #SUCCEEDED} or {@link #FAILED}. */
    int completion(int slot, int agent);

    /** Signals raised in a scope since it was opened. */
    long raised(int slot);
}

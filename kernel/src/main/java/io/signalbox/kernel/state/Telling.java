package io.signalbox.kernel.state;

/** Whether a signal can be raised that a change of state tells. */
public interface Telling {
    /**
     * Why it cannot, as an answer; 0 when it can. Records nothing.
     *
     * @param signalType name id of its type.
     * @param sender name id of who tells it, 0 for nobody.
     */
    long refusal(long coordination, int signalType, int sender);
}

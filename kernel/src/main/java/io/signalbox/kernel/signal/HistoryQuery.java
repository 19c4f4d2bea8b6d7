package io.signalbox.kernel.signal;

/**
 * Which signals of the history are wanted; 0 in a name means any.
 *
 * @param recipient those that are addressed to it, by name or as one of all.
 * @param fromPosition none before it.
 */
public record HistoryQuery(int signalType, int sender, int recipient, long fromPosition) {
    /** A sender that stands for: no agent. */
    public static final int SYSTEM = -1;

    boolean wants(final StoredSignal signal) {
        return (recipient == 0 || signal.isFor(recipient)) && wants(signal.signalType(), signal.sender());
    }

    boolean wants(final int type, final int by) {
        return (signalType == 0 || signalType == type) && (sender == 0 || by == (sender == SYSTEM ? 0 : sender));
    }
}

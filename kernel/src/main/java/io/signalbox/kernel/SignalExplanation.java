package io.signalbox.kernel;

/**
 * What has become of one signal for one agent.
 *
 * @param verdict what happened, or which rule stopped it.
 * @param deliveredNs kernel time of its delivery; -1 when it was not delivered, or nobody remembers when.
 * @param text the same for a person to read.
 */
public record SignalExplanation(Verdict verdict, long deliveredNs, String text) {
    /** What happened to it. */
    public enum Verdict {
        /** A reader of the agent has got it. */
        DELIVERED,
        /** It is addressed to the agent, and its reader has not come to it yet. */
        NOT_READ_YET,
        /** It is addressed to the agent, and a filter of its reader does not want it. */
        FILTERED,
        /** It is addressed to the agent, whose reader was too slow for it, or began behind it. */
        MISSED,
        /** It is addressed to the agent, which has no reader. */
        NO_READER,
        /** It is addressed to others. */
        NOT_ADDRESSED,
        /** No signal of that position is remembered: none was raised, or the history, or the reader, has let go of it. */
        UNKNOWN
    }
}

package io.signalbox.kernel.context;

/** What is known of quality gates. Turn only. */
@FunctionalInterface
public interface GateScores {
    /** No such gate was ever scored. */
    double NEVER = -1;

    /**
     * The score of a gate, a coordination's own before the kernel-wide one: 0 to 1, NaN when it was failed, {@link #NEVER} when nobody has
     * scored it.
     *
     * @param gate name id.
     */
    double score(long coordination, int gate);
}

package io.signalbox.kernel.workflow;

/** Whether units of a run's limits can be taken, see {@link RunLimits}. */
interface Allowance {
    /** How many limits there are. */
    int count();

    /** Whether so many units of a limit can be taken. */
    boolean fits(int limit, int units, long nowNs);

    /** Whether the rate of a limit, if it has one, allows so many units. */
    boolean hasTokens(int limit, int units, long nowNs);

    /** When the rate of a limit will allow so many units. */
    long hasTokensAtNs(int limit, int units);
}

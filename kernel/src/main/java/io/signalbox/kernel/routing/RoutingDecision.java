package io.signalbox.kernel.routing;

/** What may be decided about a task, the most severe first. The code enters the journal: append only. */
public enum RoutingDecision {
    /** Something is wrong that a further attempt does not mend. */
    ERROR("error"),
    /** The work ends here. */
    END("end"),
    /** The task is tried again. Bounded: see {@link RoutingRules}. */
    RETRY("retry"),
    /** The task may run beside others. */
    PARALLEL("parallel"),
    /** The next task follows from a condition. */
    CONDITIONAL("conditional"),
    /** The work takes another branch. */
    BRANCH("branch"),
    /** The task is left out. */
    SKIP("skip"),
    /** The work goes on as planned. */
    CONTINUE("continue");

    private static final RoutingDecision[] BY_CODE = values();

    /** How many there are. */
    public static final int COUNT = BY_CODE.length;

    private final String word;

    RoutingDecision(final String word) {
        this.word = word;
    }

    /** The word that files and people use. */
    public String word() {
        return word;
    }

    /** Number in the journal, from 0; a lower one is more severe. */
    public int code() {
        return ordinal();
    }

    /** Whether the work goes on after it: it neither stops nor repeats the task. */
    public boolean leadsOn() {
        return ordinal() > RETRY.ordinal();
    }

    /** The decision with this code, or null. */
    public static RoutingDecision of(final int code) {
        return code >= 0 && code < COUNT ? BY_CODE[code] : null;
    }
}

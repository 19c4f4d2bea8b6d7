package io.signalbox.kernel.routing;

/** The kinds of routers, with the weight that the weighted policy gives them. The code enters the journal: append only. */
public enum RoutingStrategy {
    /** Rules over the state. */
    CONDITIONAL("conditional", 100),
    /** Hints on what may run side by side. */
    PARALLEL("parallel", 60),
    /** The state as a whole: errors, gaps, complexity, time. */
    STATE_ANALYSIS("state_analysis", 80),
    /** The task's priority. */
    PRIORITY("priority", 40),
    /** A router of the user. */
    CUSTOM("custom", 50);

    private static final RoutingStrategy[] BY_CODE = values();

    /** How many there are. */
    public static final int COUNT = BY_CODE.length;

    private final String word;
    private final int weight;

    RoutingStrategy(final String word, final int weight) {
        this.word = word;
        this.weight = weight;
    }

    /** The word that files and people use, and the name of a router that has no other. */
    public String word() {
        return word;
    }

    /** Weight under {@link Consolidation#WEIGHTED}, 0 to 100. */
    public int weight() {
        return weight;
    }

    /** Number in the journal, from 0. */
    public int code() {
        return ordinal();
    }

    /** The strategy with this code, or null. */
    public static RoutingStrategy of(final int code) {
        return code >= 0 && code < COUNT ? BY_CODE[code] : null;
    }
}

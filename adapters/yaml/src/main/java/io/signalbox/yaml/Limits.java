package io.signalbox.yaml;

import java.time.Duration;

/** The limits of a workflow file. What goes past one is refused with a message that names it. */
public final class Limits {
    /** Length of a file in bytes and in code points: 3 MiB. */
    public static final int FILE_LENGTH_MAX = 3 * 1024 * 1024;

    /** YAML aliases to collections in one file. */
    public static final int ALIASES_MAX = 64;

    /** Collections inside one another, counted from the top mapping; also parentheses and {@code not} in one condition. */
    public static final int DEPTH_MAX = 50;

    /** YAML nodes in one file, each alias counted with all it stands for. */
    public static final int NODES_MAX = 1_000_000;

    /** Step instances of one run, after {@code foreach} has been expanded. */
    public static final int STEPS_MAX = 10_000;

    /** Items of one {@code foreach}. */
    public static final int FOREACH_ITEMS_MAX = 10_000;

    /** Edges between step instances of one run, after expansion. */
    public static final int NEEDS_MAX = 1_000_000;

    /** Characters of an id or a name. */
    public static final int ID_LENGTH_MAX = 100;

    /** Characters of a {@code when} condition. */
    public static final int EXPRESSION_LENGTH_MAX = 4_096;

    /** Steps that may run at once. */
    public static final int CONCURRENCY_MAX = 1_024;

    /** Attempts after the first. */
    public static final int RETRY_MAX = 100;

    /** Growth of the back-off from one attempt to the next. */
    public static final double RETRY_FACTOR_MAX = 100;

    /** The longest {@code timeout} or {@code backoff}: 30 days. */
    public static final Duration DURATION_MAX = Duration.ofDays(30);

    /** Problems reported for one file; what is beyond is counted. */
    public static final int PROBLEMS_MAX = 100;

    private Limits() {}
}

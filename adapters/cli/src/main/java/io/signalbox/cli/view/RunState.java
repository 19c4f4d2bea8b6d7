package io.signalbox.cli.view;

import java.util.Locale;

/** How a run ended, or that it has not. */
public enum RunState {
    /** Not ended: running now, or interrupted. */
    RUNNING,
    /** Every step succeeded or was skipped. */
    SUCCEEDED,
    /** A step failed and the run ended with it. */
    FAILED,
    /** Under {@code collect_all}: the run went to its end, some steps failed. */
    FINISHED_WITH_FAILURES,
    /** Somebody cancelled it. */
    CANCELLED,
    /** Its time was up. */
    TIMED_OUT,
    /** A step failed, and what had succeeded has been undone. */
    COMPENSATED,
    /** Stopped by a signal; {@code resume} continues it. */
    STOPPED;

    /** In lower case, as in JSON lines: {@code finished_with_failures}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

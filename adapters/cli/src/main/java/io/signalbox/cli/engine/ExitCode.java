package io.signalbox.cli.engine;

import io.signalbox.cli.view.RunState;

/** What a script learns from the end of a command. */
public enum ExitCode {
    /** Done. */
    DONE(0),
    /** The workflow failed. */
    WORKFLOW_FAILED(1),
    /** A wrong command line, file or input; nothing was run. */
    WRONG_USE(2),
    /** The journal is in use, corrupt, of another format, or the disk is full. */
    JOURNAL_TROUBLE(3),
    /** Under {@code on_error: collect_all}: went to its end, some steps failed. */
    FINISHED_WITH_FAILURES(4),
    /** A fault of this program. */
    INTERNAL_FAULT(70),
    /** Stopped by SIGHUP. */
    HUNG_UP(129),
    /** Stopped by Ctrl-C. */
    INTERRUPTED(130),
    /** Stopped by SIGTERM. */
    TERMINATED(143);

    private final int code;

    ExitCode(final int code) {
        this.code = code;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** The code for a run that ended like this; {@code stopped} for one that was stopped. */
    public static ExitCode of(final RunState state, final ExitCode stopped) {
        return switch (state) {
            case SUCCEEDED -> DONE;
            case FAILED, CANCELLED, TIMED_OUT, COMPENSATED -> WORKFLOW_FAILED;
            case FINISHED_WITH_FAILURES -> FINISHED_WITH_FAILURES;
            case STOPPED, RUNNING -> stopped;
        };
    }
}

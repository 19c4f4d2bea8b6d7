package io.signalbox.kernel.workflow;

/** What a run does when a step has failed for good. The ordinal stands in the definition: append only. */
public enum OnError {
    /** Cancel everything that has not ended. */
    FAIL_FAST,
    /** Cancel only what needs the failed step; the rest goes on. */
    COLLECT_ALL,
    /** Cancel everything that has not ended, then undo what has succeeded: its compensations, the last success first. */
    COMPENSATE
}

package io.signalbox.kernel.workflow;

/** How a worker says that an attempt ended. */
public enum StepEnding {
    /** It did what it should. */
    SUCCEEDED(1),
    /** It failed; another attempt follows when the step has some left. */
    FAILED(2),
    /** The step's condition said no. */
    SKIPPED(3),
    /** The worker is gone and nobody knows; the step is offered again, the attempt does not count. */
    LOST(4),
    /** The worker gave it up. */
    CANCELLED(5),
    /** It failed and another attempt would not help. */
    FAILED_FOR_GOOD(6);

    private static final StepEnding[] BY_CODE = {null, SUCCEEDED, FAILED, SKIPPED, LOST, CANCELLED, FAILED_FOR_GOOD};

    private final int code;

    StepEnding(final int code) {
        this.code = code;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The ending with this number, or null. */
    public static StepEnding of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}

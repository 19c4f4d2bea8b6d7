package io.signalbox.kernel.board;

/** Something was asked of tasks that cannot be. Nothing was changed. */
public final class BoardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What cannot be. */
    public enum Reason {
        /** There is no task of this id. */
        UNKNOWN_TASK,
        /** There is a task, join or sync point of this id already. */
        DUPLICATE_ID,
        /** Nothing was named. */
        NOTHING_TO_DO,
        /** It has not been completed. */
        NOT_COMPLETED,
        /** It has ended already, otherwise. */
        ALREADY_ENDED,
        /** Tasks would need each other in a circle. */
        CIRCULAR_DEPENDENCIES,
        /** Nobody has registered a function of this name. */
        UNKNOWN_FUNCTION,
        /** There is no pattern of this name, or none that matches. */
        UNKNOWN_PATTERN
    }

    private final Reason reason;

    BoardException(final Reason reason, final String message) {
        super(message);
        this.reason = reason;
    }

    /** What cannot be. */
    public Reason reason() {
        return reason;
    }
}

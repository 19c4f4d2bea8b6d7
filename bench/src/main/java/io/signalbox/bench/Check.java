package io.signalbox.bench;

/** A benchmark that cannot fail is a defect: what a turn must have done is compared here, and a difference ends the fork. */
final class Check {
    private Check() {}

    static void equal(final String what, final long expected, final long actual) {
        if (expected != actual) {
            throw new CheckFailed(what + ": expected " + expected + ", came " + actual);
        }
    }

    /** A benchmark did not do what it claims to measure. */
    static final class CheckFailed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        CheckFailed(final String message) {
            super(message);
        }
    }
}

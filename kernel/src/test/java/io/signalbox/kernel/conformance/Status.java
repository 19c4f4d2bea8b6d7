package io.signalbox.kernel.conformance;

/** Where a case stands. */
enum Status {
    /** A test shows it. */
    COVERED("covered"),
    /** The others were wrong there; a test shows what is right. */
    DEFECT("put right"),
    /** It has no meaning outside their language; the note says why. */
    PYTHON_ONLY("not for Java"),
    /** We chose otherwise; the note names the page that says so. */
    RULED("ruled otherwise"),
    /** It belongs to a part that is not there yet; the note names it. */
    LATER("later"),
    /** Nobody has shown it yet. It counts as covered as soon as a test names it. */
    OPEN("open");

    final String words;

    Status(final String words) {
        this.words = words;
    }

    boolean needsTest() {
        return this == COVERED || this == DEFECT;
    }

    boolean needsNote() {
        return this != COVERED && this != OPEN;
    }
}

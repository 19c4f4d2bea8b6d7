package io.signalbox.yaml;

/** A template or a condition is not written as one should be. */
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String fragment;

    SyntaxException(final int offset, final String fragment, final String message) {
        super(message);
        this.offset = offset;
        this.fragment = fragment;
    }

    /** Where in the text the wrong part begins, in characters from 0. */
    public int offset() {
        return offset;
    }

    /** The wrong part as it stands in the text; may be empty. */
    public String fragment() {
        return fragment;
    }
}

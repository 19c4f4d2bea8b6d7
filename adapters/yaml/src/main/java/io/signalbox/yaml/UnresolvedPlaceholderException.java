package io.signalbox.yaml;

/** A placeholder has no value at the moment it is needed. The message says which, where, and what to do. */
public final class UnresolvedPlaceholderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String placeholder;
    private final String where;

    /**
     * Names the place.
     *
     * @param placeholder as it stands in the file, with {@code $&#123;}
     * @param where the template or condition it stands in
     * @param reason what was expected, what came and what to do
     */
    public UnresolvedPlaceholderException(final String placeholder, final String where, final String reason) {
        super(placeholder.equals(where) ? placeholder + ": " + reason : placeholder + " in '" + where + "': " + reason);
        this.placeholder = placeholder;
        this.where = where;
    }

    /** The placeholder, with {@code $&#123;}. */
    public String placeholder() {
        return placeholder;
    }

    /** The template or condition it stands in. */
    public String where() {
        return where;
    }
}

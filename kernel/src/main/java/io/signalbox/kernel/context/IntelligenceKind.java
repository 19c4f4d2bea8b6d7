package io.signalbox.kernel.context;

/** The five kinds of what agents share. Each is a map from names to values. The code enters the journal: append only. */
public enum IntelligenceKind {
    /** Types by name; any value. */
    TYPE_REGISTRY("type_registry", Shape.ANYTHING),
    /** Patterns by category; lists of texts. */
    PATTERN_LIBRARY("pattern_library", Shape.TEXTS),
    /** Rules by name; any value. */
    VALIDATION_RULES("validation_rules", Shape.ANYTHING),
    /** How things are called; texts. */
    NAMING_CONVENTIONS("naming_conventions", Shape.TEXT),
    /** Who needs whom; lists of texts. */
    DEPENDENCY_GRAPH("dependency_graph", Shape.TEXTS);

    private enum Shape {
        ANYTHING,
        TEXT,
        TEXTS
    }

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final IntelligenceKind[] BY_CODE = values();

    private final String field;
    private final Shape shape;

    IntelligenceKind(final String field, final Shape shape) {
        this.field = field;
        this.shape = shape;
    }

    /** What it is called in a document. */
    public String field() {
        return field;
    }

    /** Number in the command. */
    public int code() {
        return ordinal();
    }

    /** The kind with this number, or null. */
    public static IntelligenceKind of(final int code) {
        return code >= 0 && code < COUNT ? BY_CODE[code] : null;
    }

    /** The kind that is called so in a document, or null. */
    public static IntelligenceKind named(final String field) {
        for (final IntelligenceKind kind : BY_CODE) {
            if (kind.field.equals(field)) {
                return kind;
            }
        }
        return null;
    }

    /** Whether a map may be of this kind. */
    boolean takes(final DocumentValue map) {
        for (int i = 0; i < map.size(); i++) {
            final DocumentValue value = map.value(i);
            final boolean fits = switch (shape) {
                case ANYTHING -> true;
                case TEXT -> value.isText();
                case TEXTS -> value.holdsTextsOnly();
            };
            if (!fits) {
                return false;
            }
        }
        return map.isMap();
    }

    /** What its values have to be, in words. */
    String wanted() {
        return switch (shape) {
            case ANYTHING -> "a map";
            case TEXT -> "a map of texts";
            case TEXTS -> "a map of lists of texts";
        };
    }
}

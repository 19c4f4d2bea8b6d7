package io.signalbox.kernel.state;

import java.nio.charset.StandardCharsets;

/**
 * Keys whose writing says something about another thing: {@code resource_<id>_available} marks a resource,
 * {@code quality_gate_<id>_score} scores a gate.
 */
public enum WellKnownKey {
    /** Holds a BOOLEAN; deleted or null it stands for unavailable. */
    RESOURCE("resource_", "_available"),
    /** Holds a DOUBLE from 0 to 1; deleted or null it stands for 0. */
    GATE("quality_gate_", "_score");

    private final String before;
    private final String after;

    WellKnownKey(final String before, final String after) {
        this.before = before;
        this.after = after;
    }

    /** What a key of this name is, or null for one that says nothing but itself. Allocates nothing. */
    public static WellKnownKey of(final byte[] name) {
        return switch (name[0]) {
            case 'r' -> RESOURCE.matches(name) ? RESOURCE : null;
            case 'q' -> GATE.matches(name) ? GATE : null;
            default -> null;
        };
    }

    private boolean matches(final byte[] name) {
        return name.length > before.length() + after.length()
                && stands(before, name, 0)
                && stands(after, name, name.length - after.length());
    }

    private static boolean stands(final String part, final byte[] name, final int at) {
        for (int i = 0; i < part.length(); i++) {
            if (name[at + i] != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the id of the resource or gate starts in the key's name. */
    public int idIndex() {
        return before.length();
    }

    /** How long it is, in bytes. */
    public int idLength(final byte[] name) {
        return name.length - before.length() - after.length();
    }

    /** The id in a key's name. */
    public String id(final byte[] name) {
        return new String(name, idIndex(), idLength(name), StandardCharsets.UTF_8);
    }

    /** Name of the key for an id. */
    public String key(final String id) {
        return before + id + after;
    }

    /** Whether it may hold this value. */
    boolean takes(final ValueType type, final byte[] bytes, final int index) {
        return switch (type) {
            case NULL -> true;
            case BOOLEAN -> this == RESOURCE && (bytes[index] & ~1) == 0;
            case DOUBLE -> this == GATE && isScore(ValueBytes.doubleAt(bytes, index));
            case LONG, TEXT, JSON, BYTES -> false;
        };
    }

    private static boolean isScore(final double score) {
        return score >= 0 && score <= 1;
    }
}

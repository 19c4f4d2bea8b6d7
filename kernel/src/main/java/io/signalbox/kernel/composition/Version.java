package io.signalbox.kernel.composition;

import java.util.Comparator;

/**
 * Which of several things of one name. Each number is 0 or more.
 *
 * @param major changes when users have to change.
 * @param minor changes when there is more to use.
 * @param patch changes when something was put right.
 */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    public Version {
        InvalidCompositionException.unless(
                major >= 0 && minor >= 0 && patch >= 0,
                "the numbers of a version must not be negative: " + major + "." + minor + "." + patch);
    }

    /**
     * Of a text of three numbers with dots between them.
     *
     * @throws InvalidCompositionException when it is none.
     */
    public static Version of(final String text) {
        final String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 3) {
                return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (final NumberFormatException e) {
            throw new InvalidCompositionException("a version is three numbers like 1.2.0, not '" + text + "'");
        }
        throw new InvalidCompositionException("a version is three numbers like 1.2.0, not '" + text + "'");
    }

    @Override
    public int compareTo(final Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

package io.signalbox.kernel.state;

/**
 * How much one scope may hold. Part of what replay needs, as all limits of the machine are.
 *
 * @param keysMax keys, and keys with a merge rule.
 * @param bytesMax length of all its values together.
 * @param versionsMax past versions that are retained, for history and rollback.
 * @param versionBytesMax length of what the retained past versions have written, together; the last of them is retained anyway.
 */
public record StateLimits(int keysMax, int bytesMax, int versionsMax, int versionBytesMax) {
    private static final int VERSIONS = 1000;
    private static final int VERSION_BYTES = 16 << 20;

    public StateLimits {
        require("stateKeysMax", keysMax);
        require("stateBytesMax", bytesMax);
        require("stateVersionsMax", versionsMax);
        require("stateVersionBytesMax", versionBytesMax);
    }

    private static void require(final String name, final int value) {
        if (value < 1 || value > 1 << 30) {
            throw new IllegalArgumentException(name + " must be in 1..1073741824: " + value);
        }
    }

    /** A million keys, 256 MiB; the last thousand versions, as far as they wrote no more than 16 MiB. */
    public static StateLimits standard() {
        return new StateLimits(1 << 20, 256 << 20, VERSIONS, VERSION_BYTES);
    }

    /** 64 Ki keys, 16 MiB; as many past versions as {@link #standard}. */
    public static StateLimits small() {
        return new StateLimits(65_536, 16 << 20, VERSIONS, VERSION_BYTES);
    }
}

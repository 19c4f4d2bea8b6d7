package io.signalbox.kernel.context;

/**
 * How much may be distributed. Part of what replay needs, as all limits of the machine are.
 *
 * @param contextsMax contexts of agents, in all coordinations together.
 * @param documentLengthMax bytes of one distribution, and of one update.
 * @param intelligenceBytesMax what the agents of a distribution share, and what one of them has; about that many bytes.
 * @param versionsMax past versions of what is shared that each context retains.
 */
public record ContextLimits(int contextsMax, int documentLengthMax, int intelligenceBytesMax, int versionsMax) {
    public ContextLimits {
        require("contextsMax", contextsMax, 1);
        require("contextDocumentLengthMax", documentLengthMax, 1);
        require("intelligenceBytesMax", intelligenceBytesMax, 1);
        require("contextVersionsMax", versionsMax, 0);
    }

    private static void require(final String name, final int value, final int min) {
        if (value < min || value > 1 << 30) {
            throw new IllegalArgumentException(name + " must be in " + min + "..1073741824: " + value);
        }
    }

    /** 65,536 contexts, documents of 256 KiB, 4 MiB shared, 16 past versions. */
    public static ContextLimits standard() {
        return new ContextLimits(65_536, 256 << 10, 4 << 20, 16);
    }

    /** 4096 contexts; the rest as {@link #standard}. */
    public static ContextLimits small() {
        return new ContextLimits(4096, 256 << 10, 4 << 20, 16);
    }
}

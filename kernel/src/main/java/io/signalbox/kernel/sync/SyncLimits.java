package io.signalbox.kernel.sync;

/**
 * How much the kernel remembers of what agents meet at.
 *
 * @param objectsMax barriers, latches, conditions and sync points, in all coordinations together.
 * @param partiesMax of one barrier or sync point.
 * @param leasesMax leases that are held or waited for, in all coordinations together.
 */
public record SyncLimits(int objectsMax, int partiesMax, int leasesMax) {
    /** Most of each: a timer's id has 24 bits for its place. */
    public static final int PLACES_MAX = 1 << 24;

    public SyncLimits {
        require("objectsMax", objectsMax);
        require("partiesMax", partiesMax);
        require("leasesMax", leasesMax);
    }

    private static void require(final String name, final int value) {
        if (value < 1 || value > PLACES_MAX) {
            throw new IllegalArgumentException(name + " must be in 1.." + PLACES_MAX + ": " + value);
        }
    }

    /** Sizes that suit a service. */
    public static SyncLimits standard() {
        return new SyncLimits(65_536, 4096, 65_536);
    }

    /** Sizes for a tool that runs one thing. */
    public static SyncLimits small() {
        return new SyncLimits(1024, 4096, 1024);
    }
}

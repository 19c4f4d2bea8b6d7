package io.signalbox.kernel.signal;

/**
 * Sizes of the signal room; part of what replay needs, as all limits of the machine.
 *
 * @param historyMax signals that each coordination remembers; older ones give way.
 * @param historyBytesMax bytes of payload that each coordination remembers; the oldest give way, the newest always stays.
 * @param kindsMax kinds declared with a schema.
 * @param progressMax agents whose progress is remembered, in all coordinations.
 * @param recipientsMax recipients of one signal.
 */
public record SignalLimits(int historyMax, int historyBytesMax, int kindsMax, int progressMax, int recipientsMax) {
    /** Most recipients: they stand in an attachment of less than 2^16 bytes. */
    public static final int RECIPIENTS_MAX = 16_000;

    public SignalLimits {
        require("historyMax", historyMax, 1, 1 << 28);
        require("historyBytesMax", historyBytesMax, 0, 1 << 30);
        require("kindsMax", kindsMax, 0, 1 << 20);
        require("progressMax", progressMax, 0, 1 << 24);
        require("recipientsMax", recipientsMax, 1, RECIPIENTS_MAX);
    }

    private static void require(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in " + min + ".." + max + ": " + value);
        }
    }

    /** For a service. */
    public static SignalLimits standard() {
        return new SignalLimits(10_000, 16 << 20, 1024, 65_536, 1024);
    }

    /** For a tool that runs one thing. */
    public static SignalLimits small() {
        return new SignalLimits(1000, 1 << 20, 64, 256, 64);
    }
}

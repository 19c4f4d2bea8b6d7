package io.signalbox.kernel.subscription;

/**
 * Sizes of the declared subscriptions.
 *
 * @param subscriptionsMax open at once, 1 to {@value #SUBSCRIPTIONS_MAX}; every signal is compared with each.
 * @param outstandingMax signals that all of them together have not acknowledged.
 * @param outstandingBytesMax of their payloads together; one payload that several have outstanding counts for each.
 */
public record SubscriptionLimits(int subscriptionsMax, int outstandingMax, int outstandingBytesMax) {
    /** Most subscriptions. */
    public static final int SUBSCRIPTIONS_MAX = 4096;

    public SubscriptionLimits {
        if (subscriptionsMax < 1 || subscriptionsMax > SUBSCRIPTIONS_MAX) {
            throw new IllegalArgumentException(
                    "subscriptionsMax must be in 1.." + SUBSCRIPTIONS_MAX + ": " + subscriptionsMax);
        }
        if (outstandingMax < 1 || outstandingBytesMax < 0) {
            throw new IllegalArgumentException("outstandingMax must be 1 or more and outstandingBytesMax 0 or more: "
                    + outstandingMax + ", " + outstandingBytesMax);
        }
    }

    /** For a service on a small machine. */
    public static SubscriptionLimits standard() {
        return new SubscriptionLimits(256, 65_536, 64 << 20);
    }

    /** For a tool that runs one thing. */
    public static SubscriptionLimits small() {
        return new SubscriptionLimits(16, 1024, 4 << 20);
    }
}

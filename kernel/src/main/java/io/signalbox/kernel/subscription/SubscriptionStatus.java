package io.signalbox.kernel.subscription;

/**
 * How a declared subscription stands, between two turns.
 *
 * @param ready signals that wait to be given.
 * @param given signals that were given and are not acknowledged.
 * @param acknowledged signals dealt with.
 * @param lapsed how often a signal had to be given again.
 * @param abandoned signals given as often as declared, in vain.
 * @param missed signals that found the subscription full.
 * @param lastMissedFactId of the last of them, -1 when there is none.
 * @param lastAbandonedFactId of the last signal abandoned, -1 when there is none.
 */
public record SubscriptionStatus(
        int ready,
        int given,
        long acknowledged,
        long lapsed,
        long abandoned,
        long missed,
        long lastMissedFactId,
        long lastAbandonedFactId) {}

package io.signalbox.kernel;

import java.time.Duration;

/**
 * How far an agent has come in a coordination, as its {@code agent_progress} signals tell.
 *
 * @param progress 0 to 1, NaN before its first word.
 * @param heardNs kernel time of its last word, or of the declaration of its interval.
 * @param interval in which it should be heard of; zero for none.
 * @param isStalled whether it missed the last one.
 */
public record AgentStanding(double progress, long heardNs, Duration interval, boolean isStalled) {}

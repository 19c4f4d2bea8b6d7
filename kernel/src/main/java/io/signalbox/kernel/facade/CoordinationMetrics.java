package io.signalbox.kernel.facade;

import io.signalbox.kernel.SignalMetrics;
import io.signalbox.kernel.routing.RoutingStats;

/**
 * What has happened in one coordination so far.
 *
 * @param signals sent, received, acknowledged; in all and by type.
 * @param pendingDependencies waits that have not ended.
 * @param routing decisions, in all and by kind.
 */
public record CoordinationMetrics(SignalMetrics signals, int pendingDependencies, RoutingStats routing) {}

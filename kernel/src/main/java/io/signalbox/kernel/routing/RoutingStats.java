package io.signalbox.kernel.routing;

import java.util.List;
import java.util.Map;

/**
 * What was decided in one coordination since it was opened.
 *
 * @param totalRoutings decisions.
 * @param decisions how often each was decided, the most severe first; those never decided are left out.
 * @param strategies how often a router of each kind had the deciding opinion; those that never had are left out.
 * @param opinions recorded.
 * @param routersFailed opinions that stand for a router that threw.
 * @param retriesExhausted retries that were wanted when none was left.
 * @param minRoutingTimeNs shortest time that asking the routers took; 0 before the first decision.
 * @param avgRoutingTimeNs mean of these times.
 * @param maxRoutingTimeNs longest of these times.
 */
public record RoutingStats(
        long totalRoutings,
        Map<RoutingDecision, Long> decisions,
        Map<RoutingStrategy, Long> strategies,
        long opinions,
        long routersFailed,
        long retriesExhausted,
        long minRoutingTimeNs,
        long avgRoutingTimeNs,
        long maxRoutingTimeNs) {
    /** Those decided at least once, the most severe first. */
    public List<RoutingDecision> decided() {
        return List.copyOf(decisions.keySet());
    }
}

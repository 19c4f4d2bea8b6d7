package io.signalbox.kernel.routing;

/**
 * An opinion and who holds it.
 *
 * @param router name of the router, unique among those asked.
 * @param strategy its kind.
 * @param weight of the router under {@link Consolidation#WEIGHTED}, 0 to 100.
 * @param opinion what it says.
 */
public record RouterOpinion(String router, RoutingStrategy strategy, int weight, Opinion opinion) {}

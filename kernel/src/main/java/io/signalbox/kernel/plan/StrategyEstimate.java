package io.signalbox.kernel.plan;

/**
 * How long it would take if it were carried out by one strategy, with the places and limits there are.
 *
 * @param strategy by which it would be carried out.
 * @param lengthNs until the last step has ended.
 */
public record StrategyEstimate(PlanStrategy strategy, long lengthNs) {}

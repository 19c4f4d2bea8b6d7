package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.RoutingDecision;

/**
 * When something holds of the state, this is to be decided.
 *
 * @param ruleId unique in its router.
 * @param name for people.
 * @param condition when the rule applies.
 * @param decision what it says then.
 * @param target where it leads.
 * @param priority 0 to 100; the highest is looked at first, equal ones in the order given.
 */
public record ConditionalRule(
        String ruleId, String name, Condition condition, RoutingDecision decision, Target target, int priority) {
    /** Priority of a rule that names none. */
    public static final int PRIORITY = 50;

    public ConditionalRule {
        Checks.line("ruleId", ruleId);
        Checks.line("the name of rule '" + ruleId + "'", name);
        Checks.given("the condition of rule '" + ruleId + "'", condition);
        Checks.given("the decision of rule '" + ruleId + "'", decision);
        Checks.given("the target of rule '" + ruleId + "'", target);
        Checks.inRange("the priority of rule '" + ruleId + "'", priority, 0, 100);
    }

    /** A rule on one key, without target, of middle priority. */
    public static ConditionalRule of(
            final String ruleId,
            final String name,
            final String conditionKey,
            final String conditionOperator,
            final Object conditionValue,
            final RoutingDecision decision) {
        return of(ruleId, name, Condition.when(conditionKey, conditionOperator, conditionValue), decision);
    }

    /** A rule without target, of middle priority. */
    public static ConditionalRule of(
            final String ruleId, final String name, final Condition condition, final RoutingDecision decision) {
        return new ConditionalRule(ruleId, name, condition, decision, Target.none(), PRIORITY);
    }

    /** This rule with another priority. */
    public ConditionalRule withPriority(final int newPriority) {
        return new ConditionalRule(ruleId, name, condition, decision, target, newPriority);
    }

    /** This rule with a fixed target. */
    public ConditionalRule withNextTask(final String task) {
        return withTarget(Target.task(task));
    }

    /** This rule with a target. */
    public ConditionalRule withTarget(final Target newTarget) {
        return new ConditionalRule(ruleId, name, condition, decision, newTarget, priority);
    }
}

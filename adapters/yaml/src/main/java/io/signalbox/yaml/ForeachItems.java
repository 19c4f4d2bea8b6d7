package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The items of a step that runs once for each of them. Any thread; no state. */
public final class ForeachItems {
    private ForeachItems() {}

    /**
     * The items of a step whose list other steps come to, now that these have ended.
     *
     * @param scope what the placeholders of the step see, outside its instances
     * @throws UnresolvedPlaceholderException if there is nothing
     * @throws PlanException if what is there is no list, has too many items, or fewer than the step's strategy requires
     */
    public static List<JsonNode> of(final Step step, final Scope scope) {
        final Placeholder reference =
                step.foreach().flatMap(Foreach::source).orElseThrow(() -> new IllegalArgumentException(step.id()));
        final List<JsonNode> items = of(
                step,
                reference,
                new PlaceholderResolver(scope, "foreach of step " + step.id()).value(reference),
                "let what it comes from give a JSON array");
        if (!items.isEmpty()) {
            step.flow().strategy().ifPresent(strategy -> requireEnough(step.id(), strategy, items.size()));
        }
        return items;
    }

    /** The items of a list that may be null for what is not there. */
    static List<JsonNode> of(final Step step, final Placeholder reference, final JsonNode list, final String advice) {
        final String shown = "${" + reference.text() + "}";
        if (list == null || !list.isArray()) {
            throw new PlanException("'foreach' of step '" + step.id() + "' needs a list, " + shown
                    + (list == null ? " is not there" : " is " + JsonText.describe(list)) + "; " + advice);
        }
        if (list.size() > Limits.FOREACH_ITEMS_MAX) {
            throw new PlanException("'foreach' of step '" + step.id() + "' has at most " + Limits.FOREACH_ITEMS_MAX
                    + " items, " + shown + " has " + list.size() + "; give it fewer");
        }
        final List<JsonNode> items = new ArrayList<>();
        list.forEach(item -> items.add(item.deepCopy()));
        return items;
    }

    static void requireEnough(final String id, final Strategy strategy, final int members) {
        if (strategy.required() > members) {
            throw new PlanException("'" + id + "' requires " + strategy.required() + " successes of " + members
                    + (members == 1 ? " step" : " steps")
                    + ", which can never be; require fewer, or give its foreach more items");
        }
    }
}

package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingStrategy;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first rule that applies, by priority, speaks. Its confidence is 1; when none applies, the work goes on, with 0.5. */
public final class ConditionalRouter implements Router {
    /** Most rules. */
    public static final int RULES_MAX = 1024;

    private static final int CONDITION_TEXT_MAX = 80;

    private final List<ConditionalRule> rules;
    private final Opinion[] opinions;
    private final Opinion noMatch;

    /**
     * A router of these rules.
     *
     * @throws InvalidRouterException when there are too many, or two of one id.
     */
    public ConditionalRouter(final List<ConditionalRule> rules) {
        if (rules.size() > RULES_MAX) {
            throw new InvalidRouterException(
                    "a conditional router may have " + RULES_MAX + " rules, not " + rules.size());
        }
        final Set<String> ids = new HashSet<>();
        for (final ConditionalRule rule : rules) {
            if (!ids.add(rule.ruleId())) {
                throw new InvalidRouterException("two rules are called '" + rule.ruleId() + "'");
            }
        }
        this.rules = rules.stream()
                .sorted(Comparator.comparingInt(ConditionalRule::priority).reversed())
                .toList();
        opinions = this.rules.stream().map(ConditionalRouter::opinion).toArray(Opinion[]::new);
        noMatch = noMatch(0);
    }

    /** A router of these rules. */
    public static ConditionalRouter of(final ConditionalRule... rules) {
        return new ConditionalRouter(List.of(rules));
    }

    @Override
    public RoutingStrategy strategy() {
        return RoutingStrategy.CONDITIONAL;
    }

    /** The rules in the order in which they are looked at. */
    public List<ConditionalRule> rules() {
        return rules;
    }

    @Override
    public Opinion evaluate(final RoutingContext context, final RoutingState state) {
        final Condition.Trace trace = new Condition.Trace();
        for (int i = 0; i < opinions.length; i++) {
            final ConditionalRule rule = rules.get(i);
            if (rule.condition().holds(context, state, trace)) {
                return rule.target() instanceof Target.Fixed
                        ? opinions[i]
                        : opinions[i].withNextTask(target(rule, context, state));
            }
        }
        return trace.unlike() == 0 ? noMatch : noMatch(trace.unlike());
    }

    private static String target(final ConditionalRule rule, final RoutingContext context, final RoutingState state) {
        try {
            return rule.target().task(context, state);
        } catch (final IllegalStateException e) {
            throw new IllegalStateException("rule '" + rule.ruleId() + "': " + e.getMessage(), e);
        }
    }

    private Opinion noMatch(final int unlike) {
        return new Opinion(
                RoutingDecision.CONTINUE, 0.5, Finding.NO_RULE_MATCHED, "", "", List.of(), opinions.length, unlike);
    }

    /** Said each time the rule applies, so it is made once. */
    private static Opinion opinion(final ConditionalRule rule) {
        final String condition = rule.condition().toString();
        return new Opinion(
                rule.decision(),
                1,
                Finding.RULE_MATCHED,
                rule.ruleId()
                        + '\n'
                        + rule.name()
                        + '\n'
                        + condition.substring(0, Math.min(condition.length(), CONDITION_TEXT_MAX)),
                rule.target() instanceof Target.Fixed fixed ? fixed.task() : "",
                List.of(),
                rule.priority());
    }
}

package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;

/** Reads how steps that run beside each other come to one end. */
final class StrategyReader {
    private final Problems problems;
    private final Values values;

    StrategyReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** A word, or more exactly. */
    Strategy read(final YamlNode node, final String of) {
        final String owner = "'strategy' of " + of;
        if (node instanceof YamlNode.Mapping) {
            final Fields fields = Fields.of(problems, node, owner, KnownKeys.STRATEGY);
            if (fields.get("rule").isEmpty()) {
                problems.add(node, owner + " has no 'rule'; write one, as in 'rule: first'");
            }
            return read(fields, "rule");
        }
        return read(Fields.only(owner, "rule", node), "rule");
    }

    /** The fields of a mapping in which {@code ruleKey} names the rule. */
    Strategy read(final Fields fields, final String ruleKey) {
        final String of = " of " + fields.owner();
        final Strategy.Rule rule = fields.get(ruleKey)
                .flatMap(node -> values.choice(
                        node,
                        ruleKey.equals("rule") ? fields.owner() : "'" + ruleKey + "'" + of,
                        List.of(Strategy.Rule.values()),
                        Strategy.Rule::word))
                .orElse(Strategy.Rule.ALL);
        final Optional<Integer> required = fields.get("required")
                .flatMap(node -> values.wholeNumber(node, "'required'" + of, 1, Limits.STEPS_MAX));
        if (rule == Strategy.Rule.QUORUM && fields.get("required").isEmpty()) {
            problems.add(
                    fields.get(ruleKey).orElseThrow(),
                    fields.owner() + " is a quorum and does not say of how many; add 'required: 2'");
        }
        refuseUnless(rule == Strategy.Rule.QUORUM, fields, "required", Strategy.Rule.QUORUM);
        refuseUnless(rule == Strategy.Rule.COMPETITIVE, fields, "quality_min", Strategy.Rule.COMPETITIVE);
        final boolean waits = rule == Strategy.Rule.ALL || rule == Strategy.Rule.BEST_EFFORT;
        return new Strategy(
                rule,
                rule == Strategy.Rule.QUORUM ? required.orElse(1) : 0,
                fields.get("quality_min")
                        .flatMap(node -> values.number(node, "'quality_min'" + of, 0, 1))
                        .filter(unused -> rule == Strategy.Rule.COMPETITIVE)
                        .orElse(0.0),
                fields.get("cancel")
                        .flatMap(node -> values.choice(
                                node, "'cancel'" + of, List.of(Strategy.Cancel.values()), Strategy.Cancel::word))
                        .orElse(waits ? Strategy.Cancel.WAIT_ALL : Strategy.Cancel.CANCEL_REMAINING),
                fields.get("timeout").flatMap(node -> values.duration(node, "'timeout'" + of, false)));
    }

    private void refuseUnless(final boolean fits, final Fields fields, final String key, final Strategy.Rule rule) {
        if (!fits && fields.get(key).isPresent()) {
            problems.add(
                    fields.get(key).get(),
                    "'" + key + "' of " + fields.owner() + " goes only with '" + rule.word() + "'; take it out");
        }
    }
}

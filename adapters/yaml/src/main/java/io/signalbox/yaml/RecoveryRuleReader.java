package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what is done about errors of one look. */
final class RecoveryRuleReader {
    private static final int RULES_MAX = 20;
    private static final int EXIT_CODE_MAX = 255;
    private static final String TIMEOUT_WORD = "timeout";

    private final Problems problems;
    private final Values values;
    private final Recovery around;

    /** @param around what else the step's recovery has, which rules may name */
    RecoveryRuleReader(final Problems problems, final Recovery around) {
        this.problems = problems;
        this.values = new Values(problems);
        this.around = around;
    }

    List<Recovery.Rule> rules(final YamlNode node, final String of, final Templates templates) {
        final List<Recovery.Rule> rules = new ArrayList<>();
        if (!(node instanceof YamlNode.Sequence sequence)
                || sequence.items().isEmpty()
                || sequence.items().size() > RULES_MAX) {
            problems.add(
                    node,
                    "'on' of " + of + " must be a list of 1 to " + RULES_MAX
                            + " entries, each with 'error' or 'exit', got " + Describe.value(node));
            return rules;
        }
        for (final YamlNode item : sequence.items()) {
            final String owner = "entry " + (rules.size() + 1) + " of 'on' of " + of;
            rules.add(rule(item, Fields.of(problems, item, owner, KnownKeys.RULE), templates));
        }
        return rules;
    }

    private Recovery.Rule rule(final YamlNode node, final Fields fields, final Templates templates) {
        final String owner = fields.owner();
        if (fields.get("error").isEmpty() && fields.get("exit").isEmpty()) {
            problems.add(node, owner + " is for no error; give it 'error', a text to look for, or 'exit', exit codes");
        }
        final Optional<Recovery.Correction> correction =
                fields.get("correct").map(found -> correction(found, owner, templates));
        final List<Recovery.Means> means = fields.get("try")
                .map(found -> means(found, "'try' of " + owner, correction.isPresent()))
                .orElseGet(() -> usual(correction.isPresent()));
        if (correction.isPresent() && !means.contains(Recovery.Means.CORRECT)) {
            problems.add(node, "'try' of " + owner + " leaves out 'correct', so its correction would never run");
        }
        final Recovery.Rule rule = new Recovery.Rule(
                fields.get("error")
                        .flatMap(found -> values.shown(found, "'error' of " + owner, ""))
                        .orElse(""),
                fields.get("exit").map(found -> ends(found, owner)).orElse(List.of()),
                means,
                fields.get("retries")
                        .flatMap(found -> values.wholeNumber(found, "'retries' of " + owner, 0, Limits.RETRY_MAX))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                correction);
        fields.get("error").ifPresent(found -> check(found, owner, rule));
        return rule;
    }

    /** The kernel knows what an expression may be. */
    private void check(final YamlNode node, final String owner, final Recovery.Rule rule) {
        try {
            new Recovery(
                            List.of(new Recovery.Rule(
                                    rule.error().isEmpty() ? "any" : rule.error(),
                                    rule.ends(),
                                    rule.means(),
                                    rule.retries(),
                                    rule.correction())),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            false)
                    .policy(Retry.NONE);
        } catch (final IllegalArgumentException e) {
            problems.add(node, "'error' of " + owner + " cannot be looked for: " + e.getMessage());
        }
    }

    private List<Recovery.Means> usual(final boolean hasCorrection) {
        final List<Recovery.Means> means = new ArrayList<>();
        if (hasCorrection) {
            means.add(Recovery.Means.CORRECT);
        }
        means.addAll(around.chain());
        return means;
    }

    private List<String> ends(final YamlNode node, final String owner) {
        final List<String> ends = new ArrayList<>();
        final List<YamlNode> items = node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
        for (final YamlNode item : items) {
            if (item instanceof YamlNode.Scalar scalar && scalar.value().equals(TIMEOUT_WORD)) {
                ends.add(Recovery.TIMEOUT);
            } else {
                values.wholeNumber(item, "'exit' of " + owner + ", if it is not 'timeout',", 0, EXIT_CODE_MAX)
                        .ifPresent(code -> ends.add(Recovery.exit(code)));
            }
        }
        return ends;
    }

    private List<Recovery.Means> means(final YamlNode node, final String what, final boolean hasCorrection) {
        final List<Recovery.Means> known = usual(hasCorrection);
        final List<Recovery.Means> means = new ArrayList<>();
        final List<YamlNode> items = node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
        for (final YamlNode item : items) {
            final Optional<Recovery.Means> found =
                    values.choice(item, "an entry of " + what, List.of(Recovery.Means.values()), Recovery.Means::word);
            if (found.isPresent() && !known.contains(found.get())) {
                problems.add(item, what + " names '" + found.get().word() + "', which is not there to be tried");
            } else if (found.isPresent() && means.contains(found.get())) {
                problems.add(item, what + " names '" + found.get().word() + "' twice");
            }
            found.ifPresent(means::add);
        }
        final int escalates = means.indexOf(Recovery.Means.ESCALATE);
        if (escalates >= 0 && escalates < means.size() - 1) {
            problems.add(node, what + " goes on behind 'escalate'; a person's answer ends the step, so put it last");
        }
        return means;
    }

    private Recovery.Correction correction(final YamlNode node, final String of, final Templates templates) {
        final String owner = "'correct' of " + of;
        final boolean isShort = !(node instanceof YamlNode.Mapping);
        final Fields fields =
                isShort ? Fields.only(owner, "run", node) : Fields.of(problems, node, owner, KnownKeys.CORRECT);
        final RunReader runs = new RunReader(problems);
        return new Recovery.Correction(
                runs.run(fields, node, templates),
                fields.get("check")
                        .map(found -> runs.run(Fields.only("'check' of " + owner, "run", found), found, templates)));
    }
}

package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Reads what is tried when a step's attempts have failed. */
final class RecoveryReader {
    private static final int ALTERNATIVES_MAX = 10;
    private static final int LEVELS_MAX = 10;

    private final Problems problems;
    private final Values values;

    RecoveryReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** What is done about which error, other ways, levels and the fallback. */
    Recovery recovery(
            final Fields step, final ResultKind kind, final Map<String, Template> env, final Templates templates) {
        final Optional<YamlNode> node = step.get("recover");
        if (node.isEmpty()) {
            return Recovery.NONE;
        }
        final Fields fields = fields(step, node.get());
        if (node.get() instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()) {
            problems.add(node.get(), fields.owner() + " is empty; say what is tried, as in 'alternatives'");
        }
        final Optional<Fields> degrade = fields.get("degrade").map(found -> degrade(found, fields.owner()));
        final Recovery recovery = new Recovery(
                List.of(),
                fields.get("alternatives")
                        .map(found -> alternatives(found, fields.owner(), env, templates))
                        .orElse(List.of()),
                degrade.flatMap(found -> found.get("levels").map(levels -> levels(levels, found.owner())))
                        .orElse(List.of()),
                degrade.flatMap(found -> fallback(found, kind)),
                fields.get("escalate").isPresent());
        final List<Recovery.Rule> rules = fields.get("on")
                .map(found -> new RecoveryRuleReader(problems, recovery).rules(found, fields.owner(), templates))
                .orElse(List.of());
        return new Recovery(
                rules, recovery.alternatives(), recovery.levels(), recovery.fallback(), recovery.escalates());
    }

    private Fields fields(final Fields step, final YamlNode node) {
        return Fields.of(problems, node, "'recover' of " + step.owner(), KnownKeys.RECOVER);
    }

    private List<Recovery.Alternative> alternatives(
            final YamlNode node, final String of, final Map<String, Template> env, final Templates templates) {
        final List<Recovery.Alternative> alternatives = new ArrayList<>();
        if (!(node instanceof YamlNode.Sequence sequence)
                || sequence.items().isEmpty()
                || sequence.items().size() > ALTERNATIVES_MAX) {
            problems.add(
                    node,
                    "'alternatives' of " + of + " must be a list of 1 to " + ALTERNATIVES_MAX
                            + " entries, each with 'run', got " + Describe.value(node));
            return alternatives;
        }
        for (final YamlNode item : sequence.items()) {
            final String owner = "alternative " + (alternatives.size() + 1) + " of " + of;
            final Fields fields = Fields.of(problems, item, owner, KnownKeys.ALTERNATIVE);
            final Map<String, Template> own = new LinkedHashMap<>(env);
            fields.get("env").ifPresent(found -> own.putAll(templates.environment(found, owner)));
            alternatives.add(new Recovery.Alternative(new RunReader(problems).run(fields, item, templates), own));
        }
        return alternatives;
    }

    private Fields degrade(final YamlNode node, final String of) {
        final Fields fields = Fields.of(problems, node, "'degrade' of " + of, KnownKeys.DEGRADE);
        if (node instanceof YamlNode.Mapping
                && fields.get("result").isEmpty()
                && fields.get("levels").isEmpty()) {
            problems.add(
                    node,
                    fields.owner() + " has no 'result'; write the result with which the step then succeeds, or 'levels'"
                            + " at which it does with less");
        }
        return fields;
    }

    private List<String> levels(final YamlNode node, final String of) {
        final String what = "'levels' of " + of;
        final List<String> levels = new ArrayList<>();
        for (final YamlNode.Scalar level : new SettingsReader(problems).strings(node, what)) {
            if (values.isId(level, level.value(), "an entry of " + what)) {
                levels.add(level.value());
            }
        }
        if (levels.size() > LEVELS_MAX || levels.stream().distinct().count() < levels.size()) {
            problems.add(node, what + " must be at most " + LEVELS_MAX + " different names, got " + levels.size());
        }
        return levels;
    }

    private Optional<JsonNode> fallback(final Fields fields, final ResultKind kind) {
        final Optional<YamlNode> result = fields.get("result");
        if (result.isEmpty()) {
            return Optional.empty();
        }
        final String what = "'result' of " + fields.owner();
        values.refusePlaceholders(result.get(), what, "write a fixed value");
        return kind == ResultKind.TEXT
                ? values.text(result.get(), what).map(StringNode::valueOf)
                : Optional.of(new JsonValues(problems).of(result.get()));
    }

    /**
     * The step as it is, or, when a person is asked in the end, with what asks: the step itself becomes {@code id.attempt}, the question
     * {@code id.decision}, and what needs the step waits for whichever of the two succeeds first.
     */
    List<StepDraft> escalation(final Fields fields, final StepDraft draft) {
        final Optional<YamlNode> node = fields.get("recover")
                .flatMap(found ->
                        found instanceof YamlNode.Mapping mapping ? mapping.value("escalate") : Optional.empty());
        if (node.isEmpty() || !draft.hasId()) {
            return List.of(draft);
        }
        final Step step = draft.step();
        final String owner = "'escalate' of 'recover' of step '" + step.id() + "'";
        if (step.foreach().isPresent()) {
            problems.add(node.get(), owner + " does not go with 'foreach'; ask once, in a step behind it");
        }
        if (fields.get("compensate").isPresent()) {
            problems.add(node.get(), owner + " does not go with 'compensate'; take one of the two out");
        }
        final Templates templates = new Templates(problems);
        final Approvals.Question question = new Approvals(problems).question(node.get(), owner, templates);
        final String attempt = step.id() + ".attempt";
        final String failed = step.id() + ".failed";
        final String decision = step.id() + ".decision";
        final Flow inside = Flow.PLAIN.in(step.id());
        final Step tried = new Step(
                attempt,
                step.run(),
                step.needs(),
                step.when(),
                step.foreach(),
                step.env(),
                step.timeout(),
                step.retry(),
                step.result(),
                step.outputs(),
                step.line(),
                step.flow().in(step.id()).failing(Optional.of(OnFailure.RUN_DEPENDENTS)));
        final Step gate = Step.idle(
                step.id(),
                new Run.Gate(
                        Run.Block.RECOVERY,
                        new Strategy(Strategy.Rule.FIRST, 0, 0, Strategy.Cancel.CANCEL_REMAINING, Optional.empty()),
                        ""),
                List.of(attempt, decision),
                Optional.empty(),
                step.line(),
                Flow.PLAIN.in(step.flow().parent()).failing(step.flow().onFailure()));
        return List.of(
                new StepDraft(
                        gate, draft.node(), draft.idNode(), draft.needNodes(), Map.of(), List.of(), List.of(decision)),
                new StepDraft(
                        tried, draft.node(), draft.node(), List.of(), draft.outputNodes(), draft.uses(), step.needs()),
                StepDraft.idle(
                        Step.idle(
                                failed,
                                new Run.AfterFailure(attempt),
                                List.of(attempt),
                                Optional.empty(),
                                step.line(),
                                inside),
                        draft.node(),
                        List.of(attempt)),
                new StepDraft(
                        Step.idle(
                                decision,
                                new Run.Approval(question.message()),
                                List.of(failed),
                                question.timeout(),
                                node.get().place().line(),
                                inside),
                        draft.node(),
                        draft.node(),
                        List.of(),
                        Map.of(),
                        templates.uses(),
                        List.of(failed)));
    }
}

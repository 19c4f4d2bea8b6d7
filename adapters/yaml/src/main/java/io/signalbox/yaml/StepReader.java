package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one step that executes something or asks somebody, with what undoes it and what is tried when it fails. */
final class StepReader {
    private final Problems problems;
    private final Values values;
    private final SettingsReader settings;
    private final Defaults defaults;
    private final FlowReader flows;

    StepReader(final Problems problems, final Defaults defaults, final Map<String, Limit> limits) {
        this.problems = problems;
        this.values = new Values(problems);
        this.settings = new SettingsReader(problems);
        this.defaults = defaults;
        this.flows = new FlowReader(problems, limits);
    }

    /** The step, and behind it what belongs to it. */
    List<StepDraft> read(final YamlNode node, final int number, final Surroundings around) {
        final StepName name = StepName.of(problems, node, number);
        final boolean isApproval = StepName.has(node, "approve");
        final List<String> known = isApproval
                ? KnownKeys.APPROVAL_STEP
                : node instanceof YamlNode.Mapping ? KnownKeys.RUN_STEP : KnownKeys.STEP;
        final Fields fields = Fields.of(problems, node, name.owner(), known);
        name.requireId(problems, node);
        final Templates templates = new Templates(problems);
        final List<YamlNode.Scalar> needNodes = settings.needs(fields);
        final List<String> needs = around.needs(needNodes);
        final Map<String, YamlNode> outputNodes = new LinkedHashMap<>();
        final Step step = isApproval
                ? approval(fields, name, needs, templates, node, around)
                : task(fields, name, needs, templates, node, outputNodes, around);
        final StepDraft draft = new StepDraft(
                step, node, name.idNode().orElse(node), needNodes, outputNodes, templates.uses(), around.implied());
        final List<StepDraft> drafts = new ArrayList<>(new RecoveryReader(problems).escalation(fields, draft));
        fields.get("compensate").ifPresent(found -> drafts.add(compensation(found, step, node)));
        return drafts;
    }

    private Step task(
            final Fields fields,
            final StepName name,
            final List<String> needs,
            final Templates templates,
            final YamlNode node,
            final Map<String, YamlNode> outputNodes,
            final Surroundings around) {
        final String owner = name.owner();
        final Run run = new RunReader(problems).run(fields, node, templates);
        final Optional<YamlNode> foreach = fields.get("foreach");
        final ResultKind result = settings.result(fields, defaults.result());
        final Map<String, Template> env = environment(fields, templates, defaults.env());
        return new Step(
                name.id(),
                run,
                needs,
                fields.get("when").flatMap(found -> templates.expression(found, "'when' of " + owner)),
                foreach.map(found -> new ForeachReader(problems).foreach(found, owner, templates)),
                env,
                settings.timeout(fields, defaults.timeout()),
                settings.retry(fields, defaults.retry(), true),
                result,
                fields.get("outputs")
                        .map(found -> outputs(found, owner, outputNodes))
                        .orElse(Map.of()),
                node.place().line(),
                flows.flow(fields, around, new RecoveryReader(problems).recovery(fields, result, env, templates)));
    }

    private Step approval(
            final Fields fields,
            final StepName name,
            final List<String> needs,
            final Templates templates,
            final YamlNode node,
            final Surroundings around) {
        final Approvals.Question question = new Approvals(problems)
                .question(fields.get("approve").orElseThrow(), "'approve' of " + name.owner(), templates);
        return Step.idle(
                name.id(),
                new Run.Approval(question.message()),
                needs,
                question.timeout(),
                node.place().line(),
                flows.flow(fields, around.withoutLimits(), Recovery.NONE));
    }

    /** What undoes a step has its items; it sees what the step itself sees, and the step. */
    private StepDraft compensation(final YamlNode found, final Step undone, final YamlNode stepNode) {
        final String owner = "'compensate' of step '" + undone.id() + "'";
        final boolean isShort = !(found instanceof YamlNode.Mapping);
        final Fields fields =
                isShort ? Fields.only(owner, "run", found) : Fields.of(problems, found, owner, KnownKeys.COMPENSATE);
        final Templates templates = new Templates(problems);
        final Map<String, Template> env = environment(fields, templates, undone.env());
        final Step step = new Step(
                undone.id() + ".compensate",
                new RunReader(problems).run(fields, found, templates),
                List.of(),
                Optional.empty(),
                undone.foreach(),
                env,
                settings.timeout(fields, undone.timeout()),
                settings.retry(fields, undone.retry(), true),
                ResultKind.TEXT,
                Map.of(),
                found.place().line(),
                Flow.PLAIN.in(undone.flow().parent()).undoing(undone.id()));
        final List<String> implied = new ArrayList<>(undone.needs());
        implied.add(undone.id());
        return new StepDraft(step, stepNode, found, List.of(), Map.of(), templates.uses(), implied);
    }

    private static Map<String, Template> environment(
            final Fields fields, final Templates templates, final Map<String, Template> before) {
        final Map<String, Template> environment = new LinkedHashMap<>(before);
        fields.get("env")
                .map(found -> templates.environment(found, fields.owner()))
                .ifPresent(environment::putAll);
        return environment;
    }

    private Map<String, String> outputs(final YamlNode node, final String owner, final Map<String, YamlNode> nodes) {
        final Map<String, String> outputs = new LinkedHashMap<>();
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    node,
                    "'outputs' of " + owner + " must be a mapping of names to paths, got " + Describe.value(node));
            return outputs;
        }
        for (final YamlNode.Entry entry : mapping.entries()) {
            final String name = entry.key().value();
            if (values.isId(entry.key(), name, "an output's name in " + owner)) {
                nodes.put(name, entry.value());
                outputs.put(name, path(entry.value(), "output '" + name + "' of " + owner));
            }
        }
        return outputs;
    }

    private String path(final YamlNode node, final String what) {
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL) {
            problems.add(node, what + " has no path; write one such as 'build/app.jar'");
            return "";
        }
        final Optional<String> text = values.text(node, what);
        if (text.isEmpty()) {
            return "";
        }
        final String path = text.get();
        values.refusePlaceholders(node, what, "write a fixed path; each instance of a step has a directory of its own");
        final List<String> segments = List.of(path.split("/", -1));
        if (path.startsWith("/")) {
            problems.add(node, what + " must be a relative path, got '" + JsonText.cut(path) + "'");
        } else if (segments.contains("..")) {
            problems.add(
                    node,
                    what + " must stay inside the attempt's directory, got '" + JsonText.cut(path)
                            + "'; leave '..' out");
        } else if (segments.contains("") || segments.contains(".")) {
            problems.add(
                    node,
                    what + " must be a plain path such as 'build/app.jar', without '.' and empty parts, got '"
                            + JsonText.cut(path) + "'");
        } else {
            return path;
        }
        return "";
    }
}

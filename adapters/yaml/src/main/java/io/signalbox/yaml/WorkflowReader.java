package io.signalbox.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes to a workflow file: reads each level, then has the references checked. */
final class WorkflowReader {
    private static final int NAME_LENGTH_MAX = 200;

    private final Problems problems;
    private final Values values;
    private final SettingsReader settings;

    WorkflowReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.settings = new SettingsReader(problems);
    }

    WorkflowFile read(final YamlNode root, final Path source) {
        final Fields fields = Fields.of(problems, root, "the workflow", KnownKeys.WORKFLOW);
        final List<Input> inputs = fields.get("inputs")
                .map(node -> new InputReader(problems).read(node))
                .orElse(List.of());
        final Templates defaultTemplates = new Templates(problems);
        final Defaults defaults = fields.get("defaults")
                .map(node -> defaults(node, defaultTemplates))
                .orElse(Defaults.NONE);
        final Set<String> secrets = fields.get("secrets").map(this::secrets).orElse(Set.of());
        final List<StepDraft> drafts = steps(fields, root, defaults);
        refuseSecretsInEnvironments(root, secrets);
        new ReferenceChecker(problems, inputs, drafts, defaultTemplates.uses()).check();
        new OutputChecker(problems).check(drafts);
        return new WorkflowFile(
                name(fields, source),
                fields.get("description").flatMap(node -> values.shown(node, "'description'", "\n\t")),
                inputs,
                defaults,
                fields.get("concurrency")
                        .flatMap(node -> values.wholeNumber(node, "'concurrency'", 1, Limits.CONCURRENCY_MAX))
                        .orElse(0),
                onError(fields),
                List.copyOf(secrets),
                drafts.stream().map(StepDraft::step).toList(),
                source,
                problems.source().text());
    }

    private String name(final Fields fields, final Path source) {
        final Optional<YamlNode> node = fields.get("name");
        if (node.isEmpty()) {
            final String file = source.getFileName() == null
                    ? "workflow"
                    : source.getFileName().toString();
            final int dot = file.lastIndexOf('.');
            return dot > 0 ? file.substring(0, dot) : file;
        }
        final String name = values.shown(node.get(), "'name'", "").orElse("");
        if (name.length() > NAME_LENGTH_MAX) {
            problems.add(node.get(), "'name' has at most " + NAME_LENGTH_MAX + " characters, got " + name.length());
        }
        return name;
    }

    private OnError onError(final Fields fields) {
        return fields.get("on_error")
                .flatMap(node -> values.choice(node, "'on_error'", List.of(OnError.values()), OnError::word))
                .orElse(OnError.FAIL_FAST);
    }

    private Defaults defaults(final YamlNode node, final Templates templates) {
        final Fields fields = Fields.of(problems, node, "'defaults'", KnownKeys.DEFAULTS);
        final Map<String, Template> environment = fields.get("env")
                .map(found -> templates.environment(found, "'defaults'"))
                .orElse(Map.of());
        final Optional<Duration> timeout = settings.timeout(fields, Optional.empty());
        return new Defaults(
                environment,
                timeout,
                settings.retry(fields, Retry.NONE, false),
                settings.result(fields, ResultKind.TEXT));
    }

    private Set<String> secrets(final YamlNode node) {
        final Set<String> secrets = new LinkedHashSet<>();
        for (final YamlNode.Scalar name : settings.strings(node, "'secrets'")) {
            if (values.isEnvironmentName(name, name.value(), "the name of a secret") && !secrets.add(name.value())) {
                problems.add(name, "secret '" + name.value() + "' is listed twice; keep one of the two");
            }
        }
        return secrets;
    }

    private List<StepDraft> steps(final Fields fields, final YamlNode root, final Defaults defaults) {
        final Optional<YamlNode> node = fields.get("steps");
        if (node.isEmpty()) {
            if (root instanceof YamlNode.Mapping) {
                problems.add(root, "the workflow has no 'steps'; add a list of at least one step with 'id' and 'run'");
            }
            return List.of();
        }
        if (!(node.get() instanceof YamlNode.Sequence sequence)) {
            problems.add(
                    node.get(),
                    "'steps' must be a list of steps, each with 'id' and 'run', got " + Describe.value(node.get()));
            return List.of();
        }
        if (sequence.items().isEmpty()) {
            problems.add(sequence, "'steps' is an empty list; add at least one step with 'id' and 'run'");
        }
        if (sequence.items().size() > Limits.STEPS_MAX) {
            problems.add(
                    sequence,
                    "'steps' has at most " + Limits.STEPS_MAX + " steps, got "
                            + sequence.items().size());
            return List.of();
        }
        return drafts(sequence, defaults);
    }

    private List<StepDraft> drafts(final YamlNode.Sequence sequence, final Defaults defaults) {
        final StepReader reader = new StepReader(problems, defaults);
        final List<StepDraft> drafts = new ArrayList<>();
        final Map<String, StepDraft> byId = new HashMap<>();
        long instances = 0;
        for (final YamlNode item : sequence.items()) {
            final StepDraft draft = reader.read(item, drafts.size() + 1);
            drafts.add(draft);
            instances += instances(draft.step());
            if (draft.hasId()) {
                final StepDraft before = byId.putIfAbsent(draft.step().id(), draft);
                if (before != null) {
                    problems.add(
                            draft.idNode(),
                            "step id '" + draft.step().id() + "' is already on line "
                                    + before.idNode().place().line() + "; give each step an id of its own");
                }
            }
        }
        if (instances > Limits.STEPS_MAX) {
            problems.add(
                    sequence,
                    "a workflow has at most " + Limits.STEPS_MAX + " steps after 'foreach' is expanded, got "
                            + instances);
        }
        return drafts;
    }

    private static int instances(final Step step) {
        return step.foreach().orElse(null) instanceof Foreach.Items list
                ? list.items().size()
                : 1;
    }

    /** Walks the nodes and not the model, to name the place. */
    private void refuseSecretsInEnvironments(final YamlNode root, final Set<String> secrets) {
        if (secrets.isEmpty()) {
            return;
        }
        child(root, "defaults").ifPresent(node -> refuseSecrets(node, secrets, "'defaults'"));
        if (child(root, "steps").orElse(null) instanceof YamlNode.Sequence steps) {
            for (final YamlNode step : steps.items()) {
                final String owner = child(step, "id").orElse(null) instanceof YamlNode.Scalar id
                        ? "step '" + JsonText.cut(id.value()) + "'"
                        : "a step";
                refuseSecrets(step, secrets, owner);
            }
        }
    }

    private void refuseSecrets(final YamlNode owner, final Set<String> secrets, final String what) {
        if (child(owner, "env").orElse(null) instanceof YamlNode.Mapping environment) {
            for (final YamlNode.Entry variable : environment.entries()) {
                if (secrets.contains(variable.key().value())) {
                    problems.add(
                            variable.key(),
                            "'" + variable.key().value() + "' is a secret and is also set in 'env' of " + what
                                    + "; a secret comes from the environment of the run, take one of the two out");
                }
            }
        }
    }

    private static Optional<YamlNode> child(final YamlNode node, final String key) {
        return node instanceof YamlNode.Mapping mapping ? mapping.value(key) : Optional.empty();
    }
}

package io.signalbox.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    WorkflowFile read(final YamlNode root, final Path source, final CallReader.Loading loading) {
        final Fields fields = Fields.of(problems, root, "the workflow", KnownKeys.WORKFLOW);
        final List<Input> inputs = fields.get("inputs")
                .map(node -> new InputReader(problems).read(node))
                .orElse(List.of());
        final Templates defaultTemplates = new Templates(problems);
        final Defaults defaults = fields.get("defaults")
                .map(node -> defaults(node, defaultTemplates))
                .orElse(Defaults.NONE);
        final Set<String> secrets = fields.get("secrets").map(this::secrets).orElse(Set.of());
        final Map<String, Limit> limits = fields.get("limits")
                .map(node -> FlowReader.limits(problems, node))
                .orElse(Map.of());
        final CallReader calls = new CallReader(problems, source, loading);
        final BlockReader blocks = new BlockReader(problems, defaults, limits, calls);
        fields.get("stages").ifPresent(blocks::stages);
        steps(fields, root, blocks);
        final List<StepDraft> drafts = blocks.drafts();
        final Templates outputTemplates = new Templates(problems);
        final Map<String, Call.Argument> outputs = fields.get("outputs")
                .map(node -> new OutputsReader(problems).read(node, outputTemplates))
                .orElse(Map.of());
        check(drafts, root);
        refuseSecretsInEnvironments(root, secrets);
        new ReferenceChecker(problems, inputs, drafts, calls.calls())
                .check(defaultTemplates.uses(), outputTemplates.uses());
        new OpenForeachChecker(problems, drafts, calls.calls()).check();
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
                secrets(secrets, calls),
                drafts.stream().map(StepDraft::step).toList(),
                source,
                problems.source().text(),
                settings.timeout(fields, Optional.empty()),
                Stream.concat(limits.values().stream(), blocks.limits().stream())
                        .toList(),
                calls.calls(),
                outputs);
    }

    /** Those of the file and of every workflow it calls. */
    private static List<String> secrets(final Set<String> own, final CallReader calls) {
        final Set<String> all = new LinkedHashSet<>(own);
        all.addAll(calls.secrets());
        return List.copyOf(all);
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

    private void steps(final Fields fields, final YamlNode root, final BlockReader blocks) {
        final Optional<YamlNode> node = fields.get("steps");
        if (node.isPresent()) {
            blocks.steps(node.get(), "'steps'", Surroundings.NONE);
        } else if (root instanceof YamlNode.Mapping && fields.get("stages").isEmpty()) {
            problems.add(root, "the workflow has no 'steps'; add a list of at least one step with 'id' and 'run'");
        }
    }

    /** No two of one id, and not too many. */
    private void check(final List<StepDraft> drafts, final YamlNode root) {
        final Map<String, StepDraft> byId = new HashMap<>();
        long instances = 0;
        for (final StepDraft draft : drafts) {
            instances += instances(draft.step());
            final String id = draft.step().id();
            final StepDraft before = draft.hasId() ? byId.putIfAbsent(id, draft) : null;
            if (before != null && id.indexOf('.') < 0 && id.indexOf('/') < 0) {
                problems.add(
                        draft.idNode(),
                        "step id '" + id + "' is already on line "
                                + before.idNode().place().line() + "; give each step an id of its own");
            }
        }
        if (instances > Limits.STEPS_MAX) {
            problems.add(
                    child(root, "steps").orElse(root),
                    "a workflow has at most " + Limits.STEPS_MAX + " steps after 'foreach' is expanded, got "
                            + instances);
        }
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
        child(root, "stages").ifPresent(node -> refuseSecretsInSteps(node, secrets));
        child(root, "steps").ifPresent(node -> refuseSecretsInSteps(node, secrets));
    }

    private void refuseSecretsInSteps(final YamlNode list, final Set<String> secrets) {
        if (list instanceof YamlNode.Sequence steps) {
            for (final YamlNode step : steps.items()) {
                final String owner = child(step, "id").orElse(null) instanceof YamlNode.Scalar id
                        ? "step '" + JsonText.cut(id.value()) + "'"
                        : "a step";
                refuseSecrets(step, secrets, owner);
                child(step, "compensate").ifPresent(node -> refuseSecrets(node, secrets, "'compensate' of " + owner));
                child(step, "steps").ifPresent(node -> refuseSecretsInSteps(node, secrets));
                child(step, "parallel")
                        .flatMap(node -> child(node, "steps"))
                        .ifPresent(node -> refuseSecretsInSteps(node, secrets));
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

package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one step. */
final class StepReader {
    private final Problems problems;
    private final Values values;
    private final SettingsReader settings;
    private final Defaults defaults;

    StepReader(final Problems problems, final Defaults defaults) {
        this.problems = problems;
        this.values = new Values(problems);
        this.settings = new SettingsReader(problems);
        this.defaults = defaults;
    }

    StepDraft read(final YamlNode node, final int number) {
        final Optional<YamlNode> idNode = idNode(node);
        final Optional<String> id = idNode.flatMap(found -> values.id(found, "the id of step " + number));
        final String owner = id.map(known -> "step '" + known + "'").orElse("step " + number);
        final Fields fields = Fields.of(problems, node, owner, KnownKeys.STEP);
        if (idNode.isEmpty() && node instanceof YamlNode.Mapping) {
            problems.add(node, owner + " has no id; give it one, as in 'id: compile'");
        }
        final Templates templates = new Templates(problems);
        final Optional<YamlNode> needs = fields.get("needs");
        final List<YamlNode.Scalar> needNodes = needs.map(found -> settings.strings(found, "'needs' of " + owner))
                .orElse(List.of());
        final Map<String, YamlNode> outputNodes = new LinkedHashMap<>();
        final Step step = new Step(
                id.orElse(""),
                run(fields, node, templates),
                needNodes.stream().map(YamlNode.Scalar::value).toList(),
                fields.get("when").flatMap(found -> templates.expression(found, "'when' of " + owner)),
                fields.get("foreach").map(found -> foreach(found, owner, templates)),
                environment(fields, templates),
                settings.timeout(fields, defaults.timeout()),
                settings.retry(fields, defaults.retry(), true),
                settings.result(fields, defaults.result()),
                fields.get("outputs")
                        .map(found -> outputs(found, owner, outputNodes))
                        .orElse(Map.of()),
                node.place().line());
        return new StepDraft(step, node, idNode.orElse(node), needNodes, outputNodes, templates.uses());
    }

    private static Optional<YamlNode> idNode(final YamlNode node) {
        return node instanceof YamlNode.Mapping mapping ? mapping.value("id") : Optional.empty();
    }

    private Map<String, Template> environment(final Fields fields, final Templates templates) {
        final Map<String, Template> environment = new LinkedHashMap<>(defaults.env());
        fields.get("env")
                .map(found -> templates.environment(found, fields.owner()))
                .ifPresent(environment::putAll);
        return environment;
    }

    private Run run(final Fields fields, final YamlNode step, final Templates templates) {
        final Optional<YamlNode> run = fields.get("run");
        if (run.isEmpty()) {
            if (step instanceof YamlNode.Mapping) {
                problems.add(
                        step,
                        fields.owner()
                                + " has no 'run'; give it a string (a shell script) or a list (program and arguments)");
            }
            return new Run.Shell("");
        }
        if (run.get() instanceof YamlNode.Sequence sequence) {
            return exec(sequence, fields.owner(), templates);
        }
        return shell(run.get(), fields.owner());
    }

    private Run shell(final YamlNode node, final String owner) {
        final String what = "'run' of " + owner;
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.kind() != YamlNode.Kind.STRING) {
            problems.add(
                    node,
                    what + " must be a string (a shell script) or a list (program and arguments), got "
                            + Describe.value(node));
            return new Run.Shell("");
        }
        final String script = scalar.value();
        if (script.isBlank()) {
            problems.add(node, what + " is empty; write a command");
            return new Run.Shell("");
        }
        final Optional<String> text = values.text(node, what);
        final Optional<String> placeholder = Values.firstPlaceholder(script);
        if (placeholder.isPresent()) {
            problems.add(
                    node,
                    placeholder.get(),
                    what + " is a shell script and cannot hold " + JsonText.cut(placeholder.get())
                            + ", because a value could become a command; either set it in 'env:' and write \"$NAME\","
                            + " or write 'run' as a list of program and arguments");
            return new Run.Shell("");
        }
        return new Run.Shell(text.map(known -> known.replace("$${", "${")).orElse(""));
    }

    private Run exec(final YamlNode.Sequence sequence, final String owner, final Templates templates) {
        if (sequence.items().isEmpty()) {
            problems.add(sequence, "'run' of " + owner + " is an empty list; its first entry is the program");
        }
        final List<Template> argv = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            final YamlNode item = sequence.items().get(i);
            final Optional<Template> argument = templates.template(item, "entry " + (i + 1) + " of 'run' of " + owner);
            if (i == 0 && argument.isPresent() && argument.get().text().isBlank()) {
                problems.add(item, "the program in 'run' of " + owner + " is empty; name one");
            }
            argument.ifPresent(argv::add);
        }
        return new Run.Exec(argv);
    }

    private Foreach foreach(final YamlNode node, final String owner, final Templates templates) {
        final String what = "'foreach' of " + owner;
        final Foreach none = new Foreach.Items(List.of());
        if (node instanceof YamlNode.Sequence sequence) {
            return items(sequence, what);
        }
        if (!(node instanceof YamlNode.Scalar scalar)
                || scalar.kind() != YamlNode.Kind.STRING
                || !scalar.value().startsWith("${")) {
            problems.add(
                    node,
                    what + " must be a list or one placeholder such as ${inputs.items}, got " + Describe.value(node));
            return none;
        }
        final Optional<Template> template = templates.template(node, what);
        if (template.isEmpty()) {
            return none;
        }
        final List<Template.Part> parts = template.get().parts();
        if (parts.size() == 1 && parts.get(0) instanceof Template.Part.Value value) {
            if (value.placeholder() instanceof Placeholder.InputValue input) {
                return new Foreach.FromInput(input);
            }
            final String came = "${" + value.placeholder().text() + "}";
            problems.add(
                    node,
                    value.placeholder().stepId().isPresent()
                            ? what + ": a list from a step's result, " + came
                                    + ", is not yet supported; use a list from an input, or a literal list"
                            : what + " must be a list or one placeholder of an input, got " + came);
            return none;
        }
        problems.add(node, what + " must be a list or exactly one placeholder, got " + Describe.value(node));
        return none;
    }

    private Foreach items(final YamlNode.Sequence sequence, final String what) {
        if (sequence.items().isEmpty()) {
            problems.add(sequence, what + " is an empty list; give it at least one item or take the step out");
        }
        if (sequence.items().size() > Limits.FOREACH_ITEMS_MAX) {
            problems.add(
                    sequence,
                    what + " has at most " + Limits.FOREACH_ITEMS_MAX + " items, got "
                            + sequence.items().size());
            return new Foreach.Items(List.of());
        }
        values.refusePlaceholders(sequence, "an item of " + what, "put the placeholder where the item is used");
        final JsonValues json = new JsonValues(problems);
        final List<JsonNode> items = sequence.items().stream().map(json::of).toList();
        return new Foreach.Items(items);
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

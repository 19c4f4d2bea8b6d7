package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import io.signalbox.kernel.pattern.InvalidPatternException;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternParameter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads a step that stands for a pattern: which one, with which parameters, and what does its tasks. */
final class PatternReader {
    private final Problems problems;
    private final Values values;
    private final SettingsReader settings;
    private final Defaults defaults;
    private final Path source;

    PatternReader(final Problems problems, final Defaults defaults, final Path source) {
        this.problems = problems;
        this.values = new Values(problems);
        this.settings = new SettingsReader(problems);
        this.defaults = defaults;
        this.source = source;
    }

    Run.Pattern read(final Fields fields, final Templates templates) {
        final YamlNode node = fields.get("pattern").orElseThrow();
        final String what = "'pattern' of " + fields.owner();
        final Optional<String> name = values.text(node, what);
        final Optional<Pattern> pattern = name.flatMap(known -> load(node, what, known));
        return new Run.Pattern(
                name.orElse(""),
                pattern.isPresent() ? text(name.orElseThrow()) : "",
                fields.get("parameters")
                        .map(found -> parameters(found, fields, pattern, templates))
                        .orElse(Map.of()),
                fields.get("initial").flatMap(found -> values.shown(found, "'initial' of " + fields.owner(), "")),
                tasks(fields, templates));
    }

    private static boolean isFile(final String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.indexOf('/') >= 0;
    }

    private String text(final String name) {
        return isFile(name) ? WorkflowFiles.textOf(path(name), "pattern") : PatternFiles.shippedText(name);
    }

    private Path path(final String name) {
        final Path here = source.toAbsolutePath().normalize().getParent();
        return (here == null ? Path.of(name) : here.resolve(name)).normalize();
    }

    private Optional<Pattern> load(final YamlNode node, final String what, final String name) {
        try {
            return Optional.of(isFile(name) ? PatternFiles.load(path(name)) : PatternFiles.shipped(name));
        } catch (final WorkflowFileException e) {
            e.problems().forEach(problem -> problems.add(node, what + " cannot be used: " + problem.at(Path.of(name))));
        } catch (final InvalidPatternException | InvalidPathException e) {
            problems.add(node, what + " cannot be used: " + e.getMessage());
        } catch (final IllegalArgumentException e) {
            problems.add(node, what + ": " + e.getMessage() + "; a file of your own ends with .yaml");
        }
        return Optional.empty();
    }

    private Map<String, Call.Argument> parameters(
            final YamlNode node, final Fields fields, final Optional<Pattern> pattern, final Templates templates) {
        final Map<String, Call.Argument> parameters = new LinkedHashMap<>();
        final String what = "'parameters' of " + fields.owner();
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(node, what + " must be a mapping of names to values, got " + Describe.value(node));
            return parameters;
        }
        final List<String> known = pattern.map(Pattern::parameters).orElse(List.of()).stream()
                .map(PatternParameter::name)
                .toList();
        for (final YamlNode.Entry entry : mapping.entries()) {
            final String name = entry.key().value();
            if (pattern.isPresent() && !known.contains(name)) {
                problems.add(
                        entry.key(),
                        "pattern '" + pattern.get().name() + "' has no parameter '" + JsonText.cut(name) + "'"
                                + NearestName.hint(name, known)
                                + (known.isEmpty() ? "" : " (it has " + String.join(", ", known) + ")"));
            } else {
                argument(entry.value(), "parameter '" + JsonText.cut(name) + "' of " + fields.owner(), templates)
                        .ifPresent(argument -> parameters.put(name, argument));
            }
        }
        return parameters;
    }

    private Optional<Call.Argument> argument(final YamlNode node, final String what, final Templates templates) {
        if (node instanceof YamlNode.Scalar scalar
                && scalar.kind() == YamlNode.Kind.STRING
                && Values.firstPlaceholder(scalar.value()).isPresent()) {
            final Optional<Template> template = templates.template(node, what);
            if (template.isPresent() && PlanInputs.onlyInput(template.get()).isEmpty()) {
                problems.add(
                        node,
                        what + " must be known when the run starts: write a value, or one placeholder of an input");
                return Optional.empty();
            }
            return template.map(Call.Argument::of);
        }
        values.refusePlaceholders(node, what, "let the whole value be one placeholder of an input");
        final JsonNode literal = new JsonValues(problems).of(node);
        return Optional.of(Call.Argument.of(literal));
    }

    private Map<String, TaskRun> tasks(final Fields fields, final Templates templates) {
        final Map<String, TaskRun> tasks = new LinkedHashMap<>();
        final Optional<YamlNode> node = fields.get("tasks");
        if (node.isEmpty()) {
            problems.add(
                    fields.get("pattern").orElseThrow(),
                    fields.owner() + " has no 'tasks'; say for each task type of the pattern what is run");
        } else if (node.get() instanceof YamlNode.Mapping mapping) {
            for (final YamlNode.Entry entry : mapping.entries()) {
                final String owner = "task '" + JsonText.cut(entry.key().value()) + "' of " + fields.owner();
                tasks.put(entry.key().value(), task(entry.value(), owner, templates));
            }
        } else {
            problems.add(
                    node.get(),
                    "'tasks' of " + fields.owner() + " must be a mapping of task types to what is run, got "
                            + Describe.value(node.get()));
        }
        return tasks;
    }

    private TaskRun task(final YamlNode node, final String owner, final Templates templates) {
        final Fields fields = node instanceof YamlNode.Mapping
                ? Fields.of(problems, node, owner, KnownKeys.TASK)
                : Fields.only(owner, "run", node);
        final Map<String, Template> env = new LinkedHashMap<>(defaults.env());
        fields.get("env").ifPresent(found -> env.putAll(templates.environment(found, owner)));
        return new TaskRun(
                new RunReader(problems).run(fields, node, templates),
                env,
                settings.timeout(fields, defaults.timeout()),
                settings.retry(fields, defaults.retry(), true),
                settings.result(fields, ResultKind.JSON));
    }
}

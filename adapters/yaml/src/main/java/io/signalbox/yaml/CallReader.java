package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the workflows that steps of a file stand for, and what they are given. */
final class CallReader {
    private final Problems problems;
    private final Values values;
    private final Path source;
    private final Loading loading;
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> secrets = new LinkedHashSet<>();

    /**
     * The files of one load.
     *
     * @param path the files that are being read, each called by the one before it
     * @param known what was read before
     */
    record Loading(List<Path> path, Map<Path, WorkflowFile> known) {
        static Loading start() {
            return new Loading(List.of(), new HashMap<>());
        }

        Loading into(final Path file) {
            final List<Path> longer = new ArrayList<>(path);
            longer.add(file);
            return new Loading(longer, known);
        }
    }

    CallReader(final Problems problems, final Path source, final Loading loading) {
        this.problems = problems;
        this.values = new Values(problems);
        this.source = source;
        this.loading = loading;
    }

    /** All calls, those of called workflows with them. */
    List<Call> calls() {
        return calls;
    }

    /** The file that is being read. */
    Path source() {
        return source;
    }

    /** The secrets of what is called. */
    Set<String> secrets() {
        return secrets;
    }

    /** The workflow that a step calls; empty, with a problem, when it cannot be had. */
    Optional<WorkflowFile> read(final Fields step, final String id, final Templates templates) {
        final YamlNode node = step.get("workflow").orElseThrow();
        final String what = "'workflow' of " + step.owner();
        final Optional<String> text = values.text(node, what);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        values.refusePlaceholders(node, what, "write the path of a file, from the folder of this one");
        final Optional<WorkflowFile> file = load(node, what, text.get());
        file.ifPresent(workflow -> {
            calls.add(new Call(
                    id,
                    "",
                    workflow.source(),
                    workflow.sourceText(),
                    arguments(step, workflow, node, templates),
                    workflow.outputs()));
            secrets.addAll(workflow.secrets());
            workflow.calls().forEach(inner -> calls.add(inner.within(id)));
        });
        return file;
    }

    private Optional<WorkflowFile> load(final YamlNode node, final String what, final String text) {
        final Path path;
        try {
            final Path here = source.toAbsolutePath().normalize().getParent();
            path = (here == null ? Path.of(text) : here.resolve(text)).normalize();
        } catch (final InvalidPathException e) {
            problems.add(node, what + " is no path: " + JsonText.cut(text));
            return Optional.empty();
        }
        final Path real = real(path);
        final List<Path> sofar =
                loading.into(real(source.toAbsolutePath().normalize())).path();
        if (sofar.contains(real)) {
            final List<String> names = new ArrayList<>();
            sofar.subList(sofar.indexOf(real), sofar.size()).forEach(file -> names.add(name(file)));
            names.add(name(real));
            problems.add(
                    node,
                    what + " leads back to " + name(real) + " (" + String.join(" -> ", names)
                            + "), so it would never end; a workflow cannot hold itself");
            return Optional.empty();
        }
        final WorkflowFile known = loading.known().get(real);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            final WorkflowFile file = WorkflowFiles.load(path, new Loading(sofar, loading.known()));
            loading.known().put(real, file);
            return Optional.of(file);
        } catch (final WorkflowFileException e) {
            e.problems().forEach(problem -> problems.add(node, what + " cannot be used: " + problem.at(Path.of(text))));
            return Optional.empty();
        }
    }

    private static Path real(final Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (final IOException e) {
            return path; // What cannot be looked at cannot be loaded either, and is reported then.
        }
    }

    private static String name(final Path file) {
        return String.valueOf(file.getFileName());
    }

    private Map<String, Call.Argument> arguments(
            final Fields step, final WorkflowFile workflow, final YamlNode at, final Templates templates) {
        final Map<String, Call.Argument> given = new LinkedHashMap<>();
        final Optional<YamlNode> node = step.get("inputs");
        if (node.isPresent() && !(node.get() instanceof YamlNode.Mapping)) {
            problems.add(
                    node.get(),
                    "'inputs' of " + step.owner() + " must be a mapping of names to values, got "
                            + Describe.value(node.get()));
        } else if (node.isPresent() && node.get() instanceof YamlNode.Mapping mapping) {
            for (final YamlNode.Entry entry : mapping.entries()) {
                argument(step, workflow, entry, templates)
                        .ifPresent(argument -> given.put(entry.key().value(), argument));
            }
        }
        for (final Input input : workflow.inputs()) {
            final Optional<JsonNode> otherwise = input.defaultValue();
            if (!given.containsKey(input.name())) {
                if (otherwise.isEmpty() && (node.isEmpty() || !StepName.has(node.get(), input.name()))) {
                    problems.add(
                            node.orElse(at),
                            step.owner() + " does not give input '" + input.name() + "', which "
                                    + workflow.source().getFileName() + " requires; add it to its 'inputs'");
                }
                otherwise.ifPresent(value -> given.put(input.name(), Call.Argument.of(value)));
            }
        }
        return given;
    }

    private Optional<Call.Argument> argument(
            final Fields step, final WorkflowFile workflow, final YamlNode.Entry entry, final Templates templates) {
        final String name = entry.key().value();
        final String what = "input '" + JsonText.cut(name) + "' of " + step.owner();
        final Optional<Input> input = workflow.input(name);
        if (input.isEmpty()) {
            final List<String> names =
                    workflow.inputs().stream().map(Input::name).toList();
            problems.add(
                    entry.key(),
                    workflow.source().getFileName() + " has no input '" + JsonText.cut(name) + "'"
                            + NearestName.hint(name, names));
            return Optional.empty();
        }
        final YamlNode node = entry.value();
        if (node instanceof YamlNode.Scalar scalar
                && scalar.kind() == YamlNode.Kind.STRING
                && Values.firstPlaceholder(scalar.value()).isPresent()) {
            return templates.template(node, what).map(Call.Argument::of);
        }
        values.refusePlaceholders(node, what, "let the whole value be one placeholder");
        final JsonNode value = new JsonValues(problems).of(node);
        final Input.Type type = input.get().type();
        if (InputTypes.of(value).filter(type::equals).isEmpty()) {
            problems.add(node, what + " must be " + type.withArticle() + ", got " + Describe.value(node));
            return Optional.empty();
        }
        return Optional.of(Call.Argument.of(value));
    }
}

package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a step executes. */
final class RunReader {
    private final Problems problems;
    private final Values values;

    RunReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Run run(final Fields fields, final YamlNode step, final Templates templates) {
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
}

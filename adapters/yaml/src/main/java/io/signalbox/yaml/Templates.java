package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads templates and conditions and notes which placeholders they use. */
final class Templates {
    private final List<Use> uses = new ArrayList<>();
    private final Problems problems;
    private final Values values;

    Templates(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Every placeholder that was read without fault, in order, once for each value it stands in. */
    List<Use> uses() {
        return List.copyOf(uses);
    }

    Optional<Template> template(final YamlNode node, final String what) {
        final Optional<String> text = values.text(node, what);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            final Template template = Template.parse(text.get());
            for (final Placeholder placeholder : new LinkedHashSet<>(template.placeholders())) {
                uses.add(new Use(placeholder, node, "${" + placeholder.text() + "}", what));
            }
            return Optional.of(template);
        } catch (final SyntaxException e) {
            problems.add(node, e.fragment(), e.getMessage());
            return Optional.empty();
        }
    }

    Optional<Expression> expression(final YamlNode node, final String what) {
        final Optional<String> text = values.text(node, what);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            final Expression expression = Expression.parse(text.get());
            for (final Placeholder placeholder : new LinkedHashSet<>(expression.placeholders())) {
                uses.add(new Use(placeholder, node, placeholder.text(), what));
            }
            return Optional.of(expression);
        } catch (final SyntaxException e) {
            problems.add(node, e.fragment(), what + " '" + JsonText.cut(text.get()) + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Name to template in order. */
    Map<String, Template> environment(final YamlNode node, final String owner) {
        final Map<String, Template> environment = new LinkedHashMap<>();
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    node, "'env' of " + owner + " must be a mapping of names to values, got " + Describe.value(node));
            return environment;
        }
        for (final YamlNode.Entry entry : mapping.entries()) {
            final String name = entry.key().value();
            if (values.isEnvironmentName(entry.key(), name, "a name in 'env' of " + owner)) {
                template(entry.value(), "'" + name + "' in 'env' of " + owner)
                        .ifPresent(template -> environment.put(name, template));
            }
        }
        return environment;
    }
}

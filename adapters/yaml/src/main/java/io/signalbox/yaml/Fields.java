package io.signalbox.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One mapping of the file whose keys are known. Unknown ones are reported when it is made. */
final class Fields {
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private final String owner;

    private Fields(final String owner) {
        this.owner = owner;
    }

    /** The fields of a node; none, and a problem, if it is not a mapping. */
    static Fields of(final Problems problems, final YamlNode node, final String owner, final List<String> known) {
        final Fields fields = new Fields(owner);
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    node,
                    owner + " must be a mapping with the keys " + String.join(", ", known) + ", got "
                            + Describe.value(node));
            return fields;
        }
        for (final YamlNode.Entry entry : mapping.entries()) {
            final String key = entry.key().value();
            if (known.contains(key)) {
                fields.values.put(key, entry.value());
            } else {
                problems.add(
                        entry.key(),
                        "unknown key '" + JsonText.cut(key) + "' in " + owner + KnownKeys.hint(key, known));
            }
        }
        return fields;
    }

    /** A mapping with one key, for which a short form stands. */
    static Fields only(final String owner, final String key, final YamlNode value) {
        final Fields fields = new Fields(owner);
        fields.values.put(key, value);
        return fields;
    }

    Optional<YamlNode> get(final String key) {
        return Optional.ofNullable(values.get(key));
    }

    String owner() {
        return owner;
    }
}

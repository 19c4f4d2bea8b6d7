package io.signalbox.yaml;

/** What came, in the words of messages. */
final class Describe {
    private Describe() {}

    /** {@code string 'abc'}, {@code number 3}, {@code boolean true}, {@code nothing}, {@code a list}, {@code a mapping}. */
    static String value(final YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            final String shown = JsonText.cut(scalar.value());
            return switch (scalar.kind()) {
                case STRING -> "string '" + shown + "'";
                case INTEGER, DECIMAL -> "number " + shown;
                case BOOLEAN -> "boolean " + shown;
                case NULL -> "nothing";
            };
        }
        final boolean isEmpty = node instanceof YamlNode.Sequence list
                        && list.items().isEmpty()
                || node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty();
        return (isEmpty ? "an empty " : "a ") + kind(node);
    }

    /** The kind alone. */
    static String kind(final YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return switch (scalar.kind()) {
                case STRING -> "string";
                case INTEGER, DECIMAL -> "number";
                case BOOLEAN -> "boolean";
                case NULL -> "nothing";
            };
        }
        return node instanceof YamlNode.Sequence ? "list" : "mapping";
    }
}

package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A text with placeholders, read once. Rendering puts each placeholder's value in its place in one pass; what comes in is never
 * read again, so a value that looks like a placeholder stays text. A string goes in as it is, every other value as compact JSON
 * text: a list that stands alone in an argument becomes one argument such as {@code ["a","b"]}.
 *
 * @param text as it stands in the file
 * @param parts literals and placeholders in order; no two literals beside each other
 */
public record Template(String text, List<Part> parts) {

    /** A piece of a template. */
    public sealed interface Part {
        /** Text that stays as it is. */
        record Literal(String text) implements Part {}

        /** A value that goes in here. */
        record Value(Placeholder placeholder) implements Part {}
    }

    /** Copies the list. */
    public Template {
        parts = List.copyOf(parts);
    }

    /**
     * Read a text. {@code $$&#123;} stands for {@code $&#123;}; {@code $&#123;} followed by anything but one of
     * {@link Placeholder#ROOTS} and a dot stays as it is.
     *
     * @throws SyntaxException if a placeholder begins with one of our words and is not one of ours
     */
    public static Template parse(final String text) {
        final List<Part> parts = new ArrayList<>();
        final StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append("${");
                at += 3;
            } else if (text.startsWith("${", at) && PlaceholderParser.isRootAt(text, at + 2)) {
                if (!literal.isEmpty()) {
                    parts.add(new Part.Literal(literal.toString()));
                    literal.setLength(0);
                }
                final int close = close(text, at);
                parts.add(new Part.Value(placeholder(text.substring(at, close + 1), at)));
                at = close + 1;
            } else {
                refuseForeignBraces(text, at);
                literal.append(text.charAt(at));
                at++;
            }
        }
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
        }
        return new Template(text, parts);
    }

    /** The placeholders in order. */
    public List<Placeholder> placeholders() {
        return parts.stream()
                .filter(Part.Value.class::isInstance)
                .map(part -> ((Part.Value) part).placeholder())
                .toList();
    }

    /**
     * The text with every placeholder's value in its place.
     *
     * @throws UnresolvedPlaceholderException if a placeholder has no value, or one with a NUL character, which neither an argument
     *     nor an environment variable can hold
     */
    public String render(final Scope scope) {
        final PlaceholderResolver resolver = new PlaceholderResolver(scope, JsonText.cut(text));
        final StringBuilder rendered = new StringBuilder();
        for (final Part part : parts) {
            if (part instanceof Part.Literal literal) {
                rendered.append(literal.text());
            } else if (part instanceof Part.Value value) {
                final String replacement = JsonText.render(resolver.value(value.placeholder()));
                if (replacement.indexOf('\0') >= 0) {
                    throw new UnresolvedPlaceholderException(
                            "${" + value.placeholder().text() + "}",
                            JsonText.cut(text),
                            "its value holds a NUL character, which no argument and no environment variable can carry;"
                                    + " pass it as a file in 'outputs'");
                }
                rendered.append(replacement);
            }
        }
        return rendered.toString();
    }

    /** The value of the only placeholder as it is, or else the rendered text. */
    JsonNode value(final Scope scope, final String where) {
        if (parts.size() == 1 && parts.get(0) instanceof Part.Value only) {
            return new PlaceholderResolver(scope, where).value(only.placeholder());
        }
        return StringNode.valueOf(render(scope));
    }

    private static int close(final String text, final int at) {
        final int close = text.indexOf('}', at);
        if (close < 0) {
            final String fragment = text.substring(at, Math.min(text.length(), at + 40));
            throw new SyntaxException(
                    at,
                    fragment,
                    "placeholder '" + JsonText.cut(fragment)
                            + "' has no closing '}'; close it, or write '$${' for a plain '${'");
        }
        return close;
    }

    private static Placeholder placeholder(final String braced, final int at) {
        final PlaceholderParser parser = new PlaceholderParser(braced, 2);
        final Placeholder placeholder;
        try {
            placeholder = parser.parse();
        } catch (final SyntaxException e) {
            throw new SyntaxException(at, braced, "placeholder '" + JsonText.cut(braced) + "': " + e.getMessage());
        }
        if (parser.position() != braced.length() - 1) {
            throw new SyntaxException(
                    at,
                    braced,
                    "placeholder '" + JsonText.cut(braced) + "': expected '}' after '${" + placeholder.text()
                            + "', got '"
                            + JsonText.cut(braced.substring(parser.position(), parser.position() + 1))
                            + "'; for a plain '${' write '$${'");
        }
        return placeholder;
    }

    /** {@code $&#123;&#123; inputs.x &#125;&#125;} and {@code $&#123; inputs.x &#125;} are habits from elsewhere: said, not passed through. */
    private static void refuseForeignBraces(final String text, final int at) {
        if (!text.startsWith("${", at)) {
            return;
        }
        int inner = at + 2;
        if (inner < text.length() && text.charAt(inner) == '{') {
            inner++;
        }
        while (inner < text.length() && text.charAt(inner) == ' ') {
            inner++;
        }
        if (inner > at + 2 && PlaceholderParser.isRootAt(text, inner)) {
            throw new SyntaxException(
                    at,
                    text.substring(at, Math.min(text.length(), inner + 20)),
                    "a placeholder has one pair of braces and no space: write '${inputs.x}', not '${{ inputs.x }}';"
                            + " for a plain '${' write '$${'");
        }
    }
}

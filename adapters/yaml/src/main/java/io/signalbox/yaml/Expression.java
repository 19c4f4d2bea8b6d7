package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A condition: comparisons ({@code == != < <= > >=}), {@code and}, {@code or}, {@code not}, parentheses, literals and placeholders.
 * {@code not} binds less than a comparison and more than {@code and}, which binds more than {@code or}. Both sides of a comparison
 * must be of the same kind, except that anything may be compared with {@code null} by {@code ==} and {@code !=}; only numbers and
 * strings have an order. What {@code and} and {@code or} do not need they do not look at.
 *
 * @param text as it stands in the file
 * @param root what it means
 */
public record Expression(String text, Node root) {

    /** A piece of a condition. */
    public sealed interface Node {
        /** True if one part is; two parts or more. */
        record Or(List<Node> parts) implements Node {
            /** Copies the list. */
            public Or {
                parts = List.copyOf(parts);
            }
        }

        /** True if all parts are; two parts or more. */
        record And(List<Node> parts) implements Node {
            /** Copies the list. */
            public And {
                parts = List.copyOf(parts);
            }
        }

        /** True if the part is false. */
        record Not(Node part) implements Node {}

        /** True if the two operands stand in that order. */
        record Comparison(Node left, Operator operator, Node right) implements Node {}

        /** A number, a string, true, false or null. */
        record Literal(JsonNode value) implements Node {}

        /** A value of the run. */
        record Value(Placeholder placeholder) implements Node {}
    }

    /** The comparisons. */
    public enum Operator {
        /** Equal. */
        EQUAL("=="),
        /** Not equal. */
        NOT_EQUAL("!="),
        /** Less, or before in code-unit order. */
        LESS("<"),
        /** Less or equal. */
        LESS_OR_EQUAL("<="),
        /** Greater, or after in code-unit order. */
        GREATER(">"),
        /** Greater or equal. */
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Operator(final String sign) {
            this.sign = sign;
        }

        /** As it is written. */
        public String sign() {
            return sign;
        }
    }

    /**
     * Read a condition.
     *
     * @throws SyntaxException if it is not one, is longer than {@link Limits#EXPRESSION_LENGTH_MAX} or deeper than
     *     {@link Limits#DEPTH_MAX}
     */
    public static Expression parse(final String text) {
        return new Expression(text, new ExpressionParser(text).parse());
    }

    /** The placeholders in order. */
    public List<Placeholder> placeholders() {
        final List<Placeholder> found = new ArrayList<>();
        collect(root, found);
        return List.copyOf(found);
    }

    /**
     * Whether the condition holds.
     *
     * @throws UnresolvedPlaceholderException if a placeholder that is needed has no value
     * @throws ExpressionException if a value is not of the kind its place needs
     */
    public boolean evaluate(final Scope scope) {
        return new ExpressionEvaluator(this, scope).evaluate();
    }

    private static void collect(final Node node, final List<Placeholder> found) {
        if (node instanceof Node.Or or) {
            or.parts().forEach(part -> collect(part, found));
        } else if (node instanceof Node.And and) {
            and.parts().forEach(part -> collect(part, found));
        } else if (node instanceof Node.Not not) {
            collect(not.part(), found);
        } else if (node instanceof Node.Comparison comparison) {
            collect(comparison.left(), found);
            collect(comparison.right(), found);
        } else if (node instanceof Node.Value value) {
            found.add(value.placeholder());
        }
    }
}

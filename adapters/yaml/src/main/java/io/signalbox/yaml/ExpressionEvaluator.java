package io.signalbox.yaml;

import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Works one condition out. */
final class ExpressionEvaluator {
    private final Expression expression;
    private final PlaceholderResolver resolver;

    ExpressionEvaluator(final Expression expression, final Scope scope) {
        this.expression = expression;
        this.resolver = new PlaceholderResolver(scope, JsonText.cut(expression.text()));
    }

    boolean evaluate() {
        return truth(expression.root());
    }

    private boolean truth(final Expression.Node node) {
        if (node instanceof Expression.Node.Or or) {
            return or.parts().stream().anyMatch(this::truth);
        } else if (node instanceof Expression.Node.And and) {
            return and.parts().stream().allMatch(this::truth);
        } else if (node instanceof Expression.Node.Not not) {
            return !truth(not.part());
        } else if (node instanceof Expression.Node.Comparison comparison) {
            return compare(comparison);
        }
        final JsonNode value = value(node);
        if (!value.isBoolean()) {
            throw new ExpressionException(
                    expression.text(),
                    name(node) + " must be true or false, got " + JsonText.describe(value)
                            + "; compare it with something, as in '" + name(node) + " == ...'");
        }
        return value.booleanValue();
    }

    private JsonNode value(final Expression.Node node) {
        if (node instanceof Expression.Node.Literal literal) {
            return literal.value();
        } else if (node instanceof Expression.Node.Value value) {
            return resolver.value(value.placeholder());
        }
        return BooleanNode.valueOf(truth(node));
    }

    private boolean compare(final Expression.Node.Comparison comparison) {
        final JsonNode left = value(comparison.left());
        final JsonNode right = value(comparison.right());
        return switch (comparison.operator()) {
            case EQUAL -> equal(comparison, left, right);
            case NOT_EQUAL -> !equal(comparison, left, right);
            case LESS -> order(comparison, left, right) < 0;
            case LESS_OR_EQUAL -> order(comparison, left, right) <= 0;
            case GREATER -> order(comparison, left, right) > 0;
            case GREATER_OR_EQUAL -> order(comparison, left, right) >= 0;
        };
    }

    private boolean equal(final Expression.Node.Comparison comparison, final JsonNode left, final JsonNode right) {
        if (left.isNull() || right.isNull()) {
            return left.isNull() && right.isNull();
        }
        if (left.getNodeType() != right.getNodeType()) {
            throw notComparable(comparison, left, right, "two values of the same kind");
        }
        return left.isNumber() ? decimal(left).compareTo(decimal(right)) == 0 : left.equals(right);
    }

    private int order(final Expression.Node.Comparison comparison, final JsonNode left, final JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return decimal(left).compareTo(decimal(right));
        }
        if (left.isString() && right.isString()) {
            return left.stringValue().compareTo(right.stringValue());
        }
        throw notComparable(comparison, left, right, "two numbers or two strings");
    }

    private ExpressionException notComparable(
            final Expression.Node.Comparison comparison,
            final JsonNode left,
            final JsonNode right,
            final String expected) {
        return new ExpressionException(
                expression.text(),
                String.format(
                        Locale.ROOT,
                        "'%s' compares %s, got %s and %s; quote a literal to make it a string, and use 'result: json' for numbers",
                        comparison.operator().sign(),
                        expected,
                        JsonText.describe(left),
                        JsonText.describe(right)));
    }

    private static BigDecimal decimal(final JsonNode number) {
        return number.decimalValue();
    }

    private static String name(final Expression.Node node) {
        return node instanceof Expression.Node.Value value ? value.placeholder().text() : "a literal";
    }
}

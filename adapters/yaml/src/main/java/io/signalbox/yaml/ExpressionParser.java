package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Reads a condition by recursive descent; each descent is counted. */
final class ExpressionParser {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");
    private static final List<String> SIGNS = List.of("==", "!=", "<=", ">=", "<", ">");

    private static final List<String> WORDS = Stream.concat(
                    Stream.of("true", "false", "null", "not"), Placeholder.ROOTS.stream())
            .toList();

    private final String text;
    private int position;
    private int depth;

    ExpressionParser(final String text) {
        this.text = text;
    }

    Expression.Node parse() {
        if (text.length() > Limits.EXPRESSION_LENGTH_MAX) {
            throw new SyntaxException(
                    0,
                    "",
                    "a condition has at most " + Limits.EXPRESSION_LENGTH_MAX + " characters, got " + text.length());
        }
        final Expression.Node node = or();
        skipSpace();
        if (position < text.length()) {
            throw wrong("expected 'and', 'or' or the end, got '" + rest() + "'");
        }
        return node;
    }

    private Expression.Node or() {
        final List<Expression.Node> parts = new ArrayList<>();
        do {
            parts.add(and());
        } while (word("or"));
        return parts.size() == 1 ? parts.get(0) : new Expression.Node.Or(parts);
    }

    private Expression.Node and() {
        final List<Expression.Node> parts = new ArrayList<>();
        do {
            parts.add(not());
        } while (word("and"));
        return parts.size() == 1 ? parts.get(0) : new Expression.Node.And(parts);
    }

    private Expression.Node not() {
        if (!word("not")) {
            return comparison();
        }
        descend();
        final Expression.Node part = not();
        depth--;
        return new Expression.Node.Not(part);
    }

    private Expression.Node comparison() {
        final Expression.Node left = operand();
        if (!isComparison()) {
            return left;
        }
        final Expression.Operator operator = operator();
        final Expression.Node right = operand();
        if (isComparison()) {
            throw wrong("one comparison has two sides; join comparisons with 'and' or 'or'");
        }
        return new Expression.Node.Comparison(left, operator, right);
    }

    private boolean isComparison() {
        skipSpace();
        return SIGNS.stream().anyMatch(sign -> text.startsWith(sign, position));
    }

    private Expression.Operator operator() {
        for (final String sign : SIGNS) {
            if (text.startsWith(sign, position)) {
                position += sign.length();
                for (final Expression.Operator operator : Expression.Operator.values()) {
                    if (operator.sign().equals(sign)) {
                        return operator;
                    }
                }
            }
        }
        throw wrong("expected one of " + String.join(" ", SIGNS));
    }

    private Expression.Node operand() {
        skipSpace();
        if (position >= text.length()) {
            throw wrong("expected a value, got the end");
        }
        final char first = text.charAt(position);
        if (first == '(') {
            return parentheses();
        } else if (first == '\'' || first == '"') {
            return new Expression.Node.Literal(string(first));
        } else if (text.startsWith("${", position)) {
            return braced();
        } else if (first == '-' || isDigit(first)) {
            return new Expression.Node.Literal(number());
        } else if (PlaceholderParser.isNameStart(first)) {
            return name();
        }
        throw wrong(hintAtForeignOperator());
    }

    private Expression.Node parentheses() {
        final int open = position;
        position++;
        descend();
        final Expression.Node inside = or();
        depth--;
        skipSpace();
        if (position >= text.length() || text.charAt(position) != ')') {
            throw new SyntaxException(open, text.substring(open), "'(' is never closed; add ')'");
        }
        position++;
        return inside;
    }

    private JsonNode string(final char quote) {
        final int close = text.indexOf(quote, position + 1);
        if (close < 0) {
            throw wrong("the string has no closing " + quote);
        }
        final String value = text.substring(position + 1, close);
        position = close + 1;
        return StringNode.valueOf(value);
    }

    private JsonNode number() {
        final Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt() || isNamePartAt(matcher.end())) {
            throw wrong("'" + rest() + "' is not a number such as 3, -1 or 2.5");
        }
        position = matcher.end();
        final String digits = matcher.group();
        return matcher.group(2) == null && matcher.group(3) == null
                ? JsonNumbers.integer(new BigInteger(digits))
                : JsonNumbers.decimal(new BigDecimal(digits).doubleValue());
    }

    private Expression.Node braced() {
        final int open = position;
        final int close = text.indexOf('}', position);
        if (close < 0) {
            throw wrong("placeholder '" + rest() + "' has no closing '}'");
        }
        position += 2;
        final Expression.Node value = placeholder();
        if (position != close) {
            throw new SyntaxException(
                    open,
                    text.substring(open, close + 1),
                    "placeholder '" + JsonText.cut(text.substring(open, close + 1))
                            + "' is not one of ours; write it as in" + " '${inputs.x}' or 'inputs.x'");
        }
        position = close + 1;
        return value;
    }

    private Expression.Node name() {
        int end = position;
        while (end < text.length() && PlaceholderParser.isNamePart(text.charAt(end))) {
            end++;
        }
        final String name = text.substring(position, end);
        final JsonNode literal = switch (name) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.getInstance();
            default -> null;
        };
        if (literal != null) {
            position = end;
            return new Expression.Node.Literal(literal);
        }
        if (!Placeholder.ROOTS.contains(name)) {
            throw new SyntaxException(
                    position,
                    name,
                    "'" + JsonText.cut(name) + "' is not a value; a value is a placeholder such as inputs.x, a number,"
                            + " true, false, null, or a string in quotes" + NearestName.hint(name, WORDS));
        }
        return placeholder();
    }

    private Expression.Node placeholder() {
        final PlaceholderParser parser = new PlaceholderParser(text, position);
        final Placeholder placeholder = parser.parse();
        position = parser.position();
        return new Expression.Node.Value(placeholder);
    }

    private String hintAtForeignOperator() {
        final String known = "expected a value, got '" + rest() + "'";
        return switch (text.charAt(position)) {
            case '!' -> known + "; write 'not' for '!'";
            case '=' -> known + "; write '==' to compare";
            default -> known;
        };
    }

    private void descend() {
        depth++;
        if (depth > Limits.DEPTH_MAX) {
            throw wrong("parentheses and 'not' go at most " + Limits.DEPTH_MAX + " deep");
        }
    }

    private boolean word(final String word) {
        skipSpace();
        final int end = position + word.length();
        if (!text.startsWith(word, position) || isNamePartAt(end) || text.startsWith(".", end)) {
            return false;
        }
        position = end;
        return true;
    }

    private boolean isNamePartAt(final int at) {
        return at < text.length() && PlaceholderParser.isNamePart(text.charAt(at));
    }

    private static boolean isDigit(final char character) {
        return character >= '0' && character <= '9';
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private String rest() {
        return JsonText.cut(text.substring(position, Math.min(text.length(), position + 20)));
    }

    private SyntaxException wrong(final String message) {
        return new SyntaxException(position, "", message);
    }
}

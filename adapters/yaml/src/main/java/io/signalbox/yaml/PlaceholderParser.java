package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads one placeholder, without braces, from a place in a text. */
final class PlaceholderParser {
    private static final List<String> STEP_FIELDS = List.of("result", "outputs", "state", "exit_code");

    private final String text;
    private final int start;
    private int position;

    PlaceholderParser(final String text, final int start) {
        this.text = text;
        this.start = start;
        this.position = start;
    }

    /** Whether a root of ours followed by a dot stands at {@code offset}. */
    static boolean isRootAt(final String text, final int offset) {
        return Placeholder.ROOTS.stream()
                .anyMatch(root -> text.startsWith(root, offset)
                        && offset + root.length() < text.length()
                        && text.charAt(offset + root.length()) == '.');
    }

    /** Where the placeholder ended: the first character that is not part of it. */
    int position() {
        return position;
    }

    Placeholder parse() {
        final String root = segment("");
        return switch (root) {
            case "inputs" -> new Placeholder.InputValue(member("inputs", "the input's name"), path());
            case "steps" -> step();
            case "env" -> new Placeholder.EnvironmentVariable(member("env", "the variable's name"));
            case "foreach" -> foreach();
            case "run" -> only("run", "dir", new Placeholder.RunDirectory());
            case "workflow" -> only("workflow", "dir", new Placeholder.WorkflowDirectory());
            case "signalbox" -> only("signalbox", "classpath", new Placeholder.SignalboxClasspath());
            default ->
                throw wrong("'" + root + "' is none of " + String.join(", ", Placeholder.ROOTS)
                        + NearestName.hint(root, Placeholder.ROOTS));
        };
    }

    private Placeholder step() {
        final String id = member("steps", "the step's id");
        final OptionalInt index = index();
        final String field = member("steps." + id, "one of " + String.join(", ", STEP_FIELDS));
        return switch (field) {
            case "result" -> new Placeholder.StepResult(id, index, path());
            case "outputs" -> new Placeholder.StepOutput(id, index, member("outputs", "the output's name"), path());
            case "state" -> new Placeholder.StepState(id, index);
            case "exit_code" -> new Placeholder.StepExitCode(id, index);
            default ->
                throw wrong("a step has " + String.join(", ", STEP_FIELDS) + ", not '" + field + "'"
                        + NearestName.hint(field, STEP_FIELDS));
        };
    }

    private Placeholder foreach() {
        final String field = member("foreach", "item or index");
        return switch (field) {
            case "item" -> new Placeholder.ForeachItem(path());
            case "index" -> new Placeholder.ForeachIndex();
            default ->
                throw wrong("foreach has item and index, not '" + field + "'"
                        + NearestName.hint(field, List.of("item", "index")));
        };
    }

    private Placeholder only(final String root, final String expected, final Placeholder placeholder) {
        final String field = member(root, expected);
        if (!field.equals(expected)) {
            throw wrong(root + " has only '" + expected + "', not '" + field + "'"
                    + NearestName.hint(field, List.of(expected)));
        }
        return placeholder;
    }

    private List<String> path() {
        final List<String> path = new ArrayList<>();
        while (position < text.length() && text.charAt(position) == '.') {
            position++;
            path.add(segment("a field name or an index from 0"));
        }
        if (position < text.length() && text.charAt(position) == '[') {
            throw wrong("an element of a list is reached by a dot and its index from 0, as in 'inputs.list.0'");
        }
        return path;
    }

    private String member(final String of, final String expected) {
        if (position >= text.length() || text.charAt(position) != '.') {
            throw wrong("'" + of + "' must be followed by a dot and " + expected);
        }
        position++;
        return segment(expected);
    }

    private OptionalInt index() {
        if (position >= text.length() || text.charAt(position) != '[') {
            return OptionalInt.empty();
        }
        final int close = text.indexOf(']', position);
        final String digits = close < 0 ? "" : text.substring(position + 1, close);
        if (!digits.matches("0|[1-9][0-9]{0,5}")) {
            throw wrong("the index of a foreach step is a number from 0 in brackets, as in 'steps.parse[0].result'");
        }
        position = close + 1;
        return OptionalInt.of(Integer.parseInt(digits));
    }

    private String segment(final String expected) {
        final int from = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        if (from == position) {
            throw wrong("expected " + expected + " after '" + text.substring(start, from) + "'");
        }
        return text.substring(from, position);
    }

    static boolean isNamePart(final char character) {
        return isNameStart(character) || (character >= '0' && character <= '9') || character == '-';
    }

    static boolean isNameStart(final char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
    }

    private SyntaxException wrong(final String message) {
        return new SyntaxException(start, text.substring(start, Math.min(text.length(), position)), message);
    }
}

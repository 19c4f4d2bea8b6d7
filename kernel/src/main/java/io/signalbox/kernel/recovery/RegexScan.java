package io.signalbox.kernel.recovery;

import io.signalbox.kernel.recovery.RegexReport.Finding;
import io.signalbox.kernel.recovery.RegexReport.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One walk through an expression: how deep, how complex, what is doubtful. An expression that is wrong has a complexity too. */
final class RegexScan {
    private static final int REPEATS_MANY = 100;

    private final String expression;
    private final ArrayDeque<Boolean> groupRepeats =
            new ArrayDeque<>(); // for each open group: whether something in it repeats
    private final List<Finding> findings = new ArrayList<>();
    private int depthMax;
    private int complexity;
    private boolean lastRepeats; // what a repeat that comes now repeats has a repeat inside
    private boolean lastIsWildcard;
    private boolean wasWildcardRepeat; // an endless wildcard stands directly before
    private int at;

    RegexScan(final String expression) {
        this.expression = expression;
        while (at < expression.length()) {
            step(expression.charAt(at++));
        }
    }

    /** Groups inside groups, at the deepest place. */
    int depthMax() {
        return depthMax;
    }

    /** One for a character, more for what costs more. */
    int complexity() {
        return complexity;
    }

    List<Finding> findings() {
        return findings;
    }

    private void step(final char c) {
        switch (c) {
            case '(' -> open();
            case ')' -> close();
            case '*', '+' -> repeat(true);
            case '?' -> complexity++;
            case '{' -> count();
            case '[' -> {
                skipClass();
                atom(false, 2);
            }
            case '\\' -> {
                at++;
                atom(false, 1);
            }
            case '|' -> {
                complexity += 2;
                wasWildcardRepeat = false;
            }
            default -> atom(c == '.', 1);
        }
    }

    private void open() {
        groupRepeats.push(false);
        depthMax = Math.max(depthMax, groupRepeats.size());
        complexity += 3;
        wasWildcardRepeat = false;
        if (startsWith("?=") || startsWith("?!") || startsWith("?<=") || startsWith("?<!")) {
            complexity += 12;
            findings.add(new Finding(Severity.MEDIUM, "looks around at " + (at - 1)));
        }
        if (at < expression.length() && expression.charAt(at) == '?') {
            at++; // belongs to the parenthesis
        }
    }

    private boolean startsWith(final String text) {
        return expression.startsWith(text, at);
    }

    private void close() {
        lastRepeats = !groupRepeats.isEmpty() && groupRepeats.pop();
        lastIsWildcard = false;
        wasWildcardRepeat = false;
        markRepeat(lastRepeats);
    }

    private void repeat(final boolean isEndless) {
        complexity += 2;
        if (isEndless && lastRepeats) {
            findings.add(new Finding(Severity.HIGH, "repeats what repeats, at " + (at - 1)));
        }
        if (lastIsWildcard && isEndless) {
            if (wasWildcardRepeat) {
                findings.add(new Finding(Severity.MEDIUM, "an endless wildcard behind another, at " + (at - 1)));
            }
            wasWildcardRepeat = true;
        }
        lastRepeats = true;
        lastIsWildcard = false;
        markRepeat(true);
    }

    private void markRepeat(final boolean repeats) {
        if (repeats && !groupRepeats.isEmpty()) {
            groupRepeats.pop();
            groupRepeats.push(true);
        }
    }

    /** {@code {n}}, {@code {n,}} and {@code {n,m}}; another brace is a character. */
    private void count() {
        final int end = expression.indexOf('}', at);
        final String inside = end < 0 ? "x" : expression.substring(at, end);
        if (inside.isEmpty() || !inside.chars().allMatch(c -> c >= '0' && c <= '9' || c == ',')) {
            atom(false, 1);
            return;
        }
        at = end + 1;
        complexity += 2;
        for (final String number : inside.split(",")) {
            if (number.length() > 3 || !number.isEmpty() && Integer.parseInt(number) > REPEATS_MANY) {
                findings.add(
                        new Finding(Severity.HIGH, "repeats more than " + REPEATS_MANY + " times: {" + inside + "}"));
            }
        }
        repeat(inside.endsWith(","));
    }

    private void atom(final boolean isWildcard, final int cost) {
        complexity += cost;
        wasWildcardRepeat &= isWildcard;
        lastIsWildcard = isWildcard;
        lastRepeats = false;
    }

    private void skipClass() {
        if (at < expression.length() && expression.charAt(at) == '^') {
            at++;
        }
        if (at < expression.length() && expression.charAt(at) == ']') {
            at++; // the first is a member of its class
        }
        while (at < expression.length() && expression.charAt(at) != ']') {
            at += expression.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }
}

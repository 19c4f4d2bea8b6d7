package io.signalbox.kernel.reader;

import java.util.ArrayDeque;

/**
 * How large a regular expression is when its counted repeats are written out, which RE2 does before anything else bounds it. Never
 * less than it is; an expression that is wrong has some size too.
 */
final class RegexSize {
    private static final long ENOUGH = 1L << 40;

    private final String expression;
    private final ArrayDeque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last; // of what a repeat that comes now repeats
    private int at;

    RegexSize(final String expression) {
        this.expression = expression;
    }

    long size() {
        while (at < expression.length()) {
            final char c = expression.charAt(at++);
            switch (c) {
                case '(' -> {
                    outer.push(sum + last);
                    sum = 0;
                    last = 1;
                }
                case ')' -> {
                    final long group = sum + last + 1;
                    sum = outer.isEmpty() ? 0 : outer.pop();
                    last = group;
                }
                case '{' -> last = Math.min(ENOUGH, last * Math.max(1, largestCount()));
                case '\\' -> {
                    at++;
                    atom();
                }
                case '[' -> {
                    skipClass();
                    atom();
                }
                default -> atom();
            }
        }
        long size = sum + last;
        while (!outer.isEmpty()) {
            size += outer.pop();
        }
        return size;
    }

    private void atom() {
        sum = Math.min(ENOUGH, sum + last);
        last = 1;
    }

    /** The larger number of {@code {n,m}}, 0 when no such thing begins here; then the brace is a character. */
    private long largestCount() {
        long largest = 0;
        long number = 0;
        for (int i = at; i < expression.length(); i++) {
            final char c = expression.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(ENOUGH, number * 10 + c - '0');
                largest = Math.max(largest, number);
            } else if (c == ',') {
                number = 0;
            } else {
                return c == '}' ? largest : 0;
            }
        }
        return 0;
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

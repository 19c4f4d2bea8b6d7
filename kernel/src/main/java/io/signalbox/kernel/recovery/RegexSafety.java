package io.signalbox.kernel.recovery;

import io.signalbox.kernel.reader.BoundedRegex;
import io.signalbox.kernel.reader.RegexMatch;
import io.signalbox.kernel.recovery.RegexReport.Finding;
import io.signalbox.kernel.recovery.RegexReport.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a regular expression may be used, and its use. Matching takes time linear in the text (RE2's syntax: no look-around, no back
 * references), so nothing that passes here can hang; the limits keep expressions small and readable. The last {@value #KEPT_MAX}
 * expressions are kept compiled. Any thread.
 */
public final class RegexSafety {
    /** Longest expression, in characters. */
    public static final int LENGTH_MAX = 500;
    /** Deepest nesting of groups. */
    public static final int NESTING_MAX = 15;
    /** Highest complexity: one for a character, more for groups, repeats, classes, alternatives. */
    public static final int COMPLEXITY_MAX = 500;
    /** Expressions that are kept compiled. */
    public static final int KEPT_MAX = 1000;

    private static final RegexSafety SHARED = new RegexSafety();

    private record Key(String expression, boolean isStrict, boolean isForMessages) {}

    private final Map<Key, RegexReport> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Key, RegexReport> eldest) {
            return size() > KEPT_MAX;
        }
    };

    private RegexSafety() {}

    /** The one of this process. */
    public static RegexSafety shared() {
        return SHARED;
    }

    /** Look at an expression. */
    public RegexReport check(final String expression) {
        return report(new Key(expression, false, false));
    }

    /** Look at an expression strictly: one finding of the highest severity refuses it. */
    public RegexReport checkStrictly(final String expression) {
        return report(new Key(expression, true, false));
    }

    /**
     * An expression for messages: capital letters do not count, and a dot stands for a line's end too.
     *
     * @throws IllegalArgumentException when it is refused; the message says why.
     */
    BoundedRegex ofMessages(final String expression) {
        return usable(report(new Key(expression, false, true)));
    }

    /**
     * How a text begins with an expression; null when it does not.
     *
     * @throws IllegalArgumentException when the expression is refused.
     */
    public RegexMatch match(final String expression, final String text) {
        return usable(check(expression)).matchBeginning(text);
    }

    /**
     * Where an expression stands first in a text; null when nowhere.
     *
     * @throws IllegalArgumentException when the expression is refused.
     */
    public RegexMatch search(final String expression, final String text) {
        return usable(check(expression)).search(text);
    }

    private static BoundedRegex usable(final RegexReport report) {
        if (!report.isValid()) {
            throw new IllegalArgumentException("not a safe regular expression, " + String.join("; ", report.errors())
                    + ": " + report.expression());
        }
        return report.compiled();
    }

    private RegexReport report(final Key key) {
        synchronized (kept) {
            final RegexReport known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        final RegexReport report = looked(key);
        if (report.isValid()) {
            synchronized (kept) {
                final RegexReport sooner = kept.putIfAbsent(key, report);
                return sooner == null ? report : sooner;
            }
        }
        return report;
    }

    private static RegexReport looked(final Key key) {
        final String expression = key.expression;
        if (expression.isBlank()) {
            return refused(expression, List.of(), List.of("it must not be empty"));
        }
        if (expression.length() > LENGTH_MAX) {
            final String error = "its length is " + expression.length() + ", the maximum length " + LENGTH_MAX;
            return refused(expression, List.of(), List.of(error));
        }
        final RegexScan scan = new RegexScan(expression);
        final List<String> errors = errors(scan, key.isStrict);
        if (!errors.isEmpty()) {
            return refused(expression, scan.findings(), errors);
        }
        try {
            final BoundedRegex compiled =
                    key.isForMessages ? BoundedRegex.ofMessages(expression) : new BoundedRegex(expression);
            return new RegexReport(expression, scan.findings(), List.of(), compiled);
        } catch (final IllegalArgumentException e) {
            return refused(expression, scan.findings(), List.of(e.getMessage()));
        }
    }

    private static List<String> errors(final RegexScan scan, final boolean isStrict) {
        final List<String> errors = new ArrayList<>();
        if (scan.depthMax() > NESTING_MAX) {
            errors.add("the nesting of its groups is " + scan.depthMax() + ", at most " + NESTING_MAX);
        }
        if (scan.complexity() > COMPLEXITY_MAX) {
            errors.add("its complexity is " + scan.complexity() + ", at most " + COMPLEXITY_MAX);
        }
        final List<Finding> high = scan.findings().stream()
                .filter(finding -> finding.severity() == Severity.HIGH)
                .toList();
        if (high.size() > (isStrict ? 0 : 1)) {
            high.forEach(finding -> errors.add("it " + finding.text()));
        }
        return errors;
    }

    private static RegexReport refused(
            final String expression, final List<Finding> findings, final List<String> errors) {
        return new RegexReport(expression, findings, errors, null);
    }
}

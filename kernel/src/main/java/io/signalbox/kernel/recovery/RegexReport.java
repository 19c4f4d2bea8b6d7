package io.signalbox.kernel.recovery;

import io.signalbox.kernel.reader.BoundedRegex;
import java.util.List;

/**
 * What {@link RegexSafety} thinks of an expression.
 *
 * @param expression that was looked at.
 * @param findings what is doubtful about it.
 * @param errors why it is refused; none when it is valid.
 * @param compiled ready for use; null when it is refused.
 */
public record RegexReport(String expression, List<Finding> findings, List<String> errors, BoundedRegex compiled) {
    /** How doubtful something is. */
    public enum Severity {
        /** A matter of taste. */
        LOW,
        /** Slow where expressions are tried one way after the other. */
        MEDIUM,
        /** Endless where expressions are tried one way after the other; two of them refuse an expression, a strict check refuses one. */
        HIGH
    }

    /**
     * Something doubtful.
     *
     * @param text for a person.
     */
    public record Finding(Severity severity, String text) {}

    public RegexReport {
        findings = List.copyOf(findings);
        errors = List.copyOf(errors);
    }

    /** Whether it may be used. */
    public boolean isValid() {
        return errors.isEmpty();
    }
}

package io.signalbox.kernel.recovery;

import java.util.List;

/** From the name of an exception's class to the {@link ErrorType}. */
final class ErrorClasses {
    private record Rule(ErrorType type, List<String> parts) {}

    /** The first that fits decides: a template's syntax error is the template's, a dependency that timed out the dependency's. */
    private static final List<Rule> RULES = List.of(
            new Rule(ErrorType.TEMPLATE, List.of("Template", "UndefinedError")),
            new Rule(ErrorType.SYNTAX, List.of("Syntax", "ParseError", "ParseException", "ParserException")),
            new Rule(
                    ErrorType.IMPORT,
                    List.of("ImportE", "ModuleNotFound", "ClassNotFound", "NoClassDefFound", "UnsatisfiedLink")),
            new Rule(ErrorType.QUORUM, List.of("Quorum", "Consensus")),
            new Rule(ErrorType.DEPENDENCY, List.of("Dependency")),
            new Rule(ErrorType.TIMEOUT, List.of("Timeout", "TimedOut", "DeadlineExceeded")),
            new Rule(
                    ErrorType.VALIDATION,
                    List.of("Validation", "TypeError", "IllegalArgument", "ClassCast", "ConstraintViolation")),
            new Rule(
                    ErrorType.RESOURCE,
                    List.of("Resource", "OutOfMemory", "MemoryError", "RejectedExecution", "QuotaExceeded")));

    private static final List<String> ENDINGS = List.of("Error", "Exception", "Timeout", "Failure");

    private ErrorClasses() {}

    /** The type of a class by its simple name; null when the name tells nothing. */
    static ErrorType ofClass(final String simpleName) {
        for (final Rule rule : RULES) {
            if (rule.parts.stream().anyMatch(simpleName::contains)) {
                return rule.type;
            }
        }
        return null;
    }

    /** The class that a text of the form {@code Type: text} names; empty when it has another form. */
    static String namedBy(final String text) {
        final int colon = text.indexOf(':');
        final String head = colon < 0 ? "" : text.substring(0, colon).strip();
        final boolean isName = head.chars()
                .allMatch(c -> c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || c == '_'
                        || c == '$'
                        || c == '.');
        return isName && ENDINGS.stream().anyMatch(head::endsWith) ? head : "";
    }

    /** A class's name without its package and its outer classes. */
    static String simple(final String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}

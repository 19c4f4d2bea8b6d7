package io.signalbox.kernel.recovery;

import java.util.List;

/** The errors that are known from the start. */
final class StandardPatterns {
    static final List<ErrorPattern> ALL = List.of(
            ErrorPattern.ofText(
                            "missing_async_keyword",
                            ErrorType.SYNTAX,
                            "(SyntaxError|SyntaxException|ParseException).*\\bdef execute",
                            RecoveryStrategy.ERROR_CORRECTION)
                    .withPriority(9)
                    .withRetriesMax(1)
                    .with(ErrorPattern.FIX, "add_async_keyword"),
            ErrorPattern.ofText(
                            "import_not_found",
                            ErrorType.IMPORT,
                            "(ImportError|ModuleNotFoundError).*No module named ['\"]?(?P<module>[\\w.]+)"
                                    + "|(ClassNotFoundException|NoClassDefFoundError): (?P<type>\\S+)",
                            RecoveryStrategy.ALTERNATIVE_PATH)
                    .withPriority(8)
                    .withRetriesMax(2),
            ErrorPattern.ofText(
                            "template_rendering_error",
                            ErrorType.TEMPLATE,
                            "Template\\w*(Error|Exception)|UndefinedError",
                            RecoveryStrategy.ALTERNATIVE_PATH)
                    .withPriority(8)
                    .withRetriesMax(2),
            ErrorPattern.ofText(
                            "validation_failed",
                            ErrorType.VALIDATION,
                            "Validation(Error|Exception)",
                            RecoveryStrategy.GRACEFUL_DEGRADATION)
                    .withPriority(7)
                    .withRetriesMax(2),
            ErrorPattern.ofText(
                            "quorum_consensus_failed",
                            ErrorType.QUORUM,
                            "(Quorum|Consensus)\\w*(Error|Exception)",
                            RecoveryStrategy.RETRY)
                    .withPriority(7)
                    .withRetriesMax(3),
            ErrorPattern.ofText(
                            "operation_timeout",
                            ErrorType.TIMEOUT,
                            "Timeout(Error|Exception)|\\btimed out\\b",
                            RecoveryStrategy.RETRY)
                    .withPriority(6)
                    .withRetriesMax(2));

    private StandardPatterns() {}
}

package io.signalbox.kernel.recovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Mends code by the fix that the pattern names. It counts as mended when it was changed, the fix itself finds nothing wrong with it, the
 * user's check finds nothing either, and the operation works with it; each of these that there is.
 */
final class CorrectionStrategy implements RecoveryStrategy {
    /** Argument or value of the state: the code. */
    static final String CODE = "code";

    private static final String GENERATED_CODE = "generated_code";

    private final Map<String, CodeFix> fixes;
    private final List<CodeCheck> checks;
    private final RecoveryStrategy withoutPattern;

    CorrectionStrategy(
            final Map<String, CodeFix> fixes, final List<CodeCheck> checks, final RecoveryStrategy withoutPattern) {
        this.fixes = fixes;
        this.checks = checks;
        this.withoutPattern = withoutPattern;
    }

    @Override
    public String name() {
        return ERROR_CORRECTION;
    }

    @Override
    public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) throws Exception {
        if (attempt.pattern() == null) {
            return attempt.hasOperation()
                    ? withoutPattern.recover(attempt).thenApply(result -> result.with("instead", withoutPattern.name()))
                    : failed("No pattern says what to correct");
        }
        final String kind = attempt.pattern().metadata().getOrDefault(ErrorPattern.FIX, "");
        if (kind.isEmpty()) {
            return failed("No fix metadata in pattern '" + attempt.pattern().patternId() + "'");
        }
        final CodeFix fix = fixes.get(kind);
        if (fix == null) {
            return failed("No fix is called '" + kind + "'; there are " + fixes.keySet());
        }
        final RecoveryContext context = attempt.context();
        final String key =
                context.state().containsKey(GENERATED_CODE) && !context.state().containsKey(CODE)
                        ? GENERATED_CODE
                        : CODE;
        final String code = context.text(key, "");
        return code.isEmpty()
                ? failed("No code to correct: give it as argument '" + CODE + "', or in the state")
                : corrected(attempt, fix, key, code);
    }

    private static CompletableFuture<StrategyResult> failed(final String message) {
        return CompletableFuture.completedFuture(StrategyResult.failed(message));
    }

    private CompletableFuture<StrategyResult> corrected(
            final RecoveryAttempt attempt, final CodeFix fix, final String key, final String code) throws Exception {
        final Map<String, String> details = new HashMap<>(attempt.groups());
        details.putAll(attempt.pattern().metadata());
        final String after = fix.apply(code, details);
        if (after.equals(code)) {
            return failed("Fix '" + fix.name() + "' found nothing to change");
        }
        final String problem = problem(fix, after, details);
        if (!problem.isEmpty()) {
            return failed("The corrected code was not accepted: " + problem);
        }
        attempt.context().state().put(key, after);
        final StrategyResult fixed = StrategyResult.fixed(after).with(ErrorPattern.FIX, fix.name());
        if (!attempt.hasOperation()) {
            return CompletableFuture.completedFuture(fixed);
        }
        if (attempt.begunBefore() > 0) {
            return failed("The corrected code does not work: " + RecoveryAttempt.died(1));
        }
        return attempt.run()
                .thenApply(outcome -> outcome.isSuccess()
                        ? StrategyResult.fixed(outcome.value()).with(ErrorPattern.FIX, fix.name())
                        : StrategyResult.failed("The corrected code does not work: " + outcome.problem()));
    }

    private String problem(final CodeFix fix, final String after, final Map<String, String> details) throws Exception {
        final String own = fix.problem(after, details);
        if (!own.isEmpty()) {
            return own;
        }
        for (final CodeCheck check : checks) {
            final String problem = check.problem(after);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }
}

package io.signalbox.kernel.recovery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tries the alternatives of a path, one after the other, each with the operation. */
final class AlternativePathStrategy implements RecoveryStrategy {
    /** Argument that names the path which failed; else the state's {@link #TEMPLATE_NAME} does. */
    static final String FAILED_PATH = "failed_path";
    /** Value of the state: the path to take. */
    static final String TEMPLATE_NAME = "template_name";
    /** Value of the state: which alternative was taken. */
    static final String ALTERNATIVE_USED = "alternative_used";

    private static final String DEFAULT = "default";

    private final Map<String, List<String>> alternatives;

    AlternativePathStrategy(final Map<String, List<String>> alternatives) {
        this.alternatives = alternatives;
    }

    @Override
    public String name() {
        return ALTERNATIVE_PATH;
    }

    @Override
    public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) {
        final RecoveryContext context = attempt.context();
        final String failed = context.text(FAILED_PATH, context.text(TEMPLATE_NAME, DEFAULT));
        final List<String> paths = alternatives.getOrDefault(failed, List.of());
        if (paths.isEmpty()) {
            return CompletableFuture.completedFuture(
                    StrategyResult.failed("No alternatives available for '" + failed + "'"));
        }
        if (!attempt.hasOperation()) {
            return CompletableFuture.completedFuture(
                    StrategyResult.failed("No operation to try the alternatives of '" + failed + "' with"));
        }
        final int begun = attempt.begunBefore();
        return begun >= paths.size()
                ? CompletableFuture.completedFuture(StrategyResult.failed("No alternative worked: "
                                + paths.get(paths.size() - 1) + ": " + RecoveryAttempt.died(begun))
                        .with("tried", String.join(", ", paths)))
                : tried(attempt, paths, begun);
    }

    private static CompletableFuture<StrategyResult> tried(
            final RecoveryAttempt attempt, final List<String> paths, final int index) {
        final String path = paths.get(index);
        attempt.context().state().put(TEMPLATE_NAME, path);
        attempt.context().state().put(ALTERNATIVE_USED, path);
        return attempt.run().thenCompose(outcome -> {
            final String triedSoFar = String.join(", ", paths.subList(0, index + 1));
            if (outcome.isSuccess()) {
                return CompletableFuture.completedFuture(StrategyResult.fallback(outcome.value())
                        .with("alternative", path)
                        .with("tried", triedSoFar));
            }
            if (index + 1 == paths.size() || outcome.isInterrupted()) {
                return CompletableFuture.completedFuture(
                        StrategyResult.failed("No alternative worked: " + path + ": " + outcome.problem())
                                .with("tried", triedSoFar));
            }
            return tried(attempt, paths, index + 1);
        });
    }
}

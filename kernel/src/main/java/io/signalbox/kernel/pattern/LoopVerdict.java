package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How a loop has ended.
 *
 * @param isGood whether a review said what it had to.
 * @param hasFailed whether the step that ends the loop fails.
 * @param rounds reviews that were made.
 * @param result {@code approved, rounds, feedback} (what each review said) and {@code result}: of the last refinement, else of the sources by id.
 */
public record LoopVerdict(boolean isGood, boolean hasFailed, int rounds, DocumentValue result) {
    /**
     * Judge a loop. Pure.
     *
     * @param step of the loop.
     * @param results of tasks by id; null for one that did not succeed.
     */
    public static LoopVerdict of(final PatternStep step, final Function<String, DocumentValue> results) {
        final List<DocumentValue> feedback = new ArrayList<>();
        for (final String review : step.reviews()) {
            final DocumentValue said = results.apply(review);
            if (said != null) {
                feedback.add(said);
            }
        }
        final boolean isGood = !feedback.isEmpty()
                && step.until().holds(feedback.get(feedback.size() - 1));
        final TreeMap<String, Object> map = new TreeMap<>();
        map.put("approved", isGood);
        map.put("rounds", feedback.size());
        map.put("feedback", feedback);
        map.put("result", work(step, results));
        return new LoopVerdict(
                isGood, !isGood && step.failsWhenExhausted(), feedback.size(), DocumentValue.of(map));
    }

    private static DocumentValue work(final PatternStep step, final Function<String, DocumentValue> results) {
        DocumentValue last = null;
        for (final String refinement : step.refinements()) {
            final DocumentValue refined = results.apply(refinement);
            last = refined == null ? last : refined;
        }
        if (last != null) {
            return last;
        }
        final TreeMap<String, Object> sources = new TreeMap<>();
        for (final String source : step.sources()) {
            sources.put(source, results.apply(source));
        }
        return DocumentValue.of(sources);
    }
}

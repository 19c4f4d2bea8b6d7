package io.signalbox.kernel.facade.workflow;

/**
 * A result and how good it is, for strategies that take the best.
 *
 * @param value what was produced.
 * @param quality 0 to 1.
 */
public record RatedResult(Object value, double quality) {
    public RatedResult {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality must be in 0..1: " + quality);
        }
    }
}

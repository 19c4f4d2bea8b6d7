package io.signalbox.kernel.workflow;

/**
 * What an attempt takes of a limit: held while the attempt is in flight, not while it backs off.
 *
 * @param limit name of the limit.
 * @param units at least 1.
 */
public record LimitUse(String limit, int units) {
    public LimitUse {
        if (units < 1) {
            throw new IllegalArgumentException("a use of limit " + limit + " must take at least 1 unit: " + units);
        }
    }
}

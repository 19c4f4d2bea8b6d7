package io.signalbox.kernel.state;

/**
 * One key in one version: what it held before and what it holds since. Immutable.
 *
 * @param timestampNs kernel time in nanoseconds.
 * @param version of the scope that changed the key.
 * @param factId of the fact that made this version.
 * @param operation that did it.
 * @param key name id.
 * @param before null when the key did not exist.
 * @param after null when it exists no longer.
 * @param changedBy name id, 0 for nobody.
 */
public record StateChange(
        long timestampNs,
        long version,
        long factId,
        StateOperation operation,
        int key,
        StateValue before,
        StateValue after,
        int changedBy) {}

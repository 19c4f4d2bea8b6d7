package io.signalbox.kernel;

import io.signalbox.kernel.state.StateOperation;
import io.signalbox.kernel.state.StateValue;

/**
 * One change of one key, as the history tells it. Immutable.
 *
 * @param timestampNs kernel time in nanoseconds since 1970.
 * @param version of the scope that the change belongs to.
 * @param key its name.
 * @param operation that changed it.
 * @param before null when the key did not exist.
 * @param after null when it exists no longer.
 * @param changedBy name of who did it, empty for nobody.
 */
public record StateRecord(
        long timestampNs,
        long version,
        String key,
        StateOperation operation,
        StateValue before,
        StateValue after,
        String changedBy) {}

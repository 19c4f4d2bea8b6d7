package io.signalbox.kernel.recovery;

import java.util.List;
import java.util.Map;

/**
 * Where a recovery is.
 *
 * @param chain names of its strategies.
 * @param tried of these, in order; all of them failed.
 * @param begun attempts of the operation that the next of them has begun.
 * @param remembered what failed strategies have left in the state.
 */
record RecoveryCheckpoint(
        List<String> chain, List<RecoveryResult.Tried> tried, int begun, Map<String, Object> remembered) {
    RecoveryCheckpoint {
        chain = List.copyOf(chain);
        tried = List.copyOf(tried);
    }

    static RecoveryCheckpoint first(final List<String> chain) {
        return new RecoveryCheckpoint(chain, List.of(), 0, Map.of());
    }
}

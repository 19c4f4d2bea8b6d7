package io.signalbox.kernel.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A key that is not the same in two versions. Immutable.
 *
 * @param key name id.
 * @param before null when the key did not exist in the one.
 * @param after null when it does not exist in the other.
 */
public record StateDifference(int key, StateValue before, StateValue after) {
    /** What is different between two snapshots, by ascending key. Its cost follows from what differs, not from the number of keys. */
    public static List<StateDifference> between(final StateSnapshot before, final StateSnapshot after) {
        final List<StateDifference> differences = new ArrayList<>();
        int key = before.values().nextDifference(after.values(), 0);
        while (key >= 0) {
            differences.add(new StateDifference(key, before.get(key), after.get(key)));
            key = key == Integer.MAX_VALUE ? -1 : before.values().nextDifference(after.values(), key + 1);
        }
        return differences;
    }
}

package io.signalbox.kernel.context;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What differs between two maps, name by name.
 *
 * @param changed names that are new or have another value, with it.
 * @param removed names that are gone.
 */
public record DocumentDifference(DocumentValue changed, List<String> removed) {
    public DocumentDifference {
        removed = List.copyOf(removed);
    }

    /** What makes {@code after} of {@code before}. */
    public static DocumentDifference between(final DocumentValue before, final DocumentValue after) {
        final TreeMap<String, DocumentValue> changed = new TreeMap<>();
        for (int i = 0; i < after.size(); i++) {
            if (!after.value(i).equals(before.get(after.name(i)))) {
                changed.put(after.name(i), after.value(i));
            }
        }
        final List<String> removed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (after.get(before.name(i)) == null) {
                removed.add(before.name(i));
            }
        }
        return new DocumentDifference(DocumentValue.map(changed), removed);
    }

    public boolean isEmpty() {
        return changed.size() == 0 && removed.isEmpty();
    }
}

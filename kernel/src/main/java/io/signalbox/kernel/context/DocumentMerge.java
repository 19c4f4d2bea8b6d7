package io.signalbox.kernel.context;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How one map goes into another, and what differs between two. What has not changed is shared, not copied. */
final class DocumentMerge {
    private DocumentMerge() {}

    /** Each name of the newer one has its value, the others keep theirs. */
    static DocumentValue shallow(final DocumentValue older, final DocumentValue newer) {
        return merge(older, newer, false);
    }

    /** As {@link #shallow}, but where both hold a map for a name these are merged the same way. Lists are replaced. */
    static DocumentValue deep(final DocumentValue older, final DocumentValue newer) {
        return merge(older, newer, true);
    }

    static DocumentValue merge(final DocumentValue older, final DocumentValue newer, final boolean isDeep) {
        if (newer.size() == 0) {
            return older;
        }
        final TreeMap<String, DocumentValue> merged = older.entries();
        for (int i = 0; i < newer.size(); i++) {
            final DocumentValue there = merged.get(newer.name(i));
            final DocumentValue comes = newer.value(i);
            final boolean isInner = isDeep && there != null && there.isMap() && comes.isMap();
            merged.put(newer.name(i), isInner ? merge(there, comes, true) : comes);
        }
        return DocumentValue.map(merged);
    }

    /** Without these names; a name that is not there does no harm. */
    static DocumentValue without(final DocumentValue map, final List<String> names) {
        if (names.isEmpty()) {
            return map;
        }
        final TreeMap<String, DocumentValue> entries = map.entries();
        names.forEach(entries::remove);
        return DocumentValue.map(entries);
    }

    /** The names that have another value in {@code after}, or are new there, with it. */
    static DocumentValue changed(final DocumentValue before, final DocumentValue after) {
        final TreeMap<String, DocumentValue> changed = new TreeMap<>();
        for (int i = 0; i < after.size(); i++) {
            if (!after.value(i).equals(before.get(after.name(i)))) {
                changed.put(after.name(i), after.value(i));
            }
        }
        return DocumentValue.map(changed);
    }

    /** The names that are no longer there. */
    static List<String> removed(final DocumentValue before, final DocumentValue after) {
        final List<String> removed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (after.get(before.name(i)) == null) {
                removed.add(before.name(i));
            }
        }
        return removed;
    }
}

package io.signalbox.kernel.context;

import java.util.List;
import java.util.NavigableMap;

/** How one map goes into another. What has not changed is shared, not copied. */
final class DocumentMerge {
    private DocumentMerge() {}

    /** Each name of the newer one has its value, the others keep theirs. */
    static DocumentValue shallow(final DocumentValue older, final DocumentValue newer) {
        return merge(older, newer, false);
    }

    /** As {@link #shallow}; a deep merge goes on where both hold a map for a name. Lists are replaced. */
    static DocumentValue merge(final DocumentValue older, final DocumentValue newer, final boolean isDeep) {
        if (newer.size() == 0) {
            return older;
        }
        final NavigableMap<String, DocumentValue> merged = older.entries();
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
        final NavigableMap<String, DocumentValue> entries = map.entries();
        names.forEach(entries::remove);
        return DocumentValue.map(entries);
    }
}

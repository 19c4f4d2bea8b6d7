package io.signalbox.kernel.reader;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an expression found in a text.
 *
 * @param groups the whole match first, then the groups in the order of their opening parentheses; empty for one that took no part.
 * @param named the groups with a name that took part.
 */
public record RegexMatch(List<String> groups, SortedMap<String, String> named) {
    public RegexMatch {
        groups = List.copyOf(groups);
        named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
    }

    /** The text that was matched. */
    public String text() {
        return groups.get(0);
    }
}

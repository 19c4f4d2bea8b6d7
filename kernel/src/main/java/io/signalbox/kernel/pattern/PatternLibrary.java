package io.signalbox.kernel.pattern;

import java.util.List;
import java.util.TreeMap;

/** Where patterns are found that others use. */
public interface PatternLibrary {
    /** Without a pattern. */
    PatternLibrary EMPTY = of();

    /** The pattern of a name, or null. */
    Pattern find(String name);

    /** The names of all patterns, sorted. */
    List<String> names();

    /** These and no others. */
    static PatternLibrary of(final Pattern... patterns) {
        final TreeMap<String, Pattern> byName = new TreeMap<>();
        for (final Pattern pattern : patterns) {
            byName.put(pattern.name(), pattern);
        }
        return new PatternLibrary() {
            @Override
            public Pattern find(final String name) {
                return byName.get(name);
            }

            @Override
            public List<String> names() {
                return List.copyOf(byName.keySet());
            }
        };
    }
}

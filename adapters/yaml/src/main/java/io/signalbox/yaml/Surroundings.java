package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the place of a step in the file means for it.
 *
 * @param parent id of the stage or group it stands in; empty for none
 * @param implied ids of what it waits for because of that
 * @param uses limits it takes because of that
 */
record Surroundings(String parent, List<String> implied, Map<String, Integer> uses) {
    /** The file itself. */
    static final Surroundings NONE = new Surroundings("", List.of(), Map.of());

    /** What a step waits for in all. */
    List<String> needs(final List<YamlNode.Scalar> own) {
        final List<String> needs = new ArrayList<>(implied);
        own.stream().map(YamlNode.Scalar::value).forEach(needs::add);
        return needs;
    }

    Surroundings inside(final String block, final List<String> waitsFor, final Map<String, Integer> moreUses) {
        final Map<String, Integer> all = new LinkedHashMap<>(uses);
        all.putAll(moreUses);
        return new Surroundings(block, waitsFor, all);
    }

    Surroundings withoutLimits() {
        return new Surroundings(parent, implied, Map.of());
    }
}

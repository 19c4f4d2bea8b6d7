package io.signalbox.kernel.agent;

import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** All capabilities, or all tags, in the order in which an agent first had them. They are as few as names are, and stay. */
final class Features {
    private final NameTable names;
    private final Int2ObjectHashMap<Feature> byName = new Int2ObjectHashMap<>();
    private final List<Feature> inOrder = new ArrayList<>();

    Features(final NameTable names) {
        this.names = names;
    }

    /** The feature of this name, or null when no agent ever had it. */
    Feature get(final int name) {
        return byName.get(name);
    }

    int size() {
        return inOrder.size();
    }

    Feature at(final int index) {
        return inOrder.get(index);
    }

    void add(final Agent agent, final int[] featuresOfAgent) {
        for (final int name : featuresOfAgent) {
            Feature feature = byName.get(name);
            if (feature == null) {
                feature = new Feature(name, Similarity.pairs(names.bytes(name)));
                byName.put(name, feature);
                inOrder.add(feature);
            }
            feature.agents.add(agent);
        }
    }

    void remove(final Agent agent, final int[] featuresOfAgent) {
        for (final int name : featuresOfAgent) {
            byName.get(name).agents.remove(agent);
        }
    }
}

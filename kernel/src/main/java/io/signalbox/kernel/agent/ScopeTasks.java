package io.signalbox.kernel.agent;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/** How many tasks each agent has in one coordination. Who has none is not in it. */
final class ScopeTasks {
    private static final int ABSENT = -1;

    private final Int2IntHashMap placeByAgent = new Int2IntHashMap(ABSENT);
    private int[] agents = new int[4];
    private int[] counts = new int[4];
    private int size;

    int size() {
        return size;
    }

    /** Name id of the agent in the last place. */
    int lastAgent() {
        return agents[size - 1];
    }

    int count(final int agent) {
        final int place = placeByAgent.get(agent);
        return place == ABSENT ? 0 : counts[place];
    }

    void add(final int agent) {
        final int place = placeByAgent.get(agent);
        if (place != ABSENT) {
            counts[place]++;
            return;
        }
        if (size == agents.length) {
            agents = Arrays.copyOf(agents, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        put(size++, agent, 1);
    }

    void remove(final int agent, final int count) {
        final int place = placeByAgent.get(agent);
        counts[place] -= count;
        if (counts[place] == 0) {
            placeByAgent.remove(agent);
            size--;
            if (place < size) {
                put(place, agents[size], counts[size]);
            }
        }
    }

    private void put(final int place, final int agent, final int count) {
        agents[place] = agent;
        counts[place] = count;
        placeByAgent.put(agent, place);
    }
}

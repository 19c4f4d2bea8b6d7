package io.signalbox.kernel.agent;

import java.util.Arrays;

/**
 * Agents by ascending number: all of them, or those with one capability or tag. Removal leaves a hole; when half of the places are
 * holes they are closed, so removal takes O(log n) in the mean. A new agent is appended; one that gains the capability later moves
 * the places behind it.
 */
final class Posting {
    private static final int PLACES_MIN = 8;

    private long[] numbers = new long[PLACES_MIN];
    private Agent[] agents = new Agent[PLACES_MIN];
    private int end;
    private int size;

    /** How many agents it holds. */
    int size() {
        return size;
    }

    /** First place behind the last one. */
    int end() {
        return end;
    }

    /** The agent in a place, or null where there is a hole. */
    Agent at(final int place) {
        return agents[place];
    }

    /** The number that stands, or stood, in a place. */
    long numberAt(final int place) {
        return numbers[place];
    }

    /** The first place of a number that is not below this one. */
    int placeOf(final long number) {
        final int place = Arrays.binarySearch(numbers, 0, end, number);
        return place >= 0 ? place : -place - 1;
    }

    void add(final Agent agent) {
        final int place = placeOf(agent.number);
        if (place == end || numbers[place] != agent.number) {
            open(place, agent.number);
        }
        agents[place] = agent;
        size++;
    }

    private void open(final int place, final long number) {
        if (end == agents.length) {
            numbers = Arrays.copyOf(numbers, end * 2);
            agents = Arrays.copyOf(agents, end * 2);
        }
        System.arraycopy(numbers, place, numbers, place + 1, end - place);
        System.arraycopy(agents, place, agents, place + 1, end - place);
        numbers[place] = number;
        end++;
    }

    void remove(final Agent agent) {
        agents[placeOf(agent.number)] = null;
        size--;
        if (end > PLACES_MIN && size < end / 2) {
            closeHoles();
        }
    }

    private void closeHoles() {
        int kept = 0;
        for (int place = 0; place < end; place++) {
            if (agents[place] != null) {
                numbers[kept] = numbers[place];
                agents[kept++] = agents[place];
            }
        }
        Arrays.fill(agents, kept, end, null);
        end = kept;
    }
}

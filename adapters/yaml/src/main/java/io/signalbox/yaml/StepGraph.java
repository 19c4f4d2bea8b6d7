package io.signalbox.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which step needs which. Walks without recursion: a chain may be as long as the file allows. */
final class StepGraph {
    private static final int SHOWN_MAX = 20;

    /** Following a cycle costs its length: what is beyond is left for the next load. */
    private static final int CYCLES_SEEN_MAX = 1_000;

    private final List<String> ids;
    private final int[][] needs;
    private final Map<String, Integer> indexes = new HashMap<>();
    /** Every step after those it needs; those of a cycle in some order. */
    private final List<Integer> ordered = new ArrayList<>();

    private final List<List<String>> cycles = new ArrayList<>();
    private int cyclesSeen;

    /** Every need must be a key. */
    StepGraph(final Map<String, List<String>> needsById) {
        this.ids = List.copyOf(needsById.keySet());
        ids.forEach(id -> indexes.put(id, indexes.size()));
        this.needs = new int[ids.size()][];
        for (int i = 0; i < ids.size(); i++) {
            needs[i] = needsById.get(ids.get(i)).stream().mapToInt(indexes::get).toArray();
        }
        walk();
    }

    /** Cycles, each as {@code [a, b, c]} for {@code a needs b needs c needs a}; no step is in two of them. */
    List<List<String>> cycles() {
        return cycles;
    }

    /** Every step, each after all that it needs. The graph must have no cycle. */
    List<String> ordered() {
        return ordered.stream().map(ids::get).toList();
    }

    /** {@code a -> b -> a}; the middle of a long one is left out. */
    static String show(final List<String> cycle) {
        final String first = cycle.get(0);
        if (cycle.size() <= SHOWN_MAX) {
            return String.join(" -> ", cycle) + " -> " + first;
        }
        return String.join(" -> ", cycle.subList(0, SHOWN_MAX - 1)) + " -> ... (" + (cycle.size() - SHOWN_MAX)
                + " more) -> " + cycle.get(cycle.size() - 1) + " -> " + first;
    }

    /** For each step all that it needs, and what those need. The graph must have no cycle. */
    Ancestors ancestors() {
        final BitSet[] all = new BitSet[ids.size()];
        for (final int step : ordered) {
            all[step] = new BitSet(ids.size());
            for (final int need : needs[step]) {
                all[step].set(need);
                all[step].or(all[need]);
            }
        }
        return (step, ancestor) -> all[indexes.get(step)].get(indexes.get(ancestor));
    }

    /** Whether one step waits for another, directly or through others. */
    interface Ancestors {
        boolean has(String step, String ancestor);
    }

    private void walk() {
        final int[] nextNeed = new int[ids.size()];
        final boolean[] isDone = new boolean[ids.size()];
        final BitSet onPath = new BitSet(ids.size());
        final BitSet inCycle = new BitSet(ids.size());
        for (int start = 0; start < ids.size(); start++) {
            final Deque<Integer> path = new ArrayDeque<>();
            if (!isDone[start]) {
                path.addLast(start);
                onPath.set(start);
            }
            while (!path.isEmpty()) {
                final int step = path.getLast();
                if (nextNeed[step] < needs[step].length) {
                    final int need = needs[step][nextNeed[step]];
                    nextNeed[step]++;
                    if (onPath.get(need)) {
                        noteCycle(path, need, inCycle);
                    } else if (!isDone[need]) {
                        path.addLast(need);
                        onPath.set(need);
                    }
                } else {
                    path.removeLast();
                    onPath.clear(step);
                    isDone[step] = true;
                    ordered.add(step);
                }
            }
        }
    }

    private void noteCycle(final Deque<Integer> path, final int from, final BitSet inCycle) {
        if (cyclesSeen == CYCLES_SEEN_MAX) {
            return;
        }
        cyclesSeen++;
        final List<Integer> steps = new ArrayList<>();
        for (final int step : path) {
            if (step == from || !steps.isEmpty()) {
                steps.add(step);
            }
        }
        if (steps.stream().noneMatch(inCycle::get)) {
            steps.forEach(inCycle::set);
            cycles.add(steps.stream().map(ids::get).toList());
        }
    }
}

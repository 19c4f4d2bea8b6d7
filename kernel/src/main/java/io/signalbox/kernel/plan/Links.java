package io.signalbox.kernel.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who needs whom, both ways, as indexes.
 *
 * @param needs by step, in declared order.
 * @param dependents by step, in declared order.
 */
record Links(int[][] needs, int[][] dependents) {
    static Links of(final int[][] needs) {
        final int[] counts = new int[needs.length];
        for (final int[] ofStep : needs) {
            for (final int need : ofStep) {
                counts[need]++;
            }
        }
        final int[][] dependents = new int[needs.length][];
        for (int i = 0; i < needs.length; i++) {
            dependents[i] = new int[counts[i]];
        }
        final int[] filled = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            for (final int need : needs[i]) {
                dependents[need][filled[need]++] = i;
            }
        }
        return new Links(needs, dependents);
    }

    int size() {
        return needs.length;
    }

    /**
     * Each step after those it needs, otherwise as declared. Shorter than the graph when it has a cycle: what is missing is on one, or behind
     * one. Kahn, "Topological sorting of large networks", 1962.
     */
    int[] order() {
        final int[] open = new int[size()];
        final int[] order = new int[size()];
        int end = 0;
        for (int i = 0; i < open.length; i++) {
            open[i] = needs[i].length;
            if (open[i] == 0) {
                order[end++] = i;
            }
        }
        for (int at = 0; at < end; at++) {
            for (final int dependent : dependents[order[at]]) {
                if (--open[dependent] == 0) {
                    order[end++] = dependent;
                }
            }
        }
        return Arrays.copyOf(order, end);
    }

    /** By step: the length of the longest path to it; -1 for what is not in {@code order}. */
    int[] levels(final int[] order) {
        final int[] levels = new int[size()];
        Arrays.fill(levels, -1);
        for (final int step : order) {
            int level = 0;
            for (final int need : needs[step]) {
                level = Math.max(level, levels[need] + 1);
            }
            levels[step] = level;
        }
        return levels;
    }

    /**
     * One cycle: each step needs the next one, and the last the first; from its first step in declared order. Empty when there is none.
     *
     * @param order of this graph.
     */
    List<Integer> cycle(final int[] order) {
        if (order.length == size()) {
            return List.of();
        }
        final boolean[] sorted = new boolean[size()];
        for (final int step : order) {
            sorted[step] = true;
        }
        int at = 0;
        while (sorted[at]) {
            at++;
        }
        final int[] place = new int[size()];
        Arrays.fill(place, -1);
        final List<Integer> path = new ArrayList<>();
        while (place[at] < 0) {
            place[at] = path.size();
            path.add(at);
            at = firstOpen(needs[at], sorted);
        }
        final List<Integer> cycle = path.subList(place[at], path.size());
        final int first = cycle.indexOf(cycle.stream().min(Integer::compare).orElseThrow());
        final List<Integer> turned = new ArrayList<>(cycle.subList(first, cycle.size()));
        turned.addAll(cycle.subList(0, first));
        return turned;
    }

    private static int firstOpen(final int[] needs, final boolean[] sorted) {
        int i = 0;
        while (sorted[needs[i]]) {
            i++;
        }
        return needs[i];
    }

    /**
     * Every step in exactly one chain: it goes on with the first of its needs with which nothing else goes on yet.
     *
     * @param order of all steps.
     */
    List<List<Integer>> chains(final int[] order) {
        final boolean[] continued = new boolean[size()];
        final int[] chainOf = new int[size()];
        final List<List<Integer>> chains = new ArrayList<>();
        for (final int step : order) {
            int chain = -1;
            for (int i = 0; i < needs[step].length && chain < 0; i++) {
                final int need = needs[step][i];
                if (!continued[need]) {
                    continued[need] = true;
                    chain = chainOf[need];
                }
            }
            if (chain < 0) {
                chain = chains.size();
                chains.add(new ArrayList<>(2));
            }
            chainOf[step] = chain;
            chains.get(chain).add(step);
        }
        return chains;
    }
}

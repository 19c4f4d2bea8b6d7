package io.signalbox.kernel.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The same graph carried out by each strategy. */
final class Strategies {
    private final PlanModel model;
    private final int[] order;

    Strategies(final PlanModel model) {
        this.model = model;
        order = model.links().order();
    }

    List<StrategyEstimate> estimates() {
        return Arrays.stream(PlanStrategy.values())
                .map(strategy -> new StrategyEstimate(strategy, lengthNs(strategy)))
                .toList();
    }

    private long lengthNs(final PlanStrategy strategy) {
        return switch (strategy) {
            case FULL_PARALLEL -> Forecast.bounded(model).lengthNs();
            case DEPENDENCY_CHAINS ->
                Forecast.bounded(model.withUrgency(firstChainFirst())).lengthNs();
            case STAGED_PARALLEL -> wavesNs();
            case SEQUENTIAL -> Arrays.stream(model.durationNs()).sum();
        };
    }

    private int[] firstChainFirst() {
        final int[] urgency = new int[model.size()];
        final List<List<Integer>> chains = model.links().chains(order);
        for (int chain = 0; chain < chains.size(); chain++) {
            for (final int step : chains.get(chain)) {
                urgency[step] = -chain;
            }
        }
        return urgency;
    }

    private long wavesNs() {
        final int[] levels = model.links().levels(order);
        final List<List<Integer>> waves = new ArrayList<>();
        for (final int step : order) {
            while (waves.size() <= levels[step]) {
                waves.add(new ArrayList<>());
            }
            waves.get(levels[step]).add(step);
        }
        return waves.stream()
                .mapToLong(wave -> Forecast.bounded(model.independent(wave)).lengthNs())
                .sum();
    }

    /** What somebody carries out, by how much of such work stands before it on the longest path: gates make no wave of their own. */
    List<List<String>> workWaves() {
        final int[] workBefore = new int[model.size()];
        final List<List<String>> waves = new ArrayList<>();
        for (final int step : order) {
            for (final int need : model.links().needs()[step]) {
                workBefore[step] = Math.max(workBefore[step], workBefore[need] + (model.isWork(need) ? 1 : 0));
            }
        }
        for (int step = 0; step < workBefore.length; step++) {
            if (model.isWork(step)) {
                while (waves.size() <= workBefore[step]) {
                    waves.add(new ArrayList<>());
                }
                waves.get(workBefore[step]).add(model.steps().get(step).id());
            }
        }
        return waves;
    }
}

package io.signalbox.bench;

import java.util.List;

/**
 * One entry of {@code report.json}. Times in nanoseconds; each figure is the median over the row's forks, {@code max} the largest
 * of them. Ratios are taken pair by pair; the median and the range stand here, and beside them the best subject fork over the best
 * baseline fork. Null where there is nothing to compare with.
 */
record ReportRow(
        String id,
        String what,
        String unit,
        double p50,
        double p99,
        double p999,
        double max,
        double mean,
        String baselineId,
        Double ratioP50,
        Double ratioP99,
        String goal,
        Boolean met,
        Double ratioP50Min,
        Double ratioP50Max,
        Double ratioP99Min,
        Double ratioP99Max,
        Double ratioP50OfBest,
        Double ratioMeanUntimed,
        double p50Min,
        double p50Max,
        double p99Min,
        double p99Max,
        double meanUntimed,
        double clockCost,
        double oneWayP50,
        double oneWayP99,
        int forks,
        long turns,
        long turnsChecked,
        int extraSpinners,
        String threads,
        double noiseShare,
        double noiseGapMaxNs,
        String mode,
        String machine,
        int cores,
        String jdk,
        List<String> flags,
        double load) {

    static ReportRow of(
            final Row row,
            final List<Pair> pairs,
            final List<Measurement> forks,
            final NoiseFloor noise,
            final String mode,
            final Machine machine) {
        final Spread p50 = Spread.of(forks, Measurement::p50);
        final Spread p99 = Spread.of(forks, Measurement::p99);
        final Spread ratioP50 = pairs.isEmpty() ? null : Spread.of(pairs, Pair::ratioP50);
        final Spread ratioP99 = pairs.isEmpty() ? null : Spread.of(pairs, Pair::ratioP99);
        final Double goal = row.goalRatioP50();
        return new ReportRow(
                row.id(),
                row.what(),
                row.unit(),
                p50.median(),
                p99.median(),
                Spread.of(forks, Measurement::p999).median(),
                Spread.of(forks, Measurement::max).max(),
                Spread.of(forks, Measurement::mean).median(),
                pairs.isEmpty() ? null : pairs.get(0).baseline().subject(),
                ratioP50 == null ? null : ratioP50.median(),
                ratioP99 == null ? null : ratioP99.median(),
                goal == null ? null : "ratio_p50 <= " + goal,
                (goal == null || ratioP50 == null) ? null : Boolean.valueOf(ratioP50.median() <= goal),
                ratioP50 == null ? null : ratioP50.min(),
                ratioP50 == null ? null : ratioP50.max(),
                ratioP99 == null ? null : ratioP99.min(),
                ratioP99 == null ? null : ratioP99.max(),
                pairs.isEmpty()
                        ? null
                        : p50.min()
                                / Spread.of(pairs, pair -> pair.baseline().p50())
                                        .min(),
                pairs.isEmpty()
                        ? null
                        : Spread.of(pairs, Pair::ratioMeanUntimed).median(),
                p50.min(),
                p50.max(),
                p99.min(),
                p99.max(),
                Spread.of(forks, Measurement::meanUntimed).median(),
                Spread.of(forks, Measurement::clockCost).median(),
                Spread.of(forks, Measurement::oneWayP50).median(),
                Spread.of(forks, Measurement::oneWayP99).median(),
                forks.size(),
                forks.stream().mapToLong(Measurement::turns).sum(),
                forks.stream().mapToLong(Measurement::turnsChecked).sum(),
                forks.get(0).extraSpinners(),
                forks.get(0).threads(),
                noise.share(),
                noise.gapMaxNs(),
                mode,
                machine.machine(),
                machine.cores(),
                machine.jdk(),
                machine.flags(),
                machine.load());
    }
}

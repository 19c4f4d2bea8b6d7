package io.signalbox.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs rows: for each the fastest baseline, then pairs of forks, baseline and subject in turn. */
final class Bench {
    /** Stands in a row for "the chosen baseline itself": what the method says when nothing differs. */
    static final String BASELINE_ITSELF = "=";

    private static final int PAIRS = 5;
    private static final long NOISE_MS = 200;
    private static final int CHOICE_ROUNDS = 2;

    private final Forks forks;
    private final Phases phases;
    private final PrintStream progress;
    private final Map<List<String>, String> choices = new LinkedHashMap<>();
    private final Map<String, List<Measurement>> baselineForks = new LinkedHashMap<>();
    private final Map<String, NoiseFloor> baselineNoise = new LinkedHashMap<>();
    private final Map<Row, List<Pair>> pairs = new LinkedHashMap<>();
    private final Map<Row, NoiseFloor> noise = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final long startNs = System.nanoTime();

    Bench(final Forks forks, final Phases phases, final PrintStream progress) {
        this.forks = forks;
        this.phases = phases;
        this.progress = progress;
    }

    /** Run all {@code rows}; a row that fails its own check is noted and the others go on. */
    void run(final List<Row> rows) throws IOException, InterruptedException {
        int done = 0;
        for (final Row row : rows) {
            done++;
            say("[%d/%d] %s: %s".formatted(done, rows.size(), row.id(), row.what()));
            try {
                run(row);
            } catch (final Forks.ForkFailed failure) {
                failures.put(row.id(), failure.getMessage());
                say("      FAILED its own check: %s".formatted(failure.getMessage()));
            }
        }
    }

    private void run(final Row row) throws IOException, InterruptedException {
        final String baseline = choose(row.baselines());
        final String subject = row.subject().equals(BASELINE_ITSELF) ? baseline : row.subject();
        final Phases warmed = phases.warmedUpFor(Catalogue.warmUpLeastMs(subject));
        final List<Pair> found = new ArrayList<>();
        NoiseFloor floor = NoiseFloor.NONE;
        for (int i = 1; i <= PAIRS; i++) {
            floor = floor.plus(NoiseFloor.watch(NOISE_MS));
            final Pair pair = new Pair(forks.measure(baseline, warmed), forks.measure(subject, warmed));
            found.add(pair);
            say("      pair %d/%d  %s %,.0f ns  subject %,.0f ns  ratio %.2f"
                    .formatted(
                            i,
                            PAIRS,
                            baseline,
                            pair.baseline().p50(),
                            pair.subject().p50(),
                            pair.ratioP50()));
        }
        pairs.put(row, found);
        noise.put(row, floor);
        baselineForks
                .computeIfAbsent(baseline, name -> new ArrayList<>())
                .addAll(found.stream().map(Pair::baseline).toList());
        baselineNoise.merge(baseline, floor, NoiseFloor::plus);
    }

    /** The fastest of {@code candidates} by the best median of its short forks, run in turn; once per run of the bench. */
    private String choose(final List<String> candidates) throws IOException, InterruptedException {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        final String known = choices.get(candidates);
        if (known != null) {
            return known;
        }
        final Map<String, List<Measurement>> found = new LinkedHashMap<>();
        for (int round = 0; round < CHOICE_ROUNDS; round++) {
            for (final String candidate : candidates) {
                found.computeIfAbsent(candidate, name -> new ArrayList<>())
                        .add(forks.measure(candidate, Phases.CHOICE));
            }
        }
        final Map<String, Double> bestP50 = new LinkedHashMap<>();
        found.forEach((name, runs) ->
                bestP50.put(name, Spread.of(runs, Measurement::p50).min()));
        final String fastest = bestP50.entrySet().stream()
                .min(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        bestP50.forEach((name, p50) -> say(
                "      %s %,.0f ns%s".formatted(name, p50, name.equals(fastest) ? "  <- fastest: the baseline" : "")));
        choices.put(candidates, fastest);
        return fastest;
    }

    /** Baselines first, then the rows, in the order they ran. */
    List<ReportRow> report(final String mode, final Machine machine) {
        final List<ReportRow> report = new ArrayList<>();
        baselineForks.forEach((name, found) -> {
            final String unit = pairs.keySet().stream()
                    .filter(row -> pairs.get(row).get(0).baseline().subject().equals(name))
                    .map(Row::unit)
                    .findFirst()
                    .orElseThrow();
            final Row row = new Row(name, Catalogue.describe(name), unit, name, List.of(), null, true);
            report.add(ReportRow.of(row, List.of(), found, baselineNoise.get(name), mode, machine));
        });
        pairs.forEach((row, found) -> report.add(
                ReportRow.of(row, found, found.stream().map(Pair::subject).toList(), noise.get(row), mode, machine)));
        return report;
    }

    /** All timed turns of each reported row, for the plot. */
    Map<String, List<Measurement>> forksById() {
        final Map<String, List<Measurement>> byId = new LinkedHashMap<>(baselineForks);
        pairs.forEach((row, found) ->
                byId.put(row.id(), found.stream().map(Pair::subject).toList()));
        return byId;
    }

    /** What each chosen baseline was chosen from. */
    Map<List<String>, String> choices() {
        return choices;
    }

    /** Row id to what went wrong. */
    Map<String, String> failures() {
        return failures;
    }

    private void say(final String text) {
        progress.printf("%4d s  %s%n", (System.nanoTime() - startNs) / 1_000_000_000, text);
        progress.flush();
    }
}

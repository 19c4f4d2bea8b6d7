package io.signalbox.cli;

import io.signalbox.cli.draw.Dag;
import io.signalbox.cli.draw.Drawings;
import io.signalbox.cli.engine.Forecast;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.Words;
import io.signalbox.kernel.plan.CoordinationPoint;
import io.signalbox.kernel.plan.ExecutionPlan;
import io.signalbox.kernel.plan.PlanStrategy;
import io.signalbox.kernel.plan.StrategyEstimate;
import io.signalbox.yaml.Foreach;
import io.signalbox.yaml.Plan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a run would do. */
final class DryRun {
    private static final int MEMBERS_SHOWN = 8;
    private static final int LABEL_COLUMNS = 15;
    private static final long NS_PER_MS = 1_000_000;

    private final Forecast forecast;
    private final ExecutionPlan plan;

    DryRun(final Forecast forecast) {
        this.forecast = forecast;
        plan = forecast.plan();
    }

    /** The steps of the file, with what is foretold of them. */
    Dag drawing() {
        final String length = length(plan.estimate().parallelNs()) + " instead of "
                + length(plan.estimate().sequentialNs()) + " one by one, at most "
                + plan.estimate().concurrencyMax() + " at once";
        return Drawings.of(
                forecast.workflow(),
                words(plan.strategy()) + ": " + length,
                forecast.elapsedMs(),
                plan.criticalPath().stream()
                        .filter(id -> !forecast.step(id).step().isHidden())
                        .toList());
    }

    void print(final PrintStream out) {
        final List<List<String>> waves = plan.workWaves();
        out.println(SafeText.line(forecast.workflow().name()) + ": " + Words.count(forecast.executed(), "step") + " in "
                + Words.count(waves.size(), "wave") + ", at most "
                + plan.estimate().concurrencyMax() + " at once"
                + (forecast.taken().isEmpty() ? "" : ", " + forecast.taken().size() + " taken from the newest run"));
        int number = 0;
        for (final List<String> wave : waves) {
            number++;
            out.println();
            out.println("wave " + number);
            wave.forEach(id -> out.println("  " + step(id)));
        }
        out.println();
        estimate(out);
        row(out, "critical path", String.join(" -> ", forecast.criticalPath()));
        strategies(out);
        coordination(out);
    }

    private String step(final String id) {
        final String words = words(forecast.step(id));
        final Long elapsedMs = forecast.elapsedMs().get(id);
        return id
                + (words.isEmpty() ? "" : "  " + SafeText.line(words))
                + (elapsedMs == null ? "" : "  " + Words.duration(elapsedMs));
    }

    private void estimate(final PrintStream out) {
        if (forecast.isTimed()) {
            row(
                    out,
                    "estimate",
                    length(plan.estimate().parallelNs()) + ", by run "
                            + forecast.basedOn().orElseThrow()
                            + (forecast.unknown() == 0
                                    ? ""
                                    : "; " + Words.count(forecast.unknown(), "step") + " not known"));
            row(out, "one by one", length(plan.estimate().sequentialNs()));
        } else {
            row(out, "estimate", "none: no run of this file is known");
        }
        final boolean hasRates = forecast.workflow().limits().stream().anyMatch(limit -> limit.rate() > 0);
        if (hasRates) {
            row(out, "", "rates of limits are not foretold");
        }
    }

    private void strategies(final PrintStream out) {
        out.println();
        row(out, "strategy", words(plan.strategy()) + ": " + meaning(plan.strategy()));
        for (final StrategyEstimate each : plan.strategyEstimates()) {
            out.println((each.strategy() == plan.strategy() ? "* " : "  ")
                    + Words.pad(words(each.strategy()), LABEL_COLUMNS + 2)
                    + Words.padLeft(length(each.lengthNs()), 10) + "  " + order(each.strategy()));
        }
    }

    private void coordination(final PrintStream out) {
        if (!forecast.coordinationPoints().isEmpty()) {
            out.println();
            out.println("coordination");
        }
        for (final CoordinationPoint point : forecast.coordinationPoints()) {
            out.println("  " + point.step() + "  " + SafeText.line(rule(point)) + "  " + shown(point.members()));
        }
    }

    private String rule(final CoordinationPoint point) {
        return switch (point.kind()) {
            case EXTERNAL ->
                forecast.step(point.step()).isOpen() ? "goes on as one step for each item" : "a person answers";
            case JOIN -> "waits for";
            case GATE -> {
                final Plan.PlannedStep gate = forecast.step(point.step());
                yield gate.gate()
                        .map(run -> run.block().word() + ", " + run.strategy().words() + " of")
                        .orElse("waits for");
            }
        };
    }

    private static String shown(final List<String> members) {
        final String names = String.join(", ", members.subList(0, Math.min(MEMBERS_SHOWN, members.size())));
        return members.size() <= MEMBERS_SHOWN ? names : names + " and " + (members.size() - MEMBERS_SHOWN) + " more";
    }

    private static String words(final Plan.PlannedStep planned) {
        final List<String> words = new ArrayList<>();
        if (planned.step().isApproval()) {
            words.add("a person answers");
        }
        if (planned.isOpen()) {
            words.add("for each item of ${"
                    + planned.step()
                            .foreach()
                            .flatMap(Foreach::source)
                            .orElseThrow()
                            .text() + "}");
        }
        if (!planned.step().flow().parent().isEmpty()) {
            words.add("in " + planned.step().flow().parent());
        }
        planned.step().when().ifPresent(when -> words.add("when " + when.text()));
        if (!planned.step().flow().uses().isEmpty()) {
            words.add("uses " + String.join(", ", planned.step().flow().uses().keySet()));
        }
        return words.isEmpty() ? "" : "(" + String.join("; ", words) + ")";
    }

    private static String words(final PlanStrategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String meaning(final PlanStrategy strategy) {
        return switch (strategy) {
            case FULL_PARALLEL -> "most steps need nothing";
            case DEPENDENCY_CHAINS -> "several chains of steps";
            case STAGED_PARALLEL -> "somewhere steps run side by side";
            case SEQUENTIAL -> "never more than one step at a time";
        };
    }

    private static String order(final PlanStrategy strategy) {
        return switch (strategy) {
            case FULL_PARALLEL -> "each step as soon as it can: so it is run";
            case DEPENDENCY_CHAINS -> "the chain that began first before the others";
            case STAGED_PARALLEL -> "wave after wave";
            case SEQUENTIAL -> "one step after the other";
        };
    }

    private String length(final long lengthNs) {
        return forecast.isTimed()
                ? Words.duration(lengthNs / NS_PER_MS)
                : Words.count(lengthNs / Forecast.UNIT_NS, "step");
    }

    private static void row(final PrintStream out, final String label, final String text) {
        out.println(Words.pad(label, LABEL_COLUMNS) + text);
    }

    ObjectNode json() {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("workflow", forecast.workflow().name());
        node.put("steps", forecast.executed());
        node.put("max_parallel", plan.estimate().concurrencyMax());
        node.put("parallel_used", plan.estimate().concurrencyUsed());
        final ArrayNode waves = node.putArray("waves");
        plan.workWaves().forEach(wave -> wave.forEach(waves.addArray()::add));
        forecast.estimateMs().ifPresent(ms -> node.put("estimate_ms", ms));
        if (forecast.isTimed()) {
            node.put("sequential_ms", forecast.sequentialMs());
            node.put("unknown", forecast.unknown());
        }
        forecast.basedOn().ifPresent(run -> node.put("based_on", run));
        node.put("strategy", plan.strategy().name().toLowerCase(Locale.ROOT));
        final ObjectNode strategies = node.putObject("strategies");
        for (final StrategyEstimate each : plan.strategyEstimates()) {
            final long unitNs = forecast.isTimed() ? NS_PER_MS : Forecast.UNIT_NS;
            strategies
                    .putObject(each.strategy().name().toLowerCase(Locale.ROOT))
                    .put(forecast.isTimed() ? "estimate_ms" : "steps", each.lengthNs() / unitNs);
        }
        strings(node.putArray("critical_path"), forecast.criticalPath());
        final ArrayNode points = node.putArray("coordination_points");
        for (final CoordinationPoint point : forecast.coordinationPoints()) {
            final ObjectNode line = points.addObject();
            line.put("step", point.step());
            line.put("kind", point.kind().name().toLowerCase(Locale.ROOT));
            strings(line.putArray("members"), point.members());
        }
        strings(node.putArray("taken"), forecast.taken());
        return node;
    }

    private static void strings(final ArrayNode node, final List<String> values) {
        values.forEach(node::add);
    }
}

package io.signalbox.cli;

import io.signalbox.cli.engine.Forecast;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.Words;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a run would do. */
final class DryRun {
    private DryRun() {}

    static void print(final Forecast forecast, final boolean isJson, final PrintStream out) {
        if (isJson) {
            out.println(JsonView.MAPPER.writeValueAsString(json(forecast)));
            return;
        }
        out.println(SafeText.line(forecast.workflow()) + ": " + Words.count(forecast.steps(), "step") + " in "
                + Words.count(forecast.waves().size(), "wave") + ", at most " + forecast.parallelMax() + " at once"
                + (forecast.taken().isEmpty() ? "" : ", " + forecast.taken().size() + " taken from the newest run"));
        int number = 0;
        for (final List<Forecast.Step> wave : forecast.waves()) {
            number++;
            out.println();
            out.println("wave " + number);
            for (final Forecast.Step step : wave) {
                out.println("  " + step.id() + (step.words().isEmpty() ? "" : "  " + SafeText.line(step.words()))
                        + time(step.elapsedMs()));
            }
        }
        out.println();
        if (forecast.estimateMs().isPresent()) {
            out.println("estimate       " + Words.duration(forecast.estimateMs().getAsLong()) + ", by run "
                    + forecast.basedOn().orElse("")
                    + (forecast.unknown() == 0 ? "" : "; " + Words.count(forecast.unknown(), "step") + " not known"));
            out.println("one by one     " + Words.duration(forecast.sequentialMs()));
        } else {
            out.println("estimate       none: no run of this file is known");
        }
        out.println("critical path  " + String.join(" -> ", forecast.criticalPath()));
    }

    private static String time(final OptionalLong elapsedMs) {
        return elapsedMs.isPresent() ? "  " + Words.duration(elapsedMs.getAsLong()) : "";
    }

    private static ObjectNode json(final Forecast forecast) {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("workflow", forecast.workflow());
        node.put("steps", forecast.steps());
        node.put("max_parallel", forecast.parallelMax());
        final ArrayNode waves = node.putArray("waves");
        for (final List<Forecast.Step> wave : forecast.waves()) {
            final ArrayNode ids = waves.addArray();
            wave.forEach(step -> ids.add(step.id()));
        }
        forecast.estimateMs().ifPresent(ms -> node.put("estimate_ms", ms));
        if (forecast.estimateMs().isPresent()) {
            node.put("sequential_ms", forecast.sequentialMs());
            node.put("unknown", forecast.unknown());
        }
        forecast.basedOn().ifPresent(run -> node.put("based_on", run));
        final ArrayNode path = node.putArray("critical_path");
        forecast.criticalPath().forEach(path::add);
        final ArrayNode taken = node.putArray("taken");
        forecast.taken().forEach(taken::add);
        return node;
    }
}

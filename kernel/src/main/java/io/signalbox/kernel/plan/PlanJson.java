package io.signalbox.kernel.plan;

import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import java.util.List;

/** A plan as JSON. Names come in declared order, times in milliseconds. */
final class PlanJson {
    private static final double NS_PER_MS = 1e6;
    private static final int HUNDREDTHS = 100;
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();

    private PlanJson() {}

    static String of(final ExecutionPlan plan) {
        final PlanJson document = new PlanJson();
        document.write(plan);
        return document.json.append('\n').toString();
    }

    private void write(final ExecutionPlan plan) {
        final Estimate estimate = plan.estimate();
        json.append("{\n  \"name\": ");
        text(plan.name());
        json.append(",\n  \"strategy\": ");
        word(plan.strategy().name());
        json.append(",\n  \"estimate\": {\"sequential_ms\": ").append(ms(estimate.sequentialNs()));
        json.append(", \"parallel_ms\": ").append(ms(estimate.parallelNs()));
        json.append(", \"critical_path_ms\": ").append(ms(estimate.criticalPathNs()));
        json.append(", \"concurrency_max\": ").append(estimate.concurrencyMax());
        json.append(", \"concurrency_used\": ").append(estimate.concurrencyUsed());
        json.append(", \"speedup_ratio\": ").append(hundredths(estimate.speedUp()));
        json.append("},\n  \"strategies\": {");
        String before = "";
        for (final StrategyEstimate each : plan.strategyEstimates()) {
            json.append(before);
            word(each.strategy().name());
            json.append(": ").append(ms(each.lengthNs()));
            before = ", ";
        }
        json.append("},\n  \"critical_path\": ");
        texts(plan.criticalPath());
        json.append(",\n  \"independent_steps\": ");
        texts(plan.independentSteps());
        lists("waves", plan.waves());
        lists("dependency_chains", plan.dependencyChains());
        json.append(",\n  \"coordination_points\": [");
        String between = "\n    ";
        for (final CoordinationPoint point : plan.coordinationPoints()) {
            json.append(between).append("{\"step\": ");
            text(point.step());
            json.append(", \"kind\": ");
            word(point.kind().name());
            json.append(", \"members\": ");
            texts(point.members());
            json.append('}');
            between = ",\n    ";
        }
        json.append("\n  ],\n  \"steps\": [");
        between = "\n    ";
        for (final PlannedStep step : plan.steps()) {
            json.append(between);
            step(step);
            between = ",\n    ";
        }
        json.append("\n  ]\n}");
    }

    private void step(final PlannedStep step) {
        final StepDefinition definition = step.definition();
        json.append("{\"id\": ");
        text(step.id());
        json.append(", \"kind\": ");
        word(definition.kind().name());
        json.append(", \"needs\": ");
        texts(definition.needs());
        if (definition.kind() == StepKind.GATE) {
            json.append(", \"rule\": ");
            word(definition.gate().rule().name());
        }
        if (definition.isCompensation()) {
            json.append(", \"compensates\": ");
            text(definition.compensates());
        } else {
            json.append(", \"wave\": ").append(step.wave());
            json.append(", \"start_ms\": ").append(ms(step.startNs()));
            json.append(", \"end_ms\": ").append(ms(step.endNs()));
            json.append(", \"critical\": ").append(step.isCritical());
        }
        json.append('}');
    }

    private void lists(final String field, final List<List<String>> lists) {
        json.append(",\n  \"").append(field).append("\": [");
        String between = "\n    ";
        for (final List<String> each : lists) {
            json.append(between);
            texts(each);
            between = ",\n    ";
        }
        json.append("\n  ]");
    }

    private void texts(final List<String> values) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? "" : ", ");
            text(values.get(i));
        }
        json.append(']');
    }

    /** The name of a constant in small letters; such names are ASCII. */
    private void word(final String name) {
        json.append('"');
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            json.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        json.append('"');
    }

    private void text(final String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0xd800 && c < 0xe000 || c == 0x2028 || c == 0x2029) {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(HEX.charAt(c >> shift & 0xf));
                }
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static double ms(final long ns) {
        return ns / NS_PER_MS;
    }

    private static double hundredths(final double value) {
        return (double) Math.round(value * HUNDREDTHS) / HUNDREDTHS;
    }
}

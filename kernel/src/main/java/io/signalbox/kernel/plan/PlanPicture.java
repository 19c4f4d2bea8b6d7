package io.signalbox.kernel.plan;

import io.signalbox.kernel.picture.Look;
import io.signalbox.kernel.picture.Picture;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A plan as a picture: what is decided by rules, by people and by undoing looks different, and the critical path is marked. */
final class PlanPicture {
    private static final Look TASK = new Look("#f8fafc", "#64748b", "#0f172a");
    private static final Look CRITICAL = new Look("#fff7ed", "#ea580c", "#7c2d12");
    private static final Look GATE = new Look("#eef2ff", "#6366f1", "#312e81");
    private static final Look EXTERNAL = new Look("#fefce8", "#ca8a04", "#713f12");
    private static final Look COMPENSATION = new Look("#fdf2f8", "#db2777", "#831843");

    private final ExecutionPlan plan;
    private final Map<String, String> criticalNeed = new HashMap<>();
    private final PlanClusters clusters;

    private PlanPicture(final ExecutionPlan plan) {
        this.plan = plan;
        clusters = new PlanClusters(plan.steps());
        final List<String> path = plan.criticalPath();
        for (int i = 1; i < path.size(); i++) {
            criticalNeed.put(path.get(i), path.get(i - 1));
        }
    }

    static Picture of(final ExecutionPlan plan) {
        return new PlanPicture(plan).picture();
    }

    private Picture picture() {
        final List<Picture.Node> nodes = new ArrayList<>();
        final List<PlannedStep> steps = new ArrayList<>(plan.steps());
        steps.sort(Comparator.comparingInt(step -> step.wave() == 0 ? Integer.MAX_VALUE : step.wave()));
        steps.forEach(step -> nodes.add(node(step)));
        return new Picture(plan.name(), subtitle(), nodes, legend(), clusters.clusters());
    }

    private String subtitle() {
        final Estimate estimate = plan.estimate();
        final long hundredths = Math.round(estimate.speedUp() * 100);
        return words(plan.strategy().name()) + ", " + time(estimate.parallelNs()) + " instead of "
                + time(estimate.sequentialNs()) + " (" + hundredths / 100 + "." + hundredths % 100 / 10
                + hundredths % 10 + " times as fast)"
                + (estimate.concurrencyMax() == 0 ? "" : ", at most " + estimate.concurrencyMax() + " at once");
    }

    private Picture.Node node(final PlannedStep step) {
        final StepDefinition definition = step.definition();
        final List<Picture.Edge> edges = new ArrayList<>();
        for (final String need : definition.needs()) {
            final boolean isCritical = need.equals(criticalNeed.get(step.id()));
            edges.add(new Picture.Edge(need, isCritical ? Picture.Line.CRITICAL : Picture.Line.PLAIN));
        }
        if (definition.isCompensation()) {
            edges.add(new Picture.Edge(definition.compensates(), Picture.Line.UNDOES));
        }
        return new Picture.Node(
                step.id(),
                step.id(),
                edges,
                detail(step),
                look(step),
                shape(definition),
                step.isCritical(),
                clusters.of(step.id()));
    }

    private static Look look(final PlannedStep step) {
        if (step.definition().isCompensation()) {
            return COMPENSATION;
        }
        return switch (step.definition().kind()) {
            case GATE -> GATE;
            case EXTERNAL -> EXTERNAL;
            case TASK -> step.isCritical() ? CRITICAL : TASK;
        };
    }

    private static Picture.Shape shape(final StepDefinition definition) {
        if (definition.isCompensation()) {
            return Picture.Shape.DASHED;
        }
        return switch (definition.kind()) {
            case GATE -> Picture.Shape.GATE;
            case EXTERNAL -> Picture.Shape.ROUND;
            case TASK -> Picture.Shape.BOX;
        };
    }

    private static String detail(final PlannedStep step) {
        final StepDefinition definition = step.definition();
        final List<String> words = new ArrayList<>();
        if (definition.isCompensation()) {
            words.add("undoes " + definition.compensates());
        } else if (definition.kind() == StepKind.GATE) {
            words.add(rule(definition.gate()));
        } else {
            words.add(
                    definition.kind() == StepKind.EXTERNAL
                            ? "answer from outside"
                            : time(step.endNs() - step.startNs()));
        }
        if (definition.retry().retriesMax() > 0) {
            words.add("retry " + definition.retry().retriesMax());
        }
        if (definition.timeoutNs() > 0) {
            words.add("within " + time(definition.timeoutNs()));
        }
        return String.join(", ", words);
    }

    private static String rule(final Gate gate) {
        return switch (gate.rule()) {
            case QUORUM -> "at least " + gate.required();
            case COMPETITIVE -> "best of quality " + gate.qualityMin();
            case ALL, FIRST, MAJORITY, BEST_EFFORT -> words(gate.rule().name());
        };
    }

    private List<Picture.Legend> legend() {
        final List<Picture.Legend> legend = new ArrayList<>();
        legend.add(new Picture.Legend("critical path", CRITICAL));
        if (plan.steps().stream().anyMatch(step -> step.definition().kind() == StepKind.GATE)) {
            legend.add(new Picture.Legend("gate", GATE));
        }
        if (plan.steps().stream().anyMatch(step -> step.definition().kind() == StepKind.EXTERNAL)) {
            legend.add(new Picture.Legend("from outside", EXTERNAL));
        }
        if (plan.steps().stream().anyMatch(step -> step.definition().isCompensation())) {
            legend.add(new Picture.Legend("undoes", COMPENSATION));
        }
        return legend;
    }

    private static String words(final String constant) {
        final StringBuilder words = new StringBuilder();
        for (int i = 0; i < constant.length(); i++) {
            final char c = constant.charAt(i);
            words.append(c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        return words.toString();
    }

    private static String time(final long ns) {
        final long ms = (ns + 500_000) / 1_000_000;
        if (ms < 1000) {
            return ms + " ms";
        }
        final long tenths = (ms + 50) / 100;
        if (tenths < 600) {
            return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
        }
        final long minutes = tenths / 600;
        final long seconds = tenths % 600 / 10;
        return minutes < 60
                ? minutes + " min" + (seconds == 0 ? "" : " " + seconds + " s")
                : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}

package io.signalbox.kernel.plan;

import io.signalbox.kernel.picture.Picture;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands together in a plan: a gate {@code s} with a gate {@code s.begin} before it is a stage with its members; what has a slash in its id is a part
 * of what stands before the slash, such as a pattern or a sub-workflow.
 */
final class PlanClusters {
    private static final String BEGIN = ".begin";

    private final Map<String, String> containerById = new HashMap<>();
    private final Map<String, Picture.Cluster> clusters = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();

    PlanClusters(final List<PlannedStep> steps) {
        final Set<String> gates = new HashSet<>();
        for (final PlannedStep step : steps) {
            ids.add(prefix(step.id()));
            if (step.definition().kind() == StepKind.GATE) {
                gates.add(step.id());
            }
        }
        for (final PlannedStep step : steps) {
            final StepDefinition definition = step.definition();
            if (gates.contains(step.id()) && gates.contains(step.id() + BEGIN)) {
                ids.add(step.id());
                containerById.put(step.id() + BEGIN, step.id());
                definition.needs().forEach(member -> containerById.putIfAbsent(member, step.id()));
            }
        }
        ids.remove("");
        ids.forEach(containerById::remove);
        steps.forEach(step -> need(of(step.id())));
    }

    private static String prefix(final String id) {
        return id.substring(0, Math.max(0, id.lastIndexOf('/')));
    }

    private void need(final String id) {
        if (!id.isEmpty() && !clusters.containsKey(id)) {
            final String in = prefix(id);
            need(in);
            clusters.put(id, new Picture.Cluster(id, id, in));
        }
    }

    /** Id of the cluster that a step stands in; empty for none. */
    String of(final String step) {
        return ids.contains(step) ? step : containerById.getOrDefault(step, prefix(step));
    }

    List<Picture.Cluster> clusters() {
        return new ArrayList<>(clusters.values());
    }
}

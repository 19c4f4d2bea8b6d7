package io.signalbox.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a step stands among the others, beside its needs.
 *
 * @param onFailure what its failure means for the rest; empty for what the workflow says
 * @param compensates id of the step that this one undoes
 * @param priority -1,000 to 1,000; among steps that are ready the higher goes first
 * @param uses units it takes of the workflow's limits, by name, in declared order
 * @param placement which agent may carry it out
 * @param strategy how the instances of a {@code foreach} step come to one end; empty for a plain one
 * @param recovery what is tried when its attempts have failed
 * @param parent id of the stage, group or sub-workflow it stands in; empty for none
 * @param scope id of the sub-workflow whose inputs and steps its placeholders mean; empty for those of the file itself
 */
public record Flow(
        Optional<OnFailure> onFailure,
        Optional<String> compensates,
        int priority,
        Map<String, Integer> uses,
        Placement placement,
        Optional<Strategy> strategy,
        Recovery recovery,
        String parent,
        String scope) {
    /** Nothing special. */
    public static final Flow PLAIN = new Flow(
            Optional.empty(),
            Optional.empty(),
            0,
            Map.of(),
            Placement.ANYBODY,
            Optional.empty(),
            Recovery.NONE,
            "",
            "");

    /** Copies the map and keeps its order. */
    public Flow {
        uses = Collections.unmodifiableMap(new LinkedHashMap<>(uses));
    }

    Flow in(final String newParent) {
        return new Flow(onFailure, compensates, priority, uses, placement, strategy, recovery, newParent, scope);
    }

    Flow undoing(final String step) {
        return new Flow(onFailure, Optional.of(step), priority, uses, placement, strategy, recovery, parent, scope);
    }

    Flow failing(final Optional<OnFailure> newOnFailure) {
        return new Flow(newOnFailure, compensates, priority, uses, placement, strategy, recovery, parent, scope);
    }

    Flow using(final Map<String, Integer> newUses) {
        return new Flow(onFailure, compensates, priority, newUses, placement, strategy, recovery, parent, scope);
    }

    /** The same inside a sub-workflow. */
    Flow within(final String call) {
        final Map<String, Integer> prefixed = new LinkedHashMap<>();
        uses.forEach((name, units) -> prefixed.put(Call.inside(call, name), units));
        return new Flow(
                onFailure,
                compensates.map(step -> Call.inside(call, step)),
                priority,
                prefixed,
                placement,
                strategy,
                recovery,
                parent.isEmpty() ? call : Call.inside(call, parent),
                scope.isEmpty() ? call : Call.inside(call, scope));
    }
}

package io.signalbox.kernel.composition;

import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.context.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts of a graph, each behind those that it needs; else in declared order. */
final class GraphOrder {
    private final String graphId;
    private final Map<String, Graph.Part> parts = new LinkedHashMap<>();
    private final Map<String, List<String>> ends = new LinkedHashMap<>();

    GraphOrder(final Graph graph, final String graphId) {
        this.graphId = graphId;
        for (final Graph.Part part : graph.parts()) {
            InvalidCompositionException.unless(
                    parts.put(part.part().id(), part) == null,
                    "two parts are called '" + graphId + "/" + part.part().id() + "'; give one of them another id");
        }
        for (final Graph.Part part : graph.parts()) {
            for (final String need : part.needs()) {
                InvalidCompositionException.unless(
                        parts.containsKey(need),
                        "'" + graphId + "/" + part.part().id() + "' needs '" + need
                                + "', which is not there; did you mean '"
                                + NearestName.of(need, List.copyOf(parts.keySet())) + "'?");
            }
        }
    }

    /** Place every part; the ends of those that nobody needs. */
    <P> List<String> place(final CompositionCompiler.Placing<P> placing, final P inside) {
        parts.keySet().forEach(id -> visit(id, placing, inside, new LinkedHashSet<>()));
        final Set<String> needed = new HashSet<>();
        parts.values().forEach(part -> needed.addAll(part.needs()));
        final List<String> last = new ArrayList<>();
        parts.keySet().stream().filter(id -> !needed.contains(id)).forEach(id -> last.addAll(ends.get(id)));
        return last;
    }

    private <P> void visit(
            final String id, final CompositionCompiler.Placing<P> placing, final P inside, final Set<String> path) {
        if (ends.containsKey(id)) {
            return;
        }
        if (!path.add(id)) {
            throw new InvalidCompositionException(
                    "the parts of '" + graphId + "' need each other: " + String.join(" needs ", path) + " needs " + id);
        }
        final Set<String> endsOfNeeds = new LinkedHashSet<>();
        for (final String need : parts.get(id).needs()) {
            visit(need, placing, inside, path);
            endsOfNeeds.addAll(ends.get(need));
        }
        path.remove(id);
        ends.put(id, placing.place(parts.get(id).part(), inside, List.copyOf(endsOfNeeds)));
    }
}

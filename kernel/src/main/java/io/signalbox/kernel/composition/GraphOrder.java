package io.signalbox.kernel.composition;

import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.context.NearestName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
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
                if (!parts.containsKey(need)) {
                    throw new InvalidCompositionException(
                            "'" + graphId + "/" + part.part().id() + "' needs '" + need
                                    + "', which is not there; did you mean '"
                                    + NearestName.of(need, List.copyOf(parts.keySet())) + "'?");
                }
            }
        }
    }

    /** Place every part; the ends of those that nobody needs. */
    <P> List<String> place(final CompositionCompiler.Placing<P> placing, final P inside) {
        parts.keySet().forEach(id -> visit(id, placing, inside));
        final Set<String> needed = new HashSet<>();
        parts.values().forEach(part -> needed.addAll(part.needs()));
        final List<String> last = new ArrayList<>();
        parts.keySet().stream().filter(id -> !needed.contains(id)).forEach(id -> last.addAll(ends.get(id)));
        return last;
    }

    /** A part behind what it needs. A chain of needs is no chain of calls: it may be as long as there are parts. */
    private <P> void visit(final String wanted, final CompositionCompiler.Placing<P> placing, final P inside) {
        final Map<String, Iterator<String>> path = new LinkedHashMap<>();
        final Deque<String> open = new ArrayDeque<>();
        String id = wanted;
        while (id != null) {
            if (!ends.containsKey(id) && !path.containsKey(id)) {
                path.put(id, parts.get(id).needs().iterator());
                open.push(id);
            }
            id = open.isEmpty() ? null : next(open.peek(), path);
            if (id == null && !open.isEmpty()) {
                final String done = open.pop();
                path.remove(done);
                place(done, placing, inside);
                id = open.peek();
            }
        }
    }

    /** What a part needs that has not been placed yet, or null. */
    private String next(final String id, final Map<String, Iterator<String>> path) {
        final Iterator<String> needs = path.get(id);
        while (needs.hasNext()) {
            final String need = needs.next();
            if (path.containsKey(need)) {
                throw new InvalidCompositionException("the parts of '" + graphId + "' need each other: "
                        + String.join(" needs ", path.keySet()) + " needs " + need);
            }
            if (!ends.containsKey(need)) {
                return need;
            }
        }
        return null;
    }

    private <P> void place(final String id, final CompositionCompiler.Placing<P> placing, final P inside) {
        final Set<String> endsOfNeeds = new LinkedHashSet<>();
        parts.get(id).needs().forEach(need -> endsOfNeeds.addAll(ends.get(need)));
        ends.put(id, placing.place(parts.get(id).part(), inside, List.copyOf(endsOfNeeds)));
    }
}

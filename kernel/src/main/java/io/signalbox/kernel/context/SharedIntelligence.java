package io.signalbox.kernel.context;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What agents share, at one version. Immutable; agents at the same version have the same one, not copies. Any thread. */
public final class SharedIntelligence {
    /** Nothing is shared yet. */
    public static final SharedIntelligence EMPTY = new SharedIntelligence(emptyMaps());

    private final DocumentValue[] maps;

    private SharedIntelligence(final DocumentValue[] maps) {
        this.maps = maps;
    }

    private static DocumentValue[] emptyMaps() {
        final DocumentValue[] maps = new DocumentValue[IntelligenceKind.COUNT];
        Arrays.fill(maps, DocumentValue.EMPTY_MAP);
        return maps;
    }

    /** One of the five kinds, a map. */
    public DocumentValue of(final IntelligenceKind kind) {
        return maps[kind.code()];
    }

    /** Types by name. */
    public Map<String, Object> typeRegistry() {
        return of(IntelligenceKind.TYPE_REGISTRY).toMap();
    }

    /** The patterns of a category; empty when there are none. */
    public List<String> patterns(final String category) {
        return texts(IntelligenceKind.PATTERN_LIBRARY, category);
    }

    /** Rules by name. */
    public Map<String, Object> validationRules() {
        return of(IntelligenceKind.VALIDATION_RULES).toMap();
    }

    /** How something is called; empty when nothing is said about it. */
    public String namingConvention(final String name) {
        return of(IntelligenceKind.NAMING_CONVENTIONS).textOf(name);
    }

    /** What something needs, by the dependency graph; empty when nothing is said about it. */
    public List<String> dependenciesOf(final String name) {
        return texts(IntelligenceKind.DEPENDENCY_GRAPH, name);
    }

    private List<String> texts(final IntelligenceKind kind, final String name) {
        final DocumentValue value = of(kind).get(name);
        return value == null ? List.of() : value.toTexts();
    }

    /** As a document: the kinds that hold something, by their names. */
    public DocumentValue toDocument() {
        DocumentValue document = DocumentValue.EMPTY_MAP;
        for (final IntelligenceKind kind : IntelligenceKind.values()) {
            if (of(kind).size() > 0) {
                document = document.with(kind.field(), of(kind));
            }
        }
        return document;
    }

    SharedIntelligence with(final IntelligenceKind kind, final DocumentValue map) {
        if (map.equals(of(kind))) {
            return this;
        }
        final DocumentValue[] changed = maps.clone();
        changed[kind.code()] = map;
        return new SharedIntelligence(changed);
    }

    /** With every name of a document that holds kinds; the same one when nothing in it is new. */
    SharedIntelligence withAll(final DocumentValue document) {
        SharedIntelligence all = this;
        for (int i = 0; i < document.size(); i++) {
            final IntelligenceKind kind = IntelligenceKind.named(document.name(i));
            all = all.with(kind, DocumentMerge.shallow(all.of(kind), document.value(i)));
        }
        return all;
    }

    long weight() {
        long sum = 0;
        for (final DocumentValue map : maps) {
            sum += map.weight();
        }
        return sum;
    }

    /** The same content. */
    @Override
    public boolean equals(final Object other) {
        return this == other || other instanceof SharedIntelligence that && Arrays.equals(maps, that.maps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(maps);
    }

    /** As JSON. */
    @Override
    public String toString() {
        return toDocument().toString();
    }
}

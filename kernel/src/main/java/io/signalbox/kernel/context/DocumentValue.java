package io.signalbox.kernel.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A value of a document: nothing, a truth value, a number, a text, a list, or a map from names to values. Immutable, and so are all values
 * inside: documents that have a part in common share it. The names of a map stand in the order of their characters. Any thread.
 */
public final class DocumentValue {
    /** What a value can be. */
    public enum Kind {
        NULL,
        BOOLEAN,
        LONG,
        DOUBLE,
        TEXT,
        LIST,
        MAP
    }

    /** Nothing. */
    public static final DocumentValue NULL = new DocumentValue(Kind.NULL, null, noNames(), noValues());

    /** A map without an entry. */
    public static final DocumentValue EMPTY_MAP = new DocumentValue(Kind.MAP, null, noNames(), noValues());

    /** A list of nothing. */
    public static final DocumentValue EMPTY_LIST = new DocumentValue(Kind.LIST, null, noNames(), noValues());

    private static final long WEIGHT_OF_NUMBER = 16;
    private static final long WEIGHT_OF_ENTRY = 8;

    private final Kind kind;
    private final Object scalar;
    private final String[] names;
    private final DocumentValue[] values;
    private final long weight;

    private DocumentValue(final Kind kind, final Object scalar, final String[] names, final DocumentValue[] values) {
        this.kind = kind;
        this.scalar = scalar;
        this.names = names;
        this.values = values;
        long sum = scalar instanceof String text ? text.length() : WEIGHT_OF_NUMBER;
        for (final String name : names) {
            sum += name.length();
        }
        for (final DocumentValue value : values) {
            sum += value.weight + WEIGHT_OF_ENTRY;
        }
        weight = sum;
    }

    private static String[] noNames() {
        return new String[0];
    }

    private static DocumentValue[] noValues() {
        return new DocumentValue[0];
    }

    /** A text. */
    public static DocumentValue of(final String text) {
        return text == null ? NULL : new DocumentValue(Kind.TEXT, text, noNames(), noValues());
    }

    /** A whole number. */
    public static DocumentValue of(final long number) {
        return new DocumentValue(Kind.LONG, number, noNames(), noValues());
    }

    /**
     * A value of Java: null, a Boolean, a whole number, a finite fraction, a text, a collection or a map of such.
     *
     * @throws IllegalArgumentException when it is or holds anything else.
     */
    public static DocumentValue of(final Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof DocumentValue document) {
            return document;
        }
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof Boolean truth) {
            return new DocumentValue(Kind.BOOLEAN, truth, noNames(), noValues());
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return of(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            final double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new IllegalArgumentException("a document holds no such number: " + number);
            }
            return new DocumentValue(Kind.DOUBLE, number, noNames(), noValues());
        }
        if (value instanceof Map<?, ?>) {
            return ofMap(value);
        }
        if (value instanceof Collection<?> elements) {
            final List<DocumentValue> list = new ArrayList<>();
            elements.forEach(element -> list.add(of(element)));
            return list(list);
        }
        throw new IllegalArgumentException("a document holds no "
                + value.getClass().getName() + "; it holds texts, numbers, truth values, lists and maps");
    }

    /** Whatever the order in which the map gives its names, they stand in their own. */
    private static DocumentValue ofMap(final Object map) {
        final TreeMap<String, DocumentValue> sorted = new TreeMap<>();
        ((Map<?, ?>) map).forEach((name, value) -> {
            if (name instanceof String text) {
                sorted.put(text, of(value));
            } else {
                throw new IllegalArgumentException("the names in a document are texts, not " + name);
            }
        });
        return map(sorted);
    }

    /** A map whose names stand in their order. */
    static DocumentValue map(final NavigableMap<String, DocumentValue> sorted) {
        return sorted.isEmpty()
                ? EMPTY_MAP
                : new DocumentValue(
                        Kind.MAP,
                        null,
                        sorted.keySet().toArray(new String[0]),
                        sorted.values().toArray(new DocumentValue[0]));
    }

    /** A list. */
    static DocumentValue list(final List<DocumentValue> elements) {
        return elements.isEmpty()
                ? EMPTY_LIST
                : new DocumentValue(Kind.LIST, null, noNames(), elements.toArray(new DocumentValue[0]));
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    public boolean isMap() {
        return kind == Kind.MAP;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    public boolean isNumber() {
        return kind == Kind.LONG || kind == Kind.DOUBLE;
    }

    /** Entries of a map, elements of a list, 0 of anything else. */
    public int size() {
        return values.length;
    }

    /** Name of the entry at an index of a map. */
    public String name(final int index) {
        return names[index];
    }

    /** Value of the entry or element at an index. */
    public DocumentValue value(final int index) {
        return values[index];
    }

    /** The value of a name in a map; null when it has none, or is none. */
    public DocumentValue get(final String name) {
        final int index = kind == Kind.MAP ? Arrays.binarySearch(names, name) : -1;
        return index < 0 ? null : values[index];
    }

    /** The value of a name in a map, the empty map when there is none. */
    public DocumentValue mapOf(final String name) {
        final DocumentValue value = get(name);
        return value == null ? EMPTY_MAP : value;
    }

    /** The text; empty when it is none. */
    public String text() {
        return scalar instanceof String text ? text : "";
    }

    /** The text of a name, empty when there is none. */
    public String textOf(final String name) {
        final DocumentValue value = get(name);
        return value == null ? "" : value.text();
    }

    /** Whether it is the truth value true. */
    public boolean isTrue() {
        return Boolean.TRUE.equals(scalar);
    }

    /** The number as a fraction; of a number. */
    public double asDouble() {
        return scalar instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** The whole number; a fraction is cut off. */
    public long asLong() {
        return scalar instanceof Number number ? number.longValue() : 0;
    }

    /** Whether all its elements are texts; of a list. */
    boolean holdsTextsOnly() {
        for (final DocumentValue value : values) {
            if (!value.isText()) {
                return false;
            }
        }
        return kind == Kind.LIST;
    }

    /** About how many bytes it takes, whatever part of it is shared. */
    public long weight() {
        return weight;
    }

    /** With another value for a name of a map, or with that name more. */
    public DocumentValue with(final String name, final DocumentValue value) {
        final NavigableMap<String, DocumentValue> sorted = entries();
        sorted.put(name, value);
        return map(sorted);
    }

    /** The entries of a map, to be changed by the caller. */
    NavigableMap<String, DocumentValue> entries() {
        final TreeMap<String, DocumentValue> sorted = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            sorted.put(names[i], values[i]);
        }
        return sorted;
    }

    /** As a value of Java that cannot be changed: null, Boolean, Long, Double, String, List or Map. */
    public Object toObject() {
        return switch (kind) {
            case NULL, BOOLEAN, LONG, DOUBLE, TEXT -> scalar;
            case LIST -> toList();
            case MAP -> toMap();
        };
    }

    /** The elements of a list as values of Java. */
    public List<Object> toList() {
        final List<Object> list = new ArrayList<>(values.length);
        for (final DocumentValue value : values) {
            list.add(value.toObject());
        }
        return Collections.unmodifiableList(list);
    }

    /** The elements of a list as texts; what is none is left out. */
    public List<String> toTexts() {
        final List<String> texts = new ArrayList<>(values.length);
        for (final DocumentValue value : values) {
            if (value.isText()) {
                texts.add(value.text());
            }
        }
        return Collections.unmodifiableList(texts);
    }

    /** The entries of a map as values of Java. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], values[i].toObject());
        }
        return Collections.unmodifiableMap(map);
    }

    /** The same kind and the same content; the numbers 1 and 1.0 are not the same. */
    @Override
    public boolean equals(final Object other) {
        return this == other
                || other instanceof DocumentValue that
                        && kind == that.kind
                        && (scalar == null ? that.scalar == null : scalar.equals(that.scalar))
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** As JSON. */
    @Override
    public String toString() {
        return DocumentJson.text(this);
    }
}

package io.signalbox.kernel.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the payload of a user's own kind must look like: its fields, each with a type, whether it must be there, and its range.
 * Immutable; each setter answers a new one. Declared once in a kernel, it is kept and journaled there and every signal of the kind is
 * checked before it is sent.
 *
 * <pre>{@code
 * SignalSchema schema = SignalSchema.of().required("plan", Payload.Type.TEXT).number("cost", true, 0, 1000);
 * }</pre>
 */
public final class SignalSchema {
    /**
     * One declared field.
     *
     * @param min smallest value of a number, shortest length of a text in UTF-16 units, fewest texts of a list.
     * @param max likewise.
     */
    public record Field(String name, Payload.Type type, boolean isRequired, double min, double max) {
        public Field {
            if (!(min <= max)) {
                throw new IllegalArgumentException("the range of field '" + name + "' is empty: " + min + ".." + max);
            }
        }
    }

    private static final SignalSchema EMPTY = new SignalSchema(List.of());

    private final List<Field> fields;

    private SignalSchema(final List<Field> fields) {
        this.fields = fields;
    }

    /** Without a field: only empty payloads suit it. */
    public static SignalSchema of() {
        return EMPTY;
    }

    /** A field that must be there. */
    public SignalSchema required(final String name, final Payload.Type type) {
        return with(new Field(name, type, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /** A field that may be there. */
    public SignalSchema optional(final String name, final Payload.Type type) {
        return with(new Field(name, type, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /** A number in a range, both ends inclusive. A whole number counts. */
    public SignalSchema number(final String name, final boolean isRequired, final double min, final double max) {
        return with(new Field(name, Payload.Type.NUMBER, isRequired, min, max));
    }

    /** A text of a length in a range, both ends inclusive. */
    public SignalSchema text(final String name, final boolean isRequired, final int lengthMin, final int lengthMax) {
        return with(new Field(name, Payload.Type.TEXT, isRequired, lengthMin, lengthMax));
    }

    /** A field with everything said about it; one of the same name gives way. */
    public SignalSchema with(final Field field) {
        final List<Field> next = new ArrayList<>(fields);
        next.removeIf(known -> known.name.equals(field.name));
        next.add(field);
        return new SignalSchema(List.copyOf(next));
    }

    /** What has been declared. */
    public List<Field> fields() {
        return fields;
    }

    /** What is wrong with a payload, in words; null when it suits. Fields whose names begin with '@' are not looked at. */
    public String problem(final Payload payload) {
        for (final Field field : fields) {
            final String problem = problem(field, payload);
            if (problem != null) {
                return problem;
            }
        }
        for (final String name : payload.names()) {
            if (name.charAt(0) != '@' && fields.stream().noneMatch(field -> field.name.equals(name))) {
                return "field '" + name + "' is not declared; declared are "
                        + fields.stream().map(Field::name).toList();
            }
        }
        return null;
    }

    private static String problem(final Field field, final Payload payload) {
        final Payload.Type type = payload.type(field.name);
        if (type == null) {
            return field.isRequired ? "field '" + field.name + "' is missing" : null;
        }
        final boolean isWhole = type == Payload.Type.INTEGER && field.type == Payload.Type.NUMBER;
        if (type != field.type && !isWhole) {
            return "field '" + field.name + "' must be " + field.type + ", found " + type;
        }
        final double measure = switch (type) {
            case TEXT -> payload.textOr(field.name, "").length();
            case NUMBER, INTEGER -> payload.numberOr(field.name, Double.NaN);
            case TEXTS -> payload.textsOf(field.name).size();
            case FLAG, FIELDS -> Math.min(Math.max(0, field.min), field.max);
        };
        return measure >= field.min && measure <= field.max
                ? null
                : "field '" + field.name + "' must be in " + field.min + ".." + field.max + ", found " + measure;
    }

    /** As bytes: a payload with a field for each declared field. */
    public byte[] encode() {
        Payload payload = Payload.of();
        for (final Field field : fields) {
            payload = payload.fields(
                    field.name,
                    Payload.of()
                            .integer("type", field.type.ordinal())
                            .flag("required", field.isRequired)
                            .number("min", field.min)
                            .number("max", field.max));
        }
        return payload.encode();
    }

    /**
     * Read it back; its fields stand in the order of their names.
     *
     * @throws IllegalArgumentException when the bytes are not those of a schema.
     */
    public static SignalSchema decode(final byte[] bytes) {
        final Payload payload = Payload.decode(bytes);
        SignalSchema schema = EMPTY;
        for (final String name : payload.names()) {
            final Payload field = payload.fieldsOf(name);
            final int type = (int) field.integerOr("type", -1);
            if (type < 0 || type >= Payload.Type.values().length) {
                throw new IllegalArgumentException("field '" + name + "' has no type");
            }
            schema = schema.with(new Field(
                    name,
                    Payload.Type.values()[type],
                    field.flagOr("required", false),
                    field.numberOr("min", Double.NEGATIVE_INFINITY),
                    field.numberOr("max", Double.POSITIVE_INFINITY)));
        }
        return schema;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof SignalSchema that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}

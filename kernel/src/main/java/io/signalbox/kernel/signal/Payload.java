package io.signalbox.kernel.signal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a signal says, as named fields: texts, numbers, flags, lists of texts, and payloads of their own. Immutable; each setter
 * answers a new one. Fields stand in the order of their names as bytes, whatever the order in which they were set, so equal payloads
 * have equal bytes.
 *
 * <pre>{@code
 * Payload payload = Payload.of().text("agent_id", "model-gen").number("quality_score", 0.95);
 * }</pre>
 *
 * A field set to null is left out. Any thread.
 */
public final class Payload {
    /** What a field may hold. The code enters the journal: append only. */
    public enum Type {
        TEXT,
        NUMBER,
        INTEGER,
        FLAG,
        TEXTS,
        FIELDS
    }

    /** One field; its bytes are never changed. */
    @SuppressWarnings("ArrayRecordComponent") // of this package, never compared
    record Field(String name, byte[] utf8, Type type, Object value) {}

    /** Most fields of one payload, and most texts of one list. */
    public static final int FIELDS_MAX = 0xFFFF;
    /** How deep payloads may stand in payloads. */
    public static final int DEPTH_MAX = 8;

    private static final Payload EMPTY = new Payload(List.of());

    private final List<Field> fields;

    Payload(final List<Field> fields) {
        this.fields = fields;
    }

    /** Without a field. */
    public static Payload of() {
        return EMPTY;
    }

    /** Set a text. */
    public Payload text(final String name, final String value) {
        return with(name, Type.TEXT, value);
    }

    /** Set a number with a fraction. */
    public Payload number(final String name, final double value) {
        return with(name, Type.NUMBER, value);
    }

    /** Set a whole number. */
    public Payload integer(final String name, final long value) {
        return with(name, Type.INTEGER, value);
    }

    /** Set a yes or no. */
    public Payload flag(final String name, final boolean value) {
        return with(name, Type.FLAG, value);
    }

    /** Set a list of texts. */
    public Payload texts(final String name, final List<String> value) {
        return with(name, Type.TEXTS, value == null ? null : List.copyOf(value));
    }

    /** Set fields inside a field. */
    public Payload fields(final String name, final Payload value) {
        if (value != null && value.depth() >= DEPTH_MAX) {
            throw new IllegalArgumentException("payloads may stand in each other " + DEPTH_MAX + " deep: " + name);
        }
        return with(name, Type.FIELDS, value);
    }

    private Payload with(final String name, final Type type, final Object value) {
        final byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == 0 || utf8.length > FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "the name of a field has 1 to " + FIELDS_MAX + " UTF-8 bytes, found " + utf8.length);
        }
        final List<Field> next = new ArrayList<>(fields.size() + 1);
        int at = 0;
        while (at < fields.size() && Arrays.compareUnsigned(fields.get(at).utf8, utf8) < 0) {
            next.add(fields.get(at++));
        }
        if (value != null) {
            next.add(new Field(name, utf8, type, value));
        }
        if (at < fields.size() && Arrays.equals(fields.get(at).utf8, utf8)) {
            at++;
        }
        next.addAll(fields.subList(at, fields.size()));
        if (next.size() > FIELDS_MAX) {
            throw new IllegalArgumentException("a payload has at most " + FIELDS_MAX + " fields");
        }
        return next.isEmpty() ? EMPTY : new Payload(next);
    }

    /** How deep payloads stand in this one; 1 for a flat one. */
    private int depth() {
        int depth = 0;
        for (final Field field : fields) {
            depth = field.type == Type.FIELDS ? Math.max(depth, ((Payload) field.value).depth()) : depth;
        }
        return depth + 1;
    }

    /** The names of its fields, in their order as bytes. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** What a field holds, or null when there is none of this name. */
    public Type type(final String name) {
        final Field field = find(name);
        return field == null ? null : field.type;
    }

    /** A text, or {@code missing} when there is none of this name. */
    public String textOr(final String name, final String missing) {
        return value(name, Type.TEXT) instanceof String text ? text : missing;
    }

    /** A number, or {@code missing} when there is none of this name. A whole number counts. */
    public double numberOr(final String name, final double missing) {
        final Field field = find(name);
        if (field != null && field.type == Type.INTEGER) {
            return (double) (Long) field.value;
        }
        return value(name, Type.NUMBER) instanceof Double number ? number : missing;
    }

    /** A whole number, or {@code missing} when there is none of this name. */
    public long integerOr(final String name, final long missing) {
        return value(name, Type.INTEGER) instanceof Long integer ? integer : missing;
    }

    /** A yes or no, or {@code missing} when there is none of this name. */
    public boolean flagOr(final String name, final boolean missing) {
        return value(name, Type.FLAG) instanceof Boolean flag ? flag : missing;
    }

    /** A list of texts, empty when there is none of this name. */
    @SuppressWarnings("unchecked") // a field of this type holds a list of texts and nothing else
    public List<String> textsOf(final String name) {
        final Object value = value(name, Type.TEXTS);
        return value == null ? List.of() : (List<String>) value;
    }

    /** The payload inside a field, empty when there is none of this name. */
    public Payload fieldsOf(final String name) {
        return value(name, Type.FIELDS) instanceof Payload inner ? inner : EMPTY;
    }

    /** Whether a field is there and holds exactly this: a String, a Double, a Long, a Boolean, a list of texts, a payload. */
    public boolean holds(final String name, final Object value) {
        final Field field = find(name);
        return field != null && field.value.equals(value);
    }

    private Object value(final String name, final Type type) {
        final Field field = find(name);
        return field == null || field.type != type ? null : field.value;
    }

    private Field find(final String name) {
        for (final Field field : fields) {
            if (field.name.equals(name)) {
                return field;
            }
        }
        return null;
    }

    List<Field> inOrder() {
        return fields;
    }

    /** As bytes; equal payloads have equal bytes. See {@link PayloadCodec} for the format. */
    public byte[] encode() {
        return PayloadCodec.encode(this);
    }

    /**
     * Read it back.
     *
     * @throws IllegalArgumentException when the bytes are not those of a payload; the message says where.
     */
    public static Payload decode(final byte[] bytes) {
        return PayloadCodec.decode(bytes);
    }

    /** Whether bytes begin as those of a payload do; plain text does not. */
    public static boolean isEncoded(final byte[] bytes) {
        return PayloadCodec.isMarked(bytes);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Payload that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    /** As JSON, for people and for those who speak it; there is no way back from it. */
    @Override
    public String toString() {
        return PayloadText.json(this);
    }
}

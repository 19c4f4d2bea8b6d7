package io.signalbox.kernel;

import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;

/**
 * A name in the state and the type of its value. Never changes what it stands for; any thread; make it once and use it again.
 *
 * @param <T> what the value is in Java.
 */
public final class StateKey<T> {
    private final String name;
    private final ValueType type;
    private final Function<T, byte[]> toBytes;
    private final Function<StateValue, T> fromValue;
    private Known known; // a racy cache of an immutable value

    /** The id of the name in one kernel. Names the kernel by number, so that a key keeps no closed kernel. */
    private record Known(long kernel, int id) {}

    private StateKey(
            final String name,
            final ValueType type,
            final Function<T, byte[]> toBytes,
            final Function<StateValue, T> fromValue) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = type;
        this.toBytes = toBytes;
        this.fromValue = fromValue;
    }

    /** A text. */
    public static StateKey<String> text(final String name) {
        return new StateKey<>(name, ValueType.TEXT, StateKey::utf8, StateValue::text);
    }

    /** A JSON document as text; the kernel does not look inside. */
    public static StateKey<String> json(final String name) {
        return new StateKey<>(name, ValueType.JSON, StateKey::utf8, StateValue::text);
    }

    /** A whole number. */
    public static StateKey<Long> number(final String name) {
        return new StateKey<>(name, ValueType.LONG, StateKey::word, StateValue::asLong);
    }

    /** A fraction. */
    public static StateKey<Double> fraction(final String name) {
        return new StateKey<>(
                name, ValueType.DOUBLE, value -> word(Double.doubleToRawLongBits(value)), StateValue::asDouble);
    }

    /** Yes or no. */
    public static StateKey<Boolean> flag(final String name) {
        return new StateKey<>(
                name, ValueType.BOOLEAN, value -> new byte[] {(byte) (value ? 1 : 0)}, StateValue::asBoolean);
    }

    /** Bytes; copied on the way in and out. */
    public static StateKey<byte[]> bytes(final String name) {
        return new StateKey<>(
                name, ValueType.BYTES, byte[]::clone, value -> value.bytes().clone());
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] word(final long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** How the kernel calls the type of its values. */
    public ValueType type() {
        return type;
    }

    /** The id of its name in a kernel as this key has learnt it, or 0. */
    int knownId(final long kernel) {
        final Known learnt = known;
        return learnt != null && learnt.kernel == kernel ? learnt.id : 0;
    }

    void learnId(final long kernel, final int id) {
        known = new Known(kernel, id);
    }

    /** The bytes of a value, which is not null. */
    byte[] encode(final T value) {
        return toBytes.apply(Objects.requireNonNull(value, name));
    }

    /**
     * What a value is in Java; null for a key that does not exist or holds null.
     *
     * @throws ClassCastException when the key holds a value of another type.
     */
    T decode(final StateValue value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.type() != type) {
            throw new ClassCastException(
                    "key '" + name + "' was expected to hold " + type + " and holds " + value.type());
        }
        return fromValue.apply(value);
    }

    @Override
    public String toString() {
        return name + ":" + type;
    }
}

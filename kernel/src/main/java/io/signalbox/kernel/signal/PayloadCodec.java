package io.signalbox.kernel.signal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Payloads as bytes, little endian, and one way only: fields in ascending order of their names as unsigned bytes, none twice.
 *
 * <pre>
 *   payload:  0x00, version 0x01, fields
 *   fields:   count u16, then each field: name length u16, name, type u8, value
 *   value:    TEXT length u32, UTF-8 | NUMBER 8 bytes IEEE | INTEGER 8 bytes | FLAG u8, 0 or 1
 *             TEXTS count u16, each as TEXT | FIELDS as fields
 * </pre>
 *
 * The first byte is one with which no text begins.
 */
final class PayloadCodec {
    private static final byte MARK = 0;
    private static final byte VERSION = 1;
    private static final Payload.Type[] TYPES = Payload.Type.values();

    private PayloadCodec() {}

    static boolean isMarked(final byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == MARK && bytes[1] == VERSION;
    }

    // ------------------------------------------------------------------ writing

    static byte[] encode(final Payload payload) {
        final ByteBuffer out = ByteBuffer.allocate(2 + length(payload)).order(ByteOrder.LITTLE_ENDIAN);
        write(out.put(MARK).put(VERSION), payload);
        return out.array();
    }

    private static int length(final Payload payload) {
        int length = 2;
        for (final Payload.Field field : payload.inOrder()) {
            length += 2 + field.utf8().length + 1 + length(field);
        }
        return length;
    }

    private static int length(final Payload.Field field) {
        return switch (field.type()) {
            case TEXT -> 4 + utf8(field.value()).length;
            case NUMBER, INTEGER -> Long.BYTES;
            case FLAG -> 1;
            case TEXTS -> {
                int length = 2;
                for (final Object text : (List<?>) field.value()) {
                    length += 4 + utf8(text).length;
                }
                yield length;
            }
            case FIELDS -> length((Payload) field.value());
        };
    }

    private static byte[] utf8(final Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(final ByteBuffer out, final Payload payload) {
        out.putShort((short) payload.inOrder().size());
        for (final Payload.Field field : payload.inOrder()) {
            out.putShort((short) field.utf8().length).put(field.utf8());
            out.put((byte) field.type().ordinal());
            switch (field.type()) {
                case TEXT -> text(out, field.value());
                case NUMBER -> out.putDouble((Double) field.value());
                case INTEGER -> out.putLong((Long) field.value());
                case FLAG -> out.put((byte) ((Boolean) field.value() ? 1 : 0));
                case TEXTS -> {
                    final List<?> texts = (List<?>) field.value();
                    out.putShort((short) texts.size());
                    texts.forEach(text -> text(out, text));
                }
                case FIELDS -> write(out, (Payload) field.value());
            }
        }
    }

    private static void text(final ByteBuffer out, final Object text) {
        final byte[] utf8 = utf8(text);
        out.putInt(utf8.length).put(utf8);
    }

    // ------------------------------------------------------------------ reading

    static Payload decode(final byte[] bytes) {
        if (!isMarked(bytes)) {
            throw new IllegalArgumentException("these bytes do not begin as a payload does");
        }
        final ByteBuffer in = ByteBuffer.wrap(bytes, 2, bytes.length - 2).order(ByteOrder.LITTLE_ENDIAN);
        try {
            final Payload payload = read(in, 1);
            if (in.hasRemaining()) {
                throw damaged("bytes are left over", in);
            }
            return payload;
        } catch (final BufferUnderflowException e) {
            throw new IllegalArgumentException("a payload ends in the middle of a field", e);
        }
    }

    private static Payload read(final ByteBuffer in, final int depth) {
        if (depth > Payload.DEPTH_MAX) {
            throw damaged("payloads stand in each other too deep", in);
        }
        final int count = in.getShort() & 0xFFFF;
        final List<Payload.Field> fields = new ArrayList<>(Math.min(count, in.remaining() / 4));
        byte[] before = {};
        for (int i = 0; i < count; i++) {
            final byte[] name = bytes(in, in.getShort() & 0xFFFF);
            if (Arrays.compareUnsigned(name, before) <= 0) {
                throw damaged("the names of fields do not ascend", in);
            }
            final int code = in.get();
            if (code < 0 || code >= TYPES.length) {
                throw damaged("no field has the type " + code, in);
            }
            fields.add(new Payload.Field(
                    new String(name, StandardCharsets.UTF_8), name, TYPES[code], value(in, TYPES[code], depth)));
            before = name;
        }
        return fields.isEmpty() ? Payload.of() : new Payload(fields);
    }

    private static Object value(final ByteBuffer in, final Payload.Type type, final int depth) {
        return switch (type) {
            case TEXT -> text(in);
            case NUMBER -> in.getDouble();
            case INTEGER -> in.getLong();
            case FLAG -> {
                final int flag = in.get();
                if (flag != 0 && flag != 1) {
                    throw damaged("a flag is neither 0 nor 1", in);
                }
                yield flag == 1;
            }
            case TEXTS -> {
                final int count = in.getShort() & 0xFFFF;
                final List<String> texts = new ArrayList<>(Math.min(count, in.remaining() / 4));
                for (int i = 0; i < count; i++) {
                    texts.add(text(in));
                }
                yield List.copyOf(texts);
            }
            case FIELDS -> read(in, depth + 1);
        };
    }

    private static String text(final ByteBuffer in) {
        return new String(bytes(in, in.getInt()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(final ByteBuffer in, final int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        final byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static IllegalArgumentException damaged(final String what, final ByteBuffer in) {
        return new IllegalArgumentException(what + ", at byte " + in.position());
    }
}

package io.signalbox.kernel.workflow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Bytes of a definition in the making: little endian, growing. One thread. */
final class DefinitionWriter {
    private static final int LENGTH_MAX = Integer.MAX_VALUE - 8;

    private ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    DefinitionWriter put(final int value) {
        room(4).putInt(value);
        return this;
    }

    DefinitionWriter put(final long value) {
        room(8).putLong(value);
        return this;
    }

    DefinitionWriter put(final double value) {
        room(8).putDouble(value);
        return this;
    }

    DefinitionWriter put(final byte value) {
        room(1).put(value);
        return this;
    }

    DefinitionWriter put(final boolean value) {
        return put((byte) (value ? 1 : 0));
    }

    DefinitionWriter put(final Enum<?> value) {
        return put((byte) value.ordinal());
    }

    DefinitionWriter put(final String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    DefinitionWriter put(final byte[] bytes) {
        room(4 + bytes.length).putInt(bytes.length).put(bytes);
        return this;
    }

    DefinitionWriter put(final List<String> texts) {
        put(texts.size());
        texts.forEach(this::put);
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(final int length) {
        if (out.remaining() < length) {
            final long wanted = Math.max(out.capacity() * 2L, out.position() + (long) length);
            if (out.position() + (long) length > LENGTH_MAX) {
                throw new InvalidWorkflowException(
                        "a definition of " + (out.position() + (long) length) + " bytes is too long");
            }
            final ByteBuffer grown =
                    ByteBuffer.allocate((int) Math.min(wanted, LENGTH_MAX)).order(ByteOrder.LITTLE_ENDIAN);
            out.flip();
            out = grown.put(out);
        }
        return out;
    }
}

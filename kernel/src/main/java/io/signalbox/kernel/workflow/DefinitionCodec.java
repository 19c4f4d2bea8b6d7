package io.signalbox.kernel.workflow;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a definition as they are uploaded and journaled. Little endian; a text or payload is an int length and its
 * bytes; needs are texts.
 *
 * <pre>
 *  format 1 | name | concurrencyMax int | onError byte | payload | steps int | step ...
 *  step: id | needs int | need ... | retriesMax int | backoffNs long | factor double | backoffMaxNs long | jitter double
 *        | timeoutNs long | judgesNeeds byte | payload
 * </pre>
 */
public final class DefinitionCodec {
    private static final int FORMAT = 1;
    private static final int STEP_FIXED_LENGTH = 4 + 4 + 4 + 8 + 8 + 8 + 8 + 8 + 1 + 4;

    private DefinitionCodec() {}

    /** The bytes of a definition; equal definitions give equal bytes. */
    public static byte[] encode(final WorkflowDefinition definition) {
        final ByteBuffer out = ByteBuffer.allocate(lengthOf(definition)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(FORMAT);
        put(out, definition.name());
        out.putInt(definition.concurrencyMax());
        out.put((byte) definition.onError().ordinal());
        put(out, definition.payload());
        out.putInt(definition.steps().size());
        for (final StepDefinition step : definition.steps()) {
            put(out, step.id());
            out.putInt(step.needs().size());
            step.needs().forEach(need -> put(out, need));
            final RetryPolicy retry = step.retry();
            out.putInt(retry.retriesMax()).putLong(retry.backoffNs()).putDouble(retry.factor());
            out.putLong(retry.backoffMaxNs()).putDouble(retry.jitter());
            out.putLong(step.timeoutNs()).put((byte) (step.judgesNeeds() ? 1 : 0));
            put(out, step.payload());
        }
        return out.array();
    }

    /**
     * The definition that these bytes stand for.
     *
     * @throws InvalidWorkflowException when they do not follow the format.
     */
    public static WorkflowDefinition decode(final byte[] bytes) {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            final int format = in.getInt();
            if (format != FORMAT) {
                throw new InvalidWorkflowException(
                        "expected a definition of format " + FORMAT + ", got format " + format);
            }
            final String name = text(in);
            final int concurrencyMax = in.getInt();
            final OnError onError = OnError.values()[in.get()];
            final byte[] payload = bytes(in);
            final int count = in.getInt();
            final List<StepDefinition> steps = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                steps.add(step(in));
            }
            if (in.hasRemaining()) {
                throw new InvalidWorkflowException(in.remaining() + " bytes follow the definition's end");
            }
            return new WorkflowDefinition(name, concurrencyMax, onError, steps, payload);
        } catch (final InvalidWorkflowException e) {
            throw e;
        } catch (final BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new InvalidWorkflowException(
                    "the definition is malformed before byte " + in.position() + ": " + e.getMessage());
        }
    }

    private static StepDefinition step(final ByteBuffer in) {
        final String id = text(in);
        final int needCount = in.getInt();
        final List<String> needs = new ArrayList<>();
        for (int i = 0; i < needCount; i++) {
            needs.add(text(in));
        }
        final RetryPolicy retry =
                new RetryPolicy(in.getInt(), in.getLong(), in.getDouble(), in.getLong(), in.getDouble());
        return new StepDefinition(id, needs, retry, in.getLong(), in.get() != 0, bytes(in));
    }

    private static int lengthOf(final WorkflowDefinition definition) {
        long length = 4L + lengthOf(definition.name()) + 4 + 1 + 4 + definition.payload().length + 4;
        for (final StepDefinition step : definition.steps()) {
            length += STEP_FIXED_LENGTH + utf8(step.id()).length + step.payload().length;
            for (final String need : step.needs()) {
                length += lengthOf(need);
            }
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new InvalidWorkflowException("a definition of " + length + " bytes is too long");
        }
        return (int) length;
    }

    private static int lengthOf(final String text) {
        return 4 + utf8(text).length;
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(final ByteBuffer out, final String text) {
        put(out, utf8(text));
    }

    private static void put(final ByteBuffer out, final byte[] bytes) {
        out.putInt(bytes.length).put(bytes);
    }

    private static String text(final ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(final ByteBuffer in) {
        final int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        final byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}

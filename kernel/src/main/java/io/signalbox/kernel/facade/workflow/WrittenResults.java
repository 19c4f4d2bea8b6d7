package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results as they stand in the journal. What could not be written as it is says so in the detail of its step, which is how another process knows. Any thread. */
final class WrittenResults {
    private static final String AS_TEXT = "written down as text: ";
    private static final String NOT_WRITTEN = "not written down: ";

    private final ResultCodec codec;

    WrittenResults(final ResultCodec codec) {
        this.codec = codec;
    }

    /**
     * A result that the journal does not have.
     *
     * @param step that produced it.
     * @param why it was not written, or not read.
     * @param text what there is of it; null for nothing.
     */
    record Unkept(String step, String why, String text) {
        @Override
        public String toString() {
            return text == null ? why : text;
        }
    }

    /** The success of an attempt. What cannot be written, or is too long, stays in this process only, and the detail says so. */
    StepResult write(final StepContext context, final Object value) {
        final String step = context.step().id();
        byte[] bytes;
        String detail = "";
        try {
            bytes = value == null ? new byte[0] : codec.encode(step, value);
        } catch (final Exception | StackOverflowError notWritable) { // whatever a codec throws: the work itself is done
            bytes = DocumentJson.bytes(DocumentValue.of(HeldResults.text(value)));
            detail = AS_TEXT
                    + (notWritable instanceof StackOverflowError
                            ? "it is nested too deep, or contains itself"
                            : notWritable.getMessage());
        }
        final int lengthMax = context.kernel().config().payloadLengthMax();
        return bytes.length > lengthMax
                ? StepResult.success()
                        .withDetail(NOT_WRITTEN + "the result has " + bytes.length + " bytes; at most " + lengthMax
                                + " are taken")
                : StepResult.success(bytes).withDetail(detail.length() > lengthMax ? AS_TEXT : detail);
    }

    /** What a step of an earlier process has produced, or an {@link Unkept}. */
    Object read(final StepSnapshot step) {
        final String detail = new String(step.detail(), StandardCharsets.UTF_8);
        if (detail.startsWith(NOT_WRITTEN)) {
            return new Unkept(step.id(), detail, null);
        }
        final byte[] bytes = step.result();
        try {
            if (detail.startsWith(AS_TEXT)) {
                return new Unkept(
                        step.id(),
                        detail,
                        String.valueOf(
                                DocumentJson.parse(bytes, 0, bytes.length).toObject()));
            }
            return bytes.length == 0 ? null : codec.decode(step.id(), bytes);
        } catch (final Exception notReadable) { // the codec's word; told to who asks for the result
            return new Unkept(step.id(), "not readable: " + notReadable, null);
        }
    }

    // ------------------------------------------------------------------ for who asks

    /** A result that a step builds on. */
    static Object kept(final Object value) {
        if (value instanceof Unkept unkept) {
            throw new ResultNotKeptException("the result of step '" + unkept.step()
                    + "' is gone with the process that made it (" + unkept.why()
                    + "); give the engine a ResultCodec that writes and reads it, within the kernel's payload limit");
        }
        return value;
    }

    /** Results that a step builds on. */
    static Map<String, Object> kept(final Map<String, Object> values) {
        final Map<String, Object> kept = new LinkedHashMap<>();
        values.forEach((step, value) -> kept.put(step, kept(value)));
        return Collections.unmodifiableMap(kept);
    }
}

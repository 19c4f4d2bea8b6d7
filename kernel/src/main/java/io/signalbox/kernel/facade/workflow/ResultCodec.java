package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;

/**
 * How results of functions are written into the journal and read again by a process that goes on with a workflow. Called on the workers' threads, by several at the same time.
 *
 * <p>A process that has made a result hands it on as the object it is; only who was not there reads it again. So what is read has to be as good as what was written.
 */
public interface ResultCodec {
    /** Documents as JSON: texts, truth values, numbers, lists and maps. Whole numbers are read as Long, fractions as Double; anything else is refused. */
    ResultCodec JSON = new ResultCodec() {
        @Override
        public byte[] encode(final String step, final Object value) {
            return DocumentJson.bytes(DocumentValue.of(value));
        }

        @Override
        public Object decode(final String step, final byte[] written) {
            return DocumentJson.parse(written, 0, written.length).toObject();
        }
    };

    /**
     * Write a result.
     *
     * @param step id of the step that produced it.
     * @param value not null.
     * @return at most the kernel's payload limit, and not empty: nothing is how null is written.
     * @throws Exception when it cannot be written.
     */
    byte[] encode(String step, Object value) throws Exception;

    /**
     * Read a result.
     *
     * @param written by {@link #encode} for the same step; not to be changed.
     * @throws Exception when it cannot be read.
     */
    Object decode(String step, byte[] written) throws Exception;
}

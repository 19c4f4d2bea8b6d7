package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.CommandHeaderEncoder;
import io.signalbox.kernel.command.codec.MessageHeaderEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/**
 * A command to be: filled by its setters, measured, then encoded into a buffer of exactly its length; position and time are stamped
 * later. Its {@code with} sets what must be given and puts everything else back to its default, so one request serves call after
 * call and nothing is allocated. Belongs to one thread.
 */
public abstract class Request {
    /** Where the fields of a command start: its encoder is wrapped there. */
    static final int BODY = MessageHeaderEncoder.ENCODED_LENGTH;

    /** What stands before the bytes of a text or payload. */
    static final int LENGTH_OF_LENGTH = 4;

    static final byte[] NOTHING = {};

    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final CommandHeaderEncoder commandHeader = new CommandHeaderEncoder();
    private final CommandType type;
    private final int blockLength;
    private long coordination;

    /**
     * @param blockLength of its encoder.
     */
    Request(final CommandType type, final int blockLength) {
        this.type = type;
        this.blockLength = blockLength;
    }

    /** In whose order it stands; 0, the whole kernel, unless its {@code with} says otherwise. */
    final void scope(final long coordination) {
        this.coordination = coordination;
    }

    /** What is asked. */
    public final CommandType type() {
        return type;
    }

    /** Length of the whole command in bytes. */
    public final int length() {
        return BODY + blockLength + dataLength();
    }

    /** Length of its texts and payloads, each with its own length before it. */
    int dataLength() {
        return 0;
    }

    /**
     * Write it.
     *
     * @param buffer of {@link #length} bytes.
     * @param clientId who may repeat it, 0 for nobody.
     * @param clientSequence its number among its client's, from 1.
     */
    public final void encode(final SlotBuffer buffer, final long clientId, final long clientSequence) {
        messageHeader
                .wrap(buffer, 0)
                .blockLength(blockLength)
                .templateId(type.templateId())
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        commandHeader
                .wrap(buffer, BODY)
                .position(-1)
                .timestampNs(-1)
                .clientId(clientId)
                .clientSequence(clientSequence)
                .coordination(coordination);
        body(buffer);
    }

    /** Write what it has besides its header; in the schema's order, texts and payloads last. */
    void body(final SlotBuffer buffer) {}
}

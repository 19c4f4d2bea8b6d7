package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.CommandHeaderEncoder;
import io.signalbox.kernel.command.codec.ContinueEncoder;
import io.signalbox.kernel.command.codec.MessageHeaderEncoder;
import io.signalbox.kernel.command.codec.PulseEncoder;
import io.signalbox.kernel.command.codec.VoidEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/**
 * The commands that the kernel gives itself: they have no field of their own. What others ask is a {@link Request}. Any thread,
 * each with its own buffer.
 */
public final class Commands {
    /** Length of a command without a field of its own. */
    public static final int PLAIN_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + VoidEncoder.BLOCK_LENGTH;

    private Commands() {}

    public static void encodeVoid(final SlotBuffer buffer) {
        header(new VoidEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .header());
    }

    public static void encodeContinue(final SlotBuffer buffer) {
        header(new ContinueEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .header());
    }

    public static void encodePulse(final SlotBuffer buffer) {
        header(new PulseEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .header());
    }

    private static void header(final CommandHeaderEncoder header) {
        header.position(-1).timestampNs(-1).clientId(0).clientSequence(0).coordination(0);
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.Rejection;
import org.agrona.sbe.MessageDecoderFlyweight;

/** What every room does to read its commands. */
final class Body {
    /** What stands before the bytes of a text or payload. */
    static final int LENGTH_OF_LENGTH = 4;

    private Body() {}

    /** The fields of a command, for as long as its bytes are there. */
    static <D extends MessageDecoderFlyweight> D of(final CommandView command, final D decoder) {
        decoder.wrap(command.buffer(), CommandView.BLOCK_OFFSET, command.blockLength(), command.version());
        return decoder;
    }

    /** The text or payload that a decoder reads next, as a range of the command's bytes. */
    static long range(final MessageDecoderFlyweight decoder, final int length) {
        return FactLog.range(decoder.limit() + LENGTH_OF_LENGTH, length);
    }

    /** Answer to a text or payload that is longer than the kernel's limit. */
    static long tooLong() {
        return Rejection.TOO_LONG.answer();
    }
}

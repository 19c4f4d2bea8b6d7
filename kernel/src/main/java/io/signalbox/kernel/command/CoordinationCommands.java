package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.CloseCoordinationEncoder;
import io.signalbox.kernel.command.codec.OpenCoordinationEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** Opening and closing. */
public final class CoordinationCommands {
    private CoordinationCommands() {}

    /** Answers the handle of the open coordination of a name. */
    public static final class Open extends Request {
        private final OpenCoordinationEncoder encoder = new OpenCoordinationEncoder();
        private byte[] name = NOTHING;

        public Open() {
            super(CommandType.OPEN_COORDINATION, OpenCoordinationEncoder.BLOCK_LENGTH);
        }

        public Open with(final byte[] name) {
            this.name = name;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + name.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).putName(name, 0, name.length);
        }
    }

    /** Cancels what waits in a coordination and frees its stores. */
    public static final class Close extends Request {

        public Close() {
            super(CommandType.CLOSE_COORDINATION, CloseCoordinationEncoder.BLOCK_LENGTH);
        }

        public Close with(final long coordination) {
            scope(coordination);
            return this;
        }
    }
}

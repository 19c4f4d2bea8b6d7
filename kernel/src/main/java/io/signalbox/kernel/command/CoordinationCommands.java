package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.BeginCoordinationEncoder;
import io.signalbox.kernel.command.codec.CloseCoordinationEncoder;
import io.signalbox.kernel.command.codec.KeepCoordinationEncoder;
import io.signalbox.kernel.command.codec.OpenCoordinationEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** Opening, keeping and closing. */
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

    /** Answers the handle of a new coordination, with what is to be known of it. */
    public static final class Begin extends Request {
        private final BeginCoordinationEncoder encoder = new BeginCoordinationEncoder();
        private byte[] name = NOTHING;
        private byte[] session = NOTHING;
        private byte[] correlation = NOTHING;
        private byte[] parentRun = NOTHING;
        private long timeToLiveNs;

        public Begin() {
            super(CommandType.BEGIN_COORDINATION, BeginCoordinationEncoder.BLOCK_LENGTH);
        }

        public Begin with(final byte[] name) {
            this.name = name;
            this.session = NOTHING;
            this.correlation = NOTHING;
            this.parentRun = NOTHING;
            this.timeToLiveNs = 0;
            return this;
        }

        /** Its session id, UTF-8. */
        public Begin session(final byte[] session) {
            this.session = session;
            return this;
        }

        /** What it belongs to, UTF-8. */
        public Begin correlation(final byte[] correlation) {
            this.correlation = correlation;
            return this;
        }

        /** Id of the run that it is a part of, UTF-8. */
        public Begin parentRun(final byte[] parentRun) {
            this.parentRun = parentRun;
            return this;
        }

        /** After how long without a command it is forgotten, 0: never. */
        public Begin timeToLiveNs(final long timeToLiveNs) {
            this.timeToLiveNs = timeToLiveNs;
            return this;
        }

        @Override
        int dataLength() {
            return 4 * LENGTH_OF_LENGTH + name.length + session.length + correlation.length + parentRun.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .timeToLiveNs(timeToLiveNs)
                    .putName(name, 0, name.length)
                    .putSession(session, 0, session.length)
                    .putCorrelation(correlation, 0, correlation.length)
                    .putParentRun(parentRun, 0, parentRun.length);
        }
    }

    /** Says that a coordination is still needed. */
    public static final class Keep extends Request {
        private final KeepCoordinationEncoder encoder = new KeepCoordinationEncoder();
        private long timeToLiveNs;

        public Keep() {
            super(CommandType.KEEP_COORDINATION, KeepCoordinationEncoder.BLOCK_LENGTH);
        }

        /**
         * Keep it.
         *
         * @param timeToLiveNs from now on, 0: never forgotten, -1: as before.
         */
        public Keep with(final long coordination, final long timeToLiveNs) {
            scope(coordination);
            this.timeToLiveNs = timeToLiveNs;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).timeToLiveNs(timeToLiveNs);
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

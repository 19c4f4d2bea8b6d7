package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.RaiseSignalEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of signals. */
public final class SignalCommands {
    private SignalCommands() {}

    /** Raise a signal, and with {@link #awaits} declare a wait in the same command; answers the handle of the wait, or 0. */
    public static final class Raise extends Request {
        private final RaiseSignalEncoder encoder = new RaiseSignalEncoder();
        private int signalType;
        private int sender;
        private int subject;
        private int recipient;
        private int completion;
        private int awaits;
        private long timeoutNs;
        private double quality;
        private byte[] payload = NOTHING;
        private int offset;
        private int length;

        public Raise() {
            super(CommandType.RAISE_SIGNAL, RaiseSignalEncoder.BLOCK_LENGTH);
        }

        public Raise with(final long coordination, final int signalType) {
            scope(coordination);
            this.signalType = signalType;
            this.sender = 0;
            this.subject = 0;
            this.recipient = 0;
            this.completion = 0;
            this.awaits = 0;
            this.timeoutNs = 0;
            this.quality = Double.NaN;
            this.offset = 0;
            this.length = 0; // the array stays where it is: see payload
            return this;
        }

        /** Name id of the sending agent, 0 for none. */
        public Raise sender(final int sender) {
            this.sender = sender;
            return this;
        }

        /** Name id of what it is about, 0 for the sender. */
        public Raise subject(final int subject) {
            this.subject = subject;
            return this;
        }

        /** Name id of the recipient, 0 for everybody. */
        public Raise recipient(final int recipient) {
            this.recipient = recipient;
            return this;
        }

        /** 0 none, 1 succeeded, 2 failed. */
        public Raise completion(final int completion) {
            this.completion = completion;
            return this;
        }

        /** Name id of the agent whose next successful completion is awaited, 0 declares no wait. */
        public Raise awaits(final int awaits) {
            this.awaits = awaits;
            return this;
        }

        /** Of the wait, 0 for none. */
        public Raise timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        /** 0 to 1; NaN: not given. */
        public Raise quality(final double quality) {
            this.quality = quality;
            return this;
        }

        /** Its own bytes: {@code length} of {@code payload} from {@code offset} on. */
        public Raise payload(final byte[] payload, final int offset, final int length) {
            if (this.payload
                    != payload) { // a reference store has its price with a collector that keeps remembered sets
                this.payload = payload;
            }
            this.offset = offset;
            this.length = length;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .signalType(signalType)
                    .sender(sender)
                    .subject(subject)
                    .recipient(recipient)
                    .completion((short) completion)
                    .declares((short) (awaits == 0 ? 0 : 1))
                    .awaits(awaits)
                    .timeoutNs(timeoutNs)
                    .quality(quality)
                    .putPayload(payload, offset, length);
        }
    }
}

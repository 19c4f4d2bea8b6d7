package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.ConfigureSignalsEncoder;
import io.signalbox.kernel.command.codec.DeclareSignalKindEncoder;
import io.signalbox.kernel.command.codec.ExpectProgressEncoder;
import io.signalbox.kernel.command.codec.RaiseSignalEncoder;
import io.signalbox.kernel.command.codec.SendSignalEncoder;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    /** A signal of a kind; answers the handle of the wait it {@link #asks} for, or 0. */
    public static final class Send extends Request {
        private static final int ATTACHMENT_HEAD = 12;
        private static final int SEVERAL = -1;
        private static final int PRIORITY_NORMAL = 5;
        private static final int[] NOBODY = {};

        private final SendSignalEncoder encoder = new SendSignalEncoder();
        private int kind;
        private int signalType;
        private int sender;
        private int subject;
        private int[] recipients = NOBODY;
        private int completion;
        private int priority;
        private boolean asks;
        private long timeoutNs;
        private double quality;
        private long respondsTo;
        private int origin;
        private byte[] payload = NOTHING;
        private int offset;
        private int length;

        public Send() {
            super(CommandType.SEND_SIGNAL, SendSignalEncoder.BLOCK_LENGTH);
        }

        /** A kind: 0 none, 100 declared, else the code of one of the kernel's. */
        public Send with(final long coordination, final int kind, final int signalType) {
            scope(coordination);
            this.kind = kind;
            this.signalType = signalType;
            this.sender = 0;
            this.subject = 0;
            this.recipients = NOBODY;
            this.completion = 0;
            this.priority = PRIORITY_NORMAL;
            this.asks = false;
            this.timeoutNs = 0;
            this.quality = Double.NaN;
            this.respondsTo = -1;
            this.origin = 0;
            this.offset = 0;
            this.length = 0;
            return this;
        }

        /** Name id of the sending agent, 0 for none. */
        public Send sender(final int sender) {
            this.sender = sender;
            return this;
        }

        /** Name id of the agent it is about, 0 for the sender. */
        public Send subject(final int subject) {
            this.subject = subject;
            return this;
        }

        /** Name ids; none for everybody. */
        public Send recipients(final int... recipients) {
            this.recipients = recipients;
            return this;
        }

        /** 0 none, 1 succeeded, 2 failed. */
        public Send completion(final int completion) {
            this.completion = completion;
            return this;
        }

        /** 0 to 9, the higher the more urgent. */
        public Send priority(final int priority) {
            this.priority = priority;
            return this;
        }

        /** Declare the wait for a response in the same command; 0 waits without a limit of time. */
        public Send asks(final long timeoutNs) {
            this.asks = true;
            this.timeoutNs = timeoutNs;
            return this;
        }

        /** 0 to 1; NaN: not given. */
        public Send quality(final double quality) {
            this.quality = quality;
            return this;
        }

        /** Position of the signal that it answers, -1 for none. */
        public Send respondsTo(final long respondsTo) {
            this.respondsTo = respondsTo;
            return this;
        }

        /** Name id of the transport it came in by, 0 when it is raised here. */
        public Send origin(final int origin) {
            this.origin = origin;
            return this;
        }

        /** Its own bytes: {@code length} of {@code payload} from {@code offset} on. */
        public Send payload(final byte[] payload, final int offset, final int length) {
            this.payload = payload;
            this.offset = offset;
            this.length = length;
            return this;
        }

        private boolean isToSeveral() {
            return recipients.length > 1;
        }

        private int attachmentLength() {
            if (isToSeveral()) {
                return ATTACHMENT_HEAD + recipients.length * Integer.BYTES;
            }
            return respondsTo >= 0 || origin != 0 ? ATTACHMENT_HEAD : 0;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + attachmentLength() + length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            final int attachmentLength = attachmentLength();
            final byte[] content = new byte[attachmentLength + length];
            if (attachmentLength > 0) {
                final ByteBuffer attachment = ByteBuffer.wrap(content)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(respondsTo)
                        .putInt(origin);
                for (int i = 0; isToSeveral() && i < recipients.length; i++) {
                    attachment.putInt(recipients[i]);
                }
            }
            System.arraycopy(payload, offset, content, attachmentLength, length);
            encoder.wrap(buffer, BODY)
                    .signalType(signalType)
                    .sender(sender)
                    .subject(subject)
                    .recipient(isToSeveral() ? SEVERAL : recipients.length == 0 ? 0 : recipients[0])
                    .kind((short) kind)
                    .completion((short) completion)
                    .priority((short) priority)
                    .asks((short) (asks ? 1 : 0))
                    .attachmentLength(attachmentLength)
                    .timeoutNs(timeoutNs)
                    .quality(quality)
                    .putContent(content, 0, content.length);
        }
    }

    /** What a coordination does with signals of unknown senders; answers 0. */
    public static final class Configure extends Request {
        private final ConfigureSignalsEncoder encoder = new ConfigureSignalsEncoder();
        private int senderValidation;

        public Configure() {
            super(CommandType.CONFIGURE_SIGNALS, ConfigureSignalsEncoder.BLOCK_LENGTH);
        }

        /** 0 off, 1 warn, 2 refuse. */
        public Configure with(final long coordination, final int senderValidation) {
            scope(coordination);
            this.senderValidation = senderValidation;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).senderValidation((short) senderValidation);
        }
    }

    /** Keep a kind of the user's; answers 0. */
    public static final class DeclareKind extends Request {
        private final DeclareSignalKindEncoder encoder = new DeclareSignalKindEncoder();
        private int signalType;
        private byte[] schema = NOTHING;

        public DeclareKind() {
            super(CommandType.DECLARE_SIGNAL_KIND, DeclareSignalKindEncoder.BLOCK_LENGTH);
        }

        public DeclareKind with(final int signalType, final byte[] schema) {
            this.signalType = signalType;
            this.schema = schema;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + schema.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).signalType(signalType).putSchema(schema, 0, schema.length);
        }
    }

    /** Expect to hear of an agent in each interval; answers 0. */
    public static final class ExpectProgress extends Request {
        private final ExpectProgressEncoder encoder = new ExpectProgressEncoder();
        private int agent;
        private int stalledType;
        private long intervalNs;

        public ExpectProgress() {
            super(CommandType.EXPECT_PROGRESS, ExpectProgressEncoder.BLOCK_LENGTH);
        }

        /** An interval of 0 expects nothing any more. */
        public ExpectProgress with(
                final long coordination, final int agent, final int stalledType, final long intervalNs) {
            scope(coordination);
            this.agent = agent;
            this.stalledType = stalledType;
            this.intervalNs = intervalNs;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent).stalledType(stalledType).intervalNs(intervalNs);
        }
    }
}

package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AcknowledgeDeliveryEncoder;
import io.signalbox.kernel.command.codec.CloseSubscriptionEncoder;
import io.signalbox.kernel.command.codec.DeclareSubscriptionEncoder;
import io.signalbox.kernel.command.codec.TakeDeliveriesEncoder;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What may be asked of declared subscriptions. */
public final class SubscriptionCommands {
    private SubscriptionCommands() {}

    /** Declare a subscription, or find the open one of its name; answers its handle. */
    public static final class Declare extends Request {
        private final DeclareSubscriptionEncoder encoder = new DeclareSubscriptionEncoder();
        private int name;
        private int recipient;
        private boolean refuses;
        private long redeliveryNs;
        private int deliveriesMax;
        private int outstandingMax;
        private byte[] types = NOTHING;
        private byte[] senders = NOTHING;

        public Declare() {
            super(CommandType.DECLARE_SUBSCRIPTION, DeclareSubscriptionEncoder.BLOCK_LENGTH);
        }

        public Declare with(
                final long coordination,
                final int name,
                final long redeliveryNs,
                final int deliveriesMax,
                final int outstandingMax) {
            scope(coordination);
            this.name = name;
            this.redeliveryNs = redeliveryNs;
            this.deliveriesMax = deliveriesMax;
            this.outstandingMax = outstandingMax;
            this.recipient = 0;
            this.refuses = false;
            this.types = NOTHING;
            this.senders = NOTHING;
            return this;
        }

        /** Name id; only what is addressed to it or to nobody; 0: everything. */
        public Declare recipient(final int recipient) {
            this.recipient = recipient;
            return this;
        }

        /** Whether a signal that finds it full is refused; else the subscription misses it. */
        public Declare refuses(final boolean refuses) {
            this.refuses = refuses;
            return this;
        }

        /** Name ids; none: all types. */
        public Declare types(final int... types) {
            this.types = encoded(types);
            return this;
        }

        /** Name ids; none: all senders. */
        public Declare senders(final int... senders) {
            this.senders = encoded(senders);
            return this;
        }

        private static byte[] encoded(final int... ids) {
            final ByteBuffer bytes =
                    ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (final int id : ids) {
                bytes.putInt(id);
            }
            return bytes.array();
        }

        @Override
        int dataLength() {
            return 2 * LENGTH_OF_LENGTH + types.length + senders.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .name(name)
                    .recipient(recipient)
                    .flags((short) (refuses ? 1 : 0))
                    .redeliveryNs(redeliveryNs)
                    .deliveriesMax(deliveriesMax)
                    .outstandingMax(outstandingMax)
                    .putTypes(types, 0, types.length)
                    .putSenders(senders, 0, senders.length);
        }
    }

    /** Be given what is ready; answers how many. */
    public static final class Take extends Request {
        private final TakeDeliveriesEncoder encoder = new TakeDeliveriesEncoder();
        private long subscription;
        private int countMax;

        public Take() {
            super(CommandType.TAKE_DELIVERIES, TakeDeliveriesEncoder.BLOCK_LENGTH);
        }

        public Take with(final long coordination, final long subscription, final int countMax) {
            scope(coordination);
            this.subscription = subscription;
            this.countMax = countMax;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).subscription(subscription).countMax(countMax);
        }
    }

    /** Say that a signal has been dealt with. */
    public static final class Acknowledge extends Request {
        private final AcknowledgeDeliveryEncoder encoder = new AcknowledgeDeliveryEncoder();
        private long subscription;
        private long factId;

        public Acknowledge() {
            super(CommandType.ACKNOWLEDGE_DELIVERY, AcknowledgeDeliveryEncoder.BLOCK_LENGTH);
        }

        public Acknowledge with(final long coordination, final long subscription, final long factId) {
            scope(coordination);
            this.subscription = subscription;
            this.factId = factId;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).subscription(subscription).factId(factId);
        }
    }

    /** End a subscription. */
    public static final class Close extends Request {
        private final CloseSubscriptionEncoder encoder = new CloseSubscriptionEncoder();
        private long subscription;

        public Close() {
            super(CommandType.CLOSE_SUBSCRIPTION, CloseSubscriptionEncoder.BLOCK_LENGTH);
        }

        public Close with(final long coordination, final long subscription) {
            scope(coordination);
            this.subscription = subscription;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).subscription(subscription);
        }
    }
}

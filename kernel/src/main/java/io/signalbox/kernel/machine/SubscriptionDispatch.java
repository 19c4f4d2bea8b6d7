package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.AcknowledgeDeliveryDecoder;
import io.signalbox.kernel.command.codec.CloseSubscriptionDecoder;
import io.signalbox.kernel.command.codec.DeclareSubscriptionDecoder;
import io.signalbox.kernel.command.codec.TakeDeliveriesDecoder;
import io.signalbox.kernel.subscription.SubscriptionRules;

/** Reads the commands of declared subscriptions. */
final class SubscriptionDispatch {
    private final SubscriptionRules rules;
    private final DeclareSubscriptionDecoder declare = new DeclareSubscriptionDecoder();
    private final TakeDeliveriesDecoder take = new TakeDeliveriesDecoder();
    private final AcknowledgeDeliveryDecoder acknowledge = new AcknowledgeDeliveryDecoder();
    private final CloseSubscriptionDecoder close = new CloseSubscriptionDecoder();

    SubscriptionDispatch(final SubscriptionRules rules) {
        this.rules = rules;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case DECLARE_SUBSCRIPTION -> declare(coordination, Body.of(command, declare));
            case TAKE_DELIVERIES -> {
                Body.of(command, take);
                yield rules.take(take.subscription(), take.countMax());
            }
            case ACKNOWLEDGE_DELIVERY -> {
                Body.of(command, acknowledge);
                yield rules.acknowledge(acknowledge.subscription(), acknowledge.factId());
            }
            case CLOSE_SUBSCRIPTION -> rules.close(Body.of(command, close).subscription());
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long declare(final long coordination, final DeclareSubscriptionDecoder body) {
        final int typesLength = body.typesLength();
        final int bytesMax = SubscriptionRules.NAMES_MAX * Integer.BYTES;
        if (typesLength > bytesMax) {
            return Body.tooLong();
        }
        final long typesRange = Body.range(body, typesLength);
        final byte[] types = new byte[typesLength];
        body.getTypes(types, 0, typesLength);
        final int sendersLength = body.sendersLength();
        if (sendersLength > bytesMax) {
            return Body.tooLong();
        }
        final long sendersRange = Body.range(body, sendersLength);
        final byte[] senders = new byte[sendersLength];
        body.getSenders(senders, 0, sendersLength);
        return rules.declare(
                coordination,
                body.name(),
                body.recipient(),
                body.flags(),
                body.redeliveryNs(),
                body.deliveriesMax(),
                body.outstandingMax(),
                types,
                senders,
                typesRange,
                sendersRange);
    }
}

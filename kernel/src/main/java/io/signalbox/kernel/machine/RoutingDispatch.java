package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.GiveOpinionDecoder;
import io.signalbox.kernel.command.codec.RecordDecisionDecoder;
import io.signalbox.kernel.command.codec.ResetRetriesDecoder;
import io.signalbox.kernel.routing.RoutingRules;

/** Reads the commands of the routing room. */
final class RoutingDispatch {
    private final RoutingRules rules;
    private final RecordDecisionDecoder recordDecision = new RecordDecisionDecoder();
    private final GiveOpinionDecoder giveOpinion = new GiveOpinionDecoder();
    private final ResetRetriesDecoder resetRetries = new ResetRetriesDecoder();

    RoutingDispatch(final RoutingRules rules) {
        this.rules = rules;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case RECORD_DECISION -> decide(command, coordination, Body.of(command, recordDecision));
            case GIVE_OPINION -> give(command, coordination, Body.of(command, giveOpinion));
            case RESET_RETRIES ->
                rules.resetRetries(coordination, Body.of(command, resetRetries).task());
            case CLEAR_ROUTING -> rules.clear(coordination);
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long decide(final CommandView command, final long coordination, final RecordDecisionDecoder body) {
        final long correlation = Body.range(body, body.correlationLength());
        body.skipCorrelation();
        final int length = body.opinionsLength();
        final long opinions = Body.range(body, length);
        return rules.decide(
                coordination,
                body.task(),
                body.policy(),
                body.failing(),
                body.whenExhausted(),
                body.retriesMax(),
                body.retryCount(),
                body.stateVersion(),
                body.routingTimeNs(),
                command.bytes(),
                command.offset() + (int) (opinions >>> 32),
                length,
                correlation,
                opinions);
    }

    private long give(final CommandView command, final long coordination, final GiveOpinionDecoder body) {
        final int length = body.opinionLength();
        final long opinion = Body.range(body, length);
        return rules.give(
                coordination, body.task(), command.bytes(), command.offset() + (int) (opinion >>> 32), length, opinion);
    }
}

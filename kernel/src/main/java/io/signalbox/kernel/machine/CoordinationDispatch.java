package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.OpenCoordinationDecoder;
import io.signalbox.kernel.coordination.CoordinationRules;

/** Reads the commands of the coordination room. */
final class CoordinationDispatch {
    private final CoordinationRules rules;
    private final OpenCoordinationDecoder openCoordination = new OpenCoordinationDecoder();

    CoordinationDispatch(final CoordinationRules rules) {
        this.rules = rules;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case OPEN_COORDINATION -> open(command, Body.of(command, openCoordination));
            case CLOSE_COORDINATION -> rules.close(coordination);
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long open(final CommandView command, final OpenCoordinationDecoder body) {
        final int length = body.nameLength();
        final long range = Body.range(body, length);
        return rules.open(command.bytes(), command.offset() + (int) (range >>> 32), length, range);
    }
}

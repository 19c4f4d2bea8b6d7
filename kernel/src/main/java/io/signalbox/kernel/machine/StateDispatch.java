package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.DeleteStateDecoder;
import io.signalbox.kernel.command.codec.SetStateDecoder;
import io.signalbox.kernel.state.StateRules;

/** Reads the commands of the state room. */
final class StateDispatch {
    private final StateRules rules;
    private final int payloadLengthMax;
    private final SetStateDecoder setState = new SetStateDecoder();
    private final DeleteStateDecoder deleteState = new DeleteStateDecoder();

    StateDispatch(final StateRules rules, final MachineLimits limits) {
        this.rules = rules;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case SET_STATE -> set(coordination, Body.of(command, setState));
            case DELETE_STATE -> delete(coordination, Body.of(command, deleteState));
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long set(final long coordination, final SetStateDecoder body) {
        final int length = body.valueLength();
        if (length > payloadLengthMax) {
            return Body.tooLong();
        }
        return rules.set(
                coordination,
                body.key(),
                body.valueType(),
                body.expectedVersion(),
                body.changedBy(),
                length,
                Body.range(body, length));
    }

    private long delete(final long coordination, final DeleteStateDecoder body) {
        return rules.delete(coordination, body.key(), body.expectedVersion(), body.changedBy());
    }
}

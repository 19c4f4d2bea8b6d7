package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.AwaitStateDecoder;
import io.signalbox.kernel.command.codec.ClearStateDecoder;
import io.signalbox.kernel.command.codec.DeclareMergeDecoder;
import io.signalbox.kernel.command.codec.DeleteStateDecoder;
import io.signalbox.kernel.command.codec.MergeStateDecoder;
import io.signalbox.kernel.command.codec.RollBackStateDecoder;
import io.signalbox.kernel.command.codec.SetStateDecoder;
import io.signalbox.kernel.command.codec.UpdateStateDecoder;
import io.signalbox.kernel.dependency.StateWaitRules;
import io.signalbox.kernel.state.StateRules;
import org.agrona.sbe.MessageDecoderFlyweight;

/** Reads the commands of the state room. */
final class StateDispatch {
    private final StateRules rules;
    private final StateWaitRules waits;
    private final int payloadLengthMax;
    private final SetStateDecoder setState = new SetStateDecoder();
    private final DeleteStateDecoder deleteState = new DeleteStateDecoder();
    private final UpdateStateDecoder updateState = new UpdateStateDecoder();
    private final ClearStateDecoder clearState = new ClearStateDecoder();
    private final MergeStateDecoder mergeState = new MergeStateDecoder();
    private final DeclareMergeDecoder declareMerge = new DeclareMergeDecoder();
    private final RollBackStateDecoder rollBackState = new RollBackStateDecoder();
    private final AwaitStateDecoder awaitState = new AwaitStateDecoder();

    StateDispatch(final StateRules rules, final StateWaitRules waits, final MachineLimits limits) {
        this.rules = rules;
        this.waits = waits;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case SET_STATE -> set(command, coordination, Body.of(command, setState));
            case DELETE_STATE -> delete(coordination, Body.of(command, deleteState));
            case UPDATE_STATE -> update(command, coordination, Body.of(command, updateState));
            case CLEAR_STATE ->
                rules.clear(coordination, Body.of(command, clearState).changedBy());
            case MERGE_STATE -> merge(command, coordination, Body.of(command, mergeState));
            case DECLARE_MERGE -> declareMerge(coordination, Body.of(command, declareMerge));
            case ROLL_BACK_STATE -> rollBack(coordination, Body.of(command, rollBackState));
            case FORGET_HISTORY -> rules.forgetHistory(coordination);
            case AWAIT_STATE -> await(coordination, Body.of(command, awaitState));
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long set(final CommandView command, final long coordination, final SetStateDecoder body) {
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
                command.bytes(),
                index(command, body),
                Body.range(body, length));
    }

    private long delete(final long coordination, final DeleteStateDecoder body) {
        return rules.delete(coordination, body.key(), body.expectedVersion(), body.changedBy());
    }

    private long update(final CommandView command, final long coordination, final UpdateStateDecoder body) {
        final int length = body.changesLength();
        if (length > payloadLengthMax) {
            return Body.tooLong();
        }
        return rules.update(
                coordination,
                body.expectedVersion(),
                body.changedBy(),
                command.bytes(),
                index(command, body),
                Body.range(body, length));
    }

    private long merge(final CommandView command, final long coordination, final MergeStateDecoder body) {
        final int length = body.valueLength();
        if (length > payloadLengthMax) {
            return Body.tooLong();
        }
        return rules.merge(
                coordination,
                body.key(),
                body.valueType(),
                body.changedBy(),
                command.bytes(),
                index(command, body),
                Body.range(body, length));
    }

    private long declareMerge(final long coordination, final DeclareMergeDecoder body) {
        return rules.declareMerge(coordination, body.key(), body.rule());
    }

    private long rollBack(final long coordination, final RollBackStateDecoder body) {
        return rules.rollback(coordination, body.targetVersion(), body.changedBy());
    }

    private long await(final long coordination, final AwaitStateDecoder body) {
        return waits.declare(
                coordination,
                body.flags(),
                body.owner(),
                body.key(),
                body.comparison(),
                body.operandType(),
                body.label(),
                body.timeoutNs(),
                body.retriesMax(),
                Body.range(body, body.operandLength()));
    }

    /** Where the payload that a decoder reads next starts in the command's array. */
    private static int index(final CommandView command, final MessageDecoderFlyweight body) {
        return command.offset() + body.limit() + Body.LENGTH_OF_LENGTH;
    }
}

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
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.store.SlotBuffer;

/** The commands of the state room, decoded once. */
final class StateDispatch {
    private static final int LENGTH_OF_LENGTH = 4;

    private final StateRules rules;
    private final StateWaitRules waits;
    private final int payloadLengthMax;

    private final SetStateDecoder set = new SetStateDecoder();
    private final DeleteStateDecoder delete = new DeleteStateDecoder();
    private final UpdateStateDecoder update = new UpdateStateDecoder();
    private final ClearStateDecoder clear = new ClearStateDecoder();
    private final MergeStateDecoder merge = new MergeStateDecoder();
    private final DeclareMergeDecoder declareMerge = new DeclareMergeDecoder();
    private final RollBackStateDecoder rollBack = new RollBackStateDecoder();
    private final AwaitStateDecoder await = new AwaitStateDecoder();

    StateDispatch(final StateRules rules, final StateWaitRules waits, final int payloadLengthMax) {
        this.rules = rules;
        this.waits = waits;
        this.payloadLengthMax = payloadLengthMax;
    }

    long decide(final CommandType type, final CommandView command) {
        final SlotBuffer buffer = command.buffer();
        final int at = CommandView.BLOCK_OFFSET;
        final int block = command.blockLength();
        final int version = command.version();
        final long coordination = command.coordination();
        return switch (type) {
            case SET_STATE -> set(command, set.wrap(buffer, at, block, version));
            case DELETE_STATE -> {
                delete.wrap(buffer, at, block, version);
                yield rules.delete(coordination, delete.key(), delete.expectedVersion(), delete.changedBy());
            }
            case UPDATE_STATE -> update(command, update.wrap(buffer, at, block, version));
            case CLEAR_STATE ->
                rules.clear(coordination, clear.wrap(buffer, at, block, version).changedBy());
            case MERGE_STATE -> merge(command, merge.wrap(buffer, at, block, version));
            case DECLARE_MERGE -> {
                declareMerge.wrap(buffer, at, block, version);
                yield rules.declareMerge(coordination, declareMerge.key(), declareMerge.rule());
            }
            case ROLL_BACK_STATE -> {
                rollBack.wrap(buffer, at, block, version);
                yield rules.rollback(coordination, rollBack.targetVersion(), rollBack.changedBy());
            }
            case FORGET_HISTORY -> rules.forgetHistory(coordination);
            case AWAIT_STATE -> await(coordination, await.wrap(buffer, at, block, version));
            default -> throw new IllegalStateException(type + " is not a command of the state room");
        };
    }

    private long set(final CommandView command, final SetStateDecoder set) {
        final int length = set.valueLength();
        final int from = set.limit() + LENGTH_OF_LENGTH;
        return length > payloadLengthMax
                ? Rejection.TOO_LONG.answer()
                : rules.set(
                        command.coordination(),
                        set.key(),
                        set.valueType(),
                        set.expectedVersion(),
                        set.changedBy(),
                        command.bytes(),
                        command.offset() + from,
                        FactLog.range(from, length));
    }

    private long update(final CommandView command, final UpdateStateDecoder update) {
        final int length = update.changesLength();
        final int from = update.limit() + LENGTH_OF_LENGTH;
        return length > payloadLengthMax
                ? Rejection.TOO_LONG.answer()
                : rules.update(
                        command.coordination(),
                        update.expectedVersion(),
                        update.changedBy(),
                        command.bytes(),
                        command.offset() + from,
                        FactLog.range(from, length));
    }

    private long merge(final CommandView command, final MergeStateDecoder merge) {
        final int length = merge.valueLength();
        final int from = merge.limit() + LENGTH_OF_LENGTH;
        return length > payloadLengthMax
                ? Rejection.TOO_LONG.answer()
                : rules.merge(
                        command.coordination(),
                        merge.key(),
                        merge.valueType(),
                        merge.changedBy(),
                        command.bytes(),
                        command.offset() + from,
                        FactLog.range(from, length));
    }

    private long await(final long coordination, final AwaitStateDecoder await) {
        final int length = await.operandLength();
        final int from = await.limit() + LENGTH_OF_LENGTH;
        return waits.declare(
                coordination,
                await.owner(),
                await.key(),
                await.comparison(),
                await.operandType(),
                await.timeoutNs(),
                FactLog.range(from, length));
    }
}

package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AwaitStateEncoder;
import io.signalbox.kernel.command.codec.ClearStateEncoder;
import io.signalbox.kernel.command.codec.CommandHeaderEncoder;
import io.signalbox.kernel.command.codec.DeclareMergeEncoder;
import io.signalbox.kernel.command.codec.ForgetHistoryEncoder;
import io.signalbox.kernel.command.codec.MergeStateEncoder;
import io.signalbox.kernel.command.codec.MessageHeaderEncoder;
import io.signalbox.kernel.command.codec.RollBackStateEncoder;
import io.signalbox.kernel.command.codec.UpdateStateEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** Writes the commands of the state room, as {@link Commands} does the others. */
public final class StateCommands {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int VAR = 4;

    public static final int CLEAR_LENGTH = HEADER + ClearStateEncoder.BLOCK_LENGTH;
    public static final int DECLARE_MERGE_LENGTH = HEADER + DeclareMergeEncoder.BLOCK_LENGTH;
    public static final int ROLL_BACK_LENGTH = HEADER + RollBackStateEncoder.BLOCK_LENGTH;
    public static final int FORGET_HISTORY_LENGTH = HEADER + ForgetHistoryEncoder.BLOCK_LENGTH;

    private StateCommands() {}

    public static int updateLength(final byte[] changes) {
        return HEADER + UpdateStateEncoder.BLOCK_LENGTH + VAR + changes.length;
    }

    public static void encodeUpdate(
            final SlotBuffer buffer,
            final long clientId,
            final long clientSequence,
            final long coordination,
            final long expectedVersion,
            final int changedBy,
            final byte[] changes) {
        final UpdateStateEncoder command =
                new UpdateStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), clientId, clientSequence, coordination);
        command.expectedVersion(expectedVersion).changedBy(changedBy).putChanges(changes, 0, changes.length);
    }

    public static void encodeClear(
            final SlotBuffer buffer,
            final long clientId,
            final long clientSequence,
            final long coordination,
            final int changedBy) {
        final ClearStateEncoder command =
                new ClearStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), clientId, clientSequence, coordination);
        command.changedBy(changedBy);
    }

    public static int mergeLength(final byte[] value) {
        return HEADER + MergeStateEncoder.BLOCK_LENGTH + VAR + value.length;
    }

    public static void encodeMerge(
            final SlotBuffer buffer,
            final long clientId,
            final long clientSequence,
            final long coordination,
            final int key,
            final int valueType,
            final int changedBy,
            final byte[] value) {
        final MergeStateEncoder command =
                new MergeStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), clientId, clientSequence, coordination);
        command.key(key).valueType((short) valueType).changedBy(changedBy).putValue(value, 0, value.length);
    }

    public static void encodeDeclareMerge(
            final SlotBuffer buffer, final long coordination, final int key, final int rule) {
        final DeclareMergeEncoder command =
                new DeclareMergeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), 0, 0, coordination);
        command.key(key).rule((short) rule);
    }

    public static void encodeRollBack(
            final SlotBuffer buffer,
            final long clientId,
            final long clientSequence,
            final long coordination,
            final long targetVersion,
            final int changedBy) {
        final RollBackStateEncoder command =
                new RollBackStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), clientId, clientSequence, coordination);
        command.targetVersion(targetVersion).changedBy(changedBy);
    }

    public static void encodeForgetHistory(final SlotBuffer buffer, final long coordination) {
        header(
                new ForgetHistoryEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .header(),
                0,
                0,
                coordination);
    }

    public static int awaitLength(final byte[] operand) {
        return HEADER + AwaitStateEncoder.BLOCK_LENGTH + VAR + operand.length;
    }

    public static void encodeAwait(
            final SlotBuffer buffer,
            final long coordination,
            final int owner,
            final int key,
            final int operator,
            final int operandType,
            final long timeoutNs,
            final byte[] operand) {
        final AwaitStateEncoder command =
                new AwaitStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), 0, 0, coordination);
        command.key(key)
                .comparison((short) operator)
                .operandType((short) operandType)
                .owner(owner)
                .timeoutNs(timeoutNs)
                .putOperand(operand, 0, operand.length);
    }

    private static void header(
            final CommandHeaderEncoder header,
            final long clientId,
            final long clientSequence,
            final long coordination) {
        header.position(-1)
                .timestampNs(0)
                .clientId(clientId)
                .clientSequence(clientSequence)
                .coordination(coordination);
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.StateCommands;

/** Stand-in for the state's facet of the fast path. */
final class StateIngress {
    private final Ingress ingress;

    StateIngress(final Ingress ingress) {
        this.ingress = ingress;
    }

    long position() {
        return ingress.position();
    }

    long set(
            final long coordination,
            final int key,
            final int valueType,
            final byte[] value,
            final long expectedVersion,
            final int changedBy) {
        return ingress.submit(
                Commands.setStateLength(value.length),
                (buffer, client, sequence) -> Commands.encodeSetState(
                        buffer, client, sequence, coordination, key, valueType, expectedVersion, changedBy, value));
    }

    long delete(final long coordination, final int key, final long expectedVersion, final int changedBy) {
        return ingress.deleteState(coordination, key, expectedVersion, changedBy);
    }

    long update(final long coordination, final byte[] changes, final long expectedVersion, final int changedBy) {
        return ingress.submit(
                StateCommands.updateLength(changes),
                (buffer, client, sequence) -> StateCommands.encodeUpdate(
                        buffer, client, sequence, coordination, expectedVersion, changedBy, changes));
    }

    long clear(final long coordination, final int changedBy) {
        return ingress.submit(
                StateCommands.CLEAR_LENGTH,
                (buffer, client, sequence) ->
                        StateCommands.encodeClear(buffer, client, sequence, coordination, changedBy));
    }

    long merge(final long coordination, final int key, final int valueType, final byte[] value, final int changedBy) {
        return ingress.submit(
                StateCommands.mergeLength(value),
                (buffer, client, sequence) -> StateCommands.encodeMerge(
                        buffer, client, sequence, coordination, key, valueType, changedBy, value));
    }

    long declareMerge(final long coordination, final int key, final int rule) {
        return ingress.submit(
                StateCommands.DECLARE_MERGE_LENGTH,
                (buffer, client, sequence) -> StateCommands.encodeDeclareMerge(buffer, coordination, key, rule));
    }

    long rollBack(final long coordination, final long targetVersion, final int changedBy) {
        return ingress.submit(
                StateCommands.ROLL_BACK_LENGTH,
                (buffer, client, sequence) ->
                        StateCommands.encodeRollBack(buffer, client, sequence, coordination, targetVersion, changedBy));
    }

    long forgetHistory(final long coordination) {
        return ingress.submit(
                StateCommands.FORGET_HISTORY_LENGTH,
                (buffer, client, sequence) -> StateCommands.encodeForgetHistory(buffer, coordination));
    }

    long await(
            final long coordination,
            final int key,
            final int operator,
            final int operandType,
            final byte[] operand,
            final int owner,
            final long timeoutNs) {
        return ingress.submit(
                StateCommands.awaitLength(operand),
                (buffer, client, sequence) -> StateCommands.encodeAwait(
                        buffer, coordination, owner, key, operator, operandType, timeoutNs, operand));
    }
}

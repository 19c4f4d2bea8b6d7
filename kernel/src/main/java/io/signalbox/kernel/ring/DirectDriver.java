package io.signalbox.kernel.ring;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.machine.Answers;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.store.SlotBuffer;

/** Turns the machine without a ring: one command, at a time that the caller names. For simulation and for tests of the machine. */
public final class DirectDriver {
    private final CoordinationMachine machine;
    private final CommandView view = new CommandView();
    private long answer;

    public DirectDriver(final CoordinationMachine machine) {
        this.machine = machine;
    }

    /**
     * Apply one encoded command and what its backlog calls for.
     *
     * @return the command's answer.
     */
    public long apply(final byte[] command, final long timestampNs) {
        final long position = machine.appliedPosition() + 1;
        turn(command, timestampNs, position);
        while (machine.hasBacklog()) {
            final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodeContinue(buffer);
            turn(buffer.byteArray(), timestampNs, position);
        }
        return answer;
    }

    private void turn(final byte[] command, final long timestampNs, final long awaited) {
        view.wrap(command, 0, command.length);
        view.stamp(machine.appliedPosition() + 1, timestampNs);
        machine.apply(view);
        machine.releaseOutcomes();
        final Answers answers = machine.answers();
        for (int i = 0; i < answers.count(); i++) {
            if (answers.position(i) == awaited) {
                answer = answers.answer(i);
            }
        }
    }
}

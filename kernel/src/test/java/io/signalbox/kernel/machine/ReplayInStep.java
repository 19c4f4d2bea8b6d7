package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.ring.ReplayDriver;

/**
 * A second machine that is given every command of a walk as replay would give it, one step behind the first. Nothing is kept: at
 * checkpoints both have to have gone through the same facts and to remember the same, room by room.
 */
final class ReplayInStep implements Witness {
    private final CoordinationMachine again;
    private final ReplayDriver replay;
    private final CommandView view = new CommandView();
    private final long[] marks = new long[Room.COUNT];
    private final int checkEvery;

    ReplayInStep(final MachineLimits limits, final String name, final int checkEvery) {
        again = new CoordinationMachine(limits);
        replay = new ReplayDriver(again, name);
        this.checkEvery = checkEvery;
    }

    @Override
    public void applied(final CoordinationMachine machine, final byte[] command) {
        replay.onCommand(view.wrap(command, 0, command.length).position(), command, 0, command.length);
        if (replay.commands() % checkEvery == 0) {
            check(machine);
        }
    }

    /** Both are at the same place, and what each room remembers is the same. */
    void check(final CoordinationMachine machine) {
        machine.digest().copyTo(marks);
        replay.onMark(machine.appliedPosition(), marks, marks.length);
        for (final Room room : Room.values()) {
            assertThat(again.stateDigest(room))
                    .as("room %s after position %d", room, machine.appliedPosition())
                    .isEqualTo(machine.stateDigest(room));
        }
        assertThat(again.nextDeadlineNs()).isEqualTo(machine.nextDeadlineNs());
    }

    long commands() {
        return replay.commands();
    }
}

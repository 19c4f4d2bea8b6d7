package io.signalbox.kernel.ring;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalVisitor;

/** Turns the machine from a journal: every command in its order, every mark compared with what the machine comes to. */
public final class ReplayDriver implements JournalVisitor {
    private final CoordinationMachine machine;
    private final String journalName;
    private final CommandView view = new CommandView();
    private long commands;
    private long marks;
    private long lastTimestampNs;

    public ReplayDriver(final CoordinationMachine machine, final String journalName) {
        this.machine = machine;
        this.journalName = journalName;
    }

    @Override
    public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
        view.wrap(bytes, offset, length);
        if (view.position() != position || position != machine.appliedPosition() + 1) {
            throw corrupt(
                    position,
                    "expected the command of position " + (machine.appliedPosition() + 1) + ", got one that says "
                            + view.position(),
                    null);
        }
        try {
            machine.apply(view);
            machine.releaseOutcomes();
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw corrupt(position, "the command " + view + " halts the kernel: " + e, e);
        }
        lastTimestampNs = view.timestampNs();
        commands++;
    }

    @Override
    public void onMark(final long position, final long[] digests, final int count) {
        if (position != machine.appliedPosition()) {
            throw corrupt(
                    position,
                    "a mark says it stands after position " + position + ", it stands after position "
                            + machine.appliedPosition(),
                    null);
        }
        for (final Room room : Room.values()) {
            final int i = room.ordinal();
            if (i < count && digests[i] != machine.digest().room(i)) {
                throw corrupt(
                        position,
                        "replay comes to another digest of room " + room + " than the mark after position " + position
                                + ": expected " + Long.toHexString(digests[i]) + ", got "
                                + Long.toHexString(machine.digest().room(i))
                                + "; a command at or before it was changed, or other rules wrote it",
                        null);
            }
        }
        marks++;
    }

    private JournalException corrupt(final long position, final String what, final Throwable cause) {
        return new JournalException(JournalException.Kind.CORRUPT, position, journalName + ": " + what, cause);
    }

    /** Commands applied. */
    public long commands() {
        return commands;
    }

    /** Marks met. */
    public long marks() {
        return marks;
    }

    /** Kernel time of the last command, in nanoseconds. */
    public long lastTimestampNs() {
        return lastTimestampNs;
    }
}

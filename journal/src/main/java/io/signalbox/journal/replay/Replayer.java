package io.signalbox.journal.replay;

import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;

/**
 * Turns a journal through a fresh machine, off line. The result is the state that the kernel had, to the last bit, which the marks
 * in the journal prove.
 *
 * @param machine the machine after the last command.
 * @param commands how many were turned.
 * @param marks how many marks were compared and met; 0 when none were to be compared.
 */
public record Replayer(CoordinationMachine machine, long commands, long marks) {
    /**
     * Replay a journal.
     *
     * @param journal open, read-only or not; stays open.
     * @param limits at least those that the journal was written with.
     * @param verifies whether the marks are compared.
     * @throws io.signalbox.kernel.port.JournalException CORRUPT, naming the position, when a record fails its checks, a command
     *     halts the machine, or a mark is not met.
     */
    public static Replayer replay(final Journal journal, final MachineLimits limits, final boolean verifies) {
        final CoordinationMachine machine = new CoordinationMachine(limits);
        final ReplayDriver driver = new ReplayDriver(machine, journal.name());
        journal.replay(verifies ? driver : withoutMarks(driver));
        return new Replayer(machine, driver.commands(), driver.marks());
    }

    private static JournalVisitor withoutMarks(final ReplayDriver driver) {
        return new JournalVisitor() {
            @Override
            public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
                driver.onCommand(position, bytes, offset, length);
            }

            @Override
            public void onMark(final long position, final long[] digests, final int count) {
                // not asked for
            }
        };
    }
}

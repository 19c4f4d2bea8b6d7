package io.signalbox.kernel.machine;

import java.util.ArrayList;
import java.util.List;

/** Every command of a short walk, and the state digest behind it. */
final class Recorded implements Witness {
    final List<byte[]> commands = new ArrayList<>();
    final List<Long> digests = new ArrayList<>();

    @Override
    public void applied(final CoordinationMachine machine, final byte[] command) {
        commands.add(command);
        digests.add(machine.stateDigest());
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.charset.StandardCharsets;

/** What is asked of the machine itself, and commands that somebody sends again. */
final class RandomMachine implements RandomRoom {
    private final RandomTrial trial;

    RandomMachine(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(10)) {
            case 0, 1 -> intern(what);
            case 2 -> {
                final int version = trial.random.nextInt(4);
                final long answer = trial.apply(new MachineCommands.UpgradeRules().with(version));
                final boolean isNewer = version > RulesVersion.FIRST && version <= RulesVersion.NEWEST;
                trial.expect(what, isNewer ? version : NaiveKernel.refuse(Rejection.UNSUPPORTED_RULES), answer);
            }
            case 3 -> {
                final SlotBuffer nothing = new SlotBuffer(Commands.PLAIN_LENGTH);
                Commands.encodeVoid(nothing);
                trial.expect(what, NaiveKernel.refuse(Rejection.VOIDED), trial.apply(nothing));
            }
            case 4 -> {
                final SlotBuffer goOn = new SlotBuffer(Commands.PLAIN_LENGTH);
                Commands.encodeContinue(goOn);
                trial.expect(what, 0, trial.apply(goOn));
            }
            case 5 -> trial.pulse();
            default -> trial.clients.again(what);
        }
    }

    private void intern(final String what) {
        // the naive agents know the ids of the names that the registry makes for itself, so these have to come first
        final boolean mayBeNew = trial.machine.names().size() > NaiveKernel.NAMES.size();
        final int chosen = trial.random.nextInt(12);
        final String name = switch (chosen) {
            case 0 -> "";
            case 1 -> "x".repeat(NaiveKernel.NAME_LENGTH_MAX + 1);
            case 2, 3, 4, 5 -> mayBeNew ? "m" + chosen : "n6";
            default -> RandomTrial.nameOf(1 + trial.random.nextInt(NaiveKernel.NAMES.size()));
        };
        final long answer = trial.apply(new MachineCommands.InternName().with(name.getBytes(StandardCharsets.UTF_8)));
        trial.expect(what, trial.naive.names.intern(name), answer);
    }

    @Override
    public void compare(final String what) {
        trial.naive.names.compare(what, trial.machine.names());
    }
}

package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.ring.ReplayDriver;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random commands, valid and not, on the machine and on a {@link NaiveKernel}; the seed is all there is of chance. */
class RandomCommandsTest {
    private static final int COMMANDS = 200;

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void shouldDoWhatTheNaiveKernelDoes(@ForAll final long seed) {
        new RandomTrial(seed, COMMANDS, Witness.NONE).run();
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void shouldComeToTheSameDigestsFromTheSameSeed(@ForAll final long seed) {
        final Recorded one = new Recorded();
        final Recorded two = new Recorded();
        new RandomTrial(seed, COMMANDS, one).run();
        new RandomTrial(seed, COMMANDS, two).run();
        assertThat(one.digests).isEqualTo(two.digests);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void shouldReplayEveryPrefixToTheSameDigest(@ForAll final long seed) {
        final Recorded trial = new Recorded();
        new RandomTrial(seed, 40, trial).run();
        for (int length = 1; length <= trial.commands.size(); length++) {
            final CoordinationMachine machine = new CoordinationMachine(RandomTrial.LIMITS);
            final ReplayDriver replay = new ReplayDriver(machine, "prefix of " + length);
            for (int i = 0; i < length; i++) {
                final byte[] command = trial.commands.get(i);
                replay.onCommand(i, command.clone(), 0, command.length);
            }
            assertThat(machine.stateDigest()).isEqualTo(trial.digests.get(length - 1));
        }
    }
}

package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.CommandType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One machine that goes through very many commands of all rooms, beside a {@link NaiveKernel} and a machine that replays it. Every
 * answer is compared with the naive one; what the rooms remember, and the digests of the replaying machine, every so often and
 * at the end. {@code -Dwalk.commands} and {@code -Dwalk.seed} choose another length and one more seed.
 */
class LongWalkTest {
    private static final int COMMANDS = Integer.getInteger("walk.commands", 200_000);
    private static final int COMPARE_EVERY = 50;
    private static final int CHECK_EVERY = 1000;

    /** Commands that the walk cannot see accepted, and why. */
    private static final Map<CommandType, String> NEVER_ACCEPTED = new EnumMap<>(Map.of(
            CommandType.VOID, "it stands for a command that could not be encoded, so it is always refused",
            CommandType.UPGRADE_RULES, "there is no newer version of the rules"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldDoWhatTheNaiveKernelDoesAndReplayToTheSameDigests(final long seed) {
        final ReplayInStep replay = new ReplayInStep(RandomTrial.LIMITS, "walk of seed " + seed, CHECK_EVERY);
        final RandomTrial walk = new RandomTrial(seed, COMMANDS, COMPARE_EVERY, replay);
        walk.run();
        replay.check(walk.machine);
        assertThat(replay.commands()).isGreaterThan(COMMANDS);
    }

    @Test
    void shouldAskEveryCommandThereIsAndSeeItAccepted() {
        final RandomTrial walk =
                new RandomTrial(Long.getLong("walk.seed", 0), COMMANDS / 4, COMPARE_EVERY, Witness.NONE);
        walk.run();
        assertThat(walk.asked.keySet()).isEqualTo(EnumSet.allOf(CommandType.class));
        final Set<CommandType> refused = EnumSet.allOf(CommandType.class);
        refused.removeAll(walk.accepted.keySet());
        assertThat(refused).isEqualTo(NEVER_ACCEPTED.keySet());
    }
}

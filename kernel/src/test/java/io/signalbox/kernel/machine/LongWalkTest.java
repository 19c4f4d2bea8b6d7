package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.signalbox.kernel.command.CommandType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One machine that goes through very many commands of all rooms, beside a {@link NaiveKernel} and a machine that replays it. Every
 * answer is compared with the naive one; what the rooms remember, and the digests of the replaying machine, every so often and
 * at the end. {@code -Dwalk.commands}, {@code -Dwalk.compare} and {@code -Dwalk.seed} choose another
 * length, how often is compared, and one more seed.
 */
class LongWalkTest {
    private static final int COMMANDS = Integer.getInteger("walk.commands", 200_000);
    private static final long SEED = Long.getLong("walk.seed", 0);
    private static final int COMPARE_EVERY = Integer.getInteger("walk.compare", 50);
    private static final int CHECK_EVERY = 1000;

    /** Commands that the walk cannot see accepted, and why. */
    private static final Map<CommandType, String> NEVER_ACCEPTED = new EnumMap<>(Map.of(
            CommandType.VOID, "it stands for a command that could not be encoded, so it is always refused",
            CommandType.UPGRADE_RULES, "there is no newer version of the rules"));

    /** Commands that fill tables which nothing empties: definitions, kinds of signals. */
    private static final Set<CommandType> KEPT_FOR_GOOD =
            EnumSet.of(CommandType.DEPLOY_WORKFLOW, CommandType.DECLARE_SIGNAL_KIND);

    /** The later ones have larger tables. */
    private static Stream<Arguments> walks() {
        final Stream<Arguments> usual =
                Stream.of(arguments(1, 1), arguments(2, 1), arguments(3, 2), arguments(4, 4), arguments(5, 8));
        return SEED == 0 ? usual : Stream.concat(usual, Stream.of(arguments(SEED, 1), arguments(SEED, 3)));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void shouldDoWhatTheNaiveKernelDoesAndReplayToTheSameDigests(final long seed, final int times) {
        final MachineLimits limits = RandomTrial.limits(times);
        final ReplayInStep replay = new ReplayInStep(limits, "walk of seed " + seed, CHECK_EVERY);
        final RandomTrial walk = new RandomTrial(seed, times, COMMANDS, COMPARE_EVERY, replay);
        walk.run();
        replay.check(walk.machine);
        assertThat(replay.commands()).isGreaterThan(COMMANDS);
    }

    @Test
    void shouldAskEveryCommandThereIsAndSeeItAccepted() {
        final RandomTrial walk = walked(COMMANDS / 4);
        assertThat(walk.asked.keySet()).isEqualTo(EnumSet.allOf(CommandType.class));
        assertThat(neverAccepted(walk)).isEqualTo(NEVER_ACCEPTED.keySet());
    }

    /** A walk whose tables have run full would go on without doing anything. */
    @Test
    void shouldStillDoEverythingInTheEnd() {
        final RandomTrial walk = walked(COMMANDS / 2);
        walk.accepted.clear();
        walk.goOn(COMMANDS / 8);
        final Set<CommandType> stuck = neverAccepted(walk);
        stuck.removeAll(NEVER_ACCEPTED.keySet());
        assertThat(stuck).isSubsetOf(KEPT_FOR_GOOD);
    }

    private static RandomTrial walked(final int commands) {
        final RandomTrial walk = new RandomTrial(SEED, 1, commands, COMPARE_EVERY, Witness.NONE);
        walk.run();
        return walk;
    }

    private static Set<CommandType> neverAccepted(final RandomTrial walk) {
        final Set<CommandType> never = EnumSet.allOf(CommandType.class);
        never.removeAll(walk.accepted.keySet());
        return never;
    }
}

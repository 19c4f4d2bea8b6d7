package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A walk that agrees with a broken machine shows nothing: each fact in turn changes no store, and the walk has to see it. */
class WalkSensitivityTest {
    private static final int COMMANDS = 40_000;
    private static final int COMPARE_EVERY = 10;

    /** Facts that no walk records, and why. */
    private static final Map<FactType, String> NEVER_RECORDED = new EnumMap<>(Map.of(
            FactType.COMMAND_DEFERRED, "its tables are too small for a turn that runs full; scenarios have such",
            FactType.RULES_UPGRADED, "there is no newer version of the rules",
            FactType.STEP_UNPLACED, "no definition of this walk names an agent; PlacementWalkTest's do",
            FactType.STEP_PLACEABLE, "no definition of this walk names an agent; PlacementWalkTest's do"));

    /** Facts whose loss the naive kernel does not see, and why. */
    private static final Map<FactType, String> NOT_SEEN = new EnumMap<>(Map.of(
            FactType.COMMAND_REJECTED, "it changes nothing",
            FactType.PULSED, "it changes nothing",
            FactType.STATE_KEY_CHANGED, "it changes nothing: it tells of what a larger change did",
            FactType.STATE_TOLD, "it changes nothing: the signal that it tells is a fact of its own",
            FactType.LEASES_RELEASED, "it changes nothing: each lease ends by a fact of its own",
            FactType.DEADLOCK_LINKED, "who is in a ring is for people; scenarios see it",
            FactType.LIMIT_REFILLED, "what has come back is counted again when it is taken; scenarios see it"));

    @ParameterizedTest
    @EnumSource(FactType.class)
    void shouldSeeThatAFactHasChangedNothing(final FactType type) {
        final Set<FactType> recorded = EnumSet.noneOf(FactType.class);
        final RandomTrial walk =
                new RandomTrial(1, 1, COMMANDS, COMPARE_EVERY, (machine, command) -> note(machine.facts(), recorded));
        walk.machine.switchOff(type);
        final boolean isSeen = breaks(walk);
        assertThat(recorded.contains(type) || isSeen)
                .as("recorded; %s", NEVER_RECORDED.get(type))
                .isEqualTo(!NEVER_RECORDED.containsKey(type));
        assertThat(isSeen)
                .as("seen; %s", NOT_SEEN.get(type))
                .isEqualTo(!NOT_SEEN.containsKey(type) && !NEVER_RECORDED.containsKey(type));
    }

    private static void note(final FactLog facts, final Set<FactType> recorded) {
        for (int i = 0; i < facts.count(); i++) {
            recorded.add(FactType.of((int) facts.word(i, 0) & 0xFFFF));
        }
    }

    private static boolean breaks(final RandomTrial walk) {
        try {
            walk.run();
            return false;
        } catch (final RuntimeException | AssertionError e) {
            return true;
        }
    }
}

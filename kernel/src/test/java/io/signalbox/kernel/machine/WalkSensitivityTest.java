package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.FactType;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A walk that agrees with a broken machine shows nothing: each fact in turn changes no store, and the walk has to see it. */
class WalkSensitivityTest {
    private static final int COMMANDS = 20_000;
    private static final int COMPARE_EVERY = 10;

    /** Facts whose loss the naive kernel does not see, and what sees it. */
    private static final Map<FactType, String> NOT_SEEN = new EnumMap<>(Map.of(
            FactType.COMMAND_REJECTED, "it changes nothing",
            FactType.PULSED, "it changes nothing"));

    @ParameterizedTest
    @EnumSource(FactType.class)
    void shouldSeeThatAFactHasChangedNothing(final FactType type) {
        final RandomTrial walk = new RandomTrial(1, 1, COMMANDS, COMPARE_EVERY, Witness.NONE);
        walk.machine.switchOff(type);
        assertThat(failure(walk) == null).as(type + ": " + NOT_SEEN.get(type)).isEqualTo(NOT_SEEN.containsKey(type));
    }

    private static Throwable failure(final RandomTrial walk) {
        try {
            walk.run();
            return null;
        } catch (final RuntimeException | AssertionError e) {
            return e;
        }
    }
}

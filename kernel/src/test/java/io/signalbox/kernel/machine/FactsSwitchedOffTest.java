package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.scenario.Recording;
import io.signalbox.kernel.scenario.Scenario;
import io.signalbox.kernel.scenario.ScenarioPlayer;
import io.signalbox.kernel.scenario.Scenarios;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@link Facts} matters: switched off, some scenario comes to something else, or breaks. */
class FactsSwitchedOffTest {
    /** These tell what happened and change nothing. */
    private static final Set<FactType> CHANGE_NOTHING =
            EnumSet.of(FactType.COMMAND_REJECTED, FactType.COMMAND_DEFERRED, FactType.PULSED);

    private static final List<Scenario> SMALL =
            Scenarios.all().stream().filter(scenario -> !scenario.isBatched()).toList();

    static List<FactType> changing() {
        return Arrays.stream(FactType.values())
                .filter(type -> !CHANGE_NOTHING.contains(type))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldBeMissed(final FactType type) {
        assertThat(SMALL.stream().filter(scenario -> isMissed(type, scenario)).findFirst())
                .as("a scenario that fails when %s changes nothing", type)
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("exempt")
    void shouldNotBeMissedWhereNothingChanges(final FactType type) {
        assertThat(SMALL).noneMatch(scenario -> isMissed(type, scenario));
    }

    static Set<FactType> exempt() {
        return CHANGE_NOTHING;
    }

    private static boolean isMissed(final FactType type, final Scenario scenario) {
        final Recording whole = ScenarioPlayer.play(scenario, machine(scenario));
        final CoordinationMachine crippled = machine(scenario);
        crippled.switchOff(type);
        try {
            final Recording recording = ScenarioPlayer.play(scenario, crippled);
            return !recording.isAsExpected()
                    || recording.last().stateDigest() != whole.last().stateDigest();
        } catch (final RuntimeException e) {
            assertThat(e).hasMessageContaining("broke");
            return true;
        }
    }

    private static CoordinationMachine machine(final Scenario scenario) {
        return new CoordinationMachine(scenario.limitsOr(MachineLimits.small()));
    }
}

package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.ring.DirectDriver;
import io.signalbox.kernel.scenario.Recording;
import io.signalbox.kernel.scenario.Scenario;
import io.signalbox.kernel.scenario.ScenarioPlayer;
import io.signalbox.kernel.scenario.Scenarios;
import io.signalbox.kernel.store.SlotBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@link Facts} matters: switched off, some scenario comes to something else, or breaks. */
class FactsSwitchedOffTest {
    /** These tell what happened and change nothing. */
    private static final Set<FactType> CHANGE_NOTHING = EnumSet.of(
            FactType.COMMAND_REJECTED,
            FactType.COMMAND_DEFERRED,
            FactType.PULSED,
            FactType.STATE_KEY_CHANGED,
            FactType.STATE_TOLD,
            FactType.LEASES_RELEASED);

    private static final List<Scenario> SMALL =
            Scenarios.all().stream().filter(scenario -> !scenario.isBatched()).toList();

    static List<FactType> changing() {
        return Arrays.stream(FactType.values())
                .filter(type -> !CHANGE_NOTHING.contains(type) && type != FactType.RULES_UPGRADED)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldBeMissed(final FactType type) {
        assertThat(SMALL.stream().filter(scenario -> isMissed(type, scenario)).findFirst())
                .as("a scenario that fails when %s changes nothing", type)
                .isPresent();
    }

    /** This kernel knows one version, so a scenario cannot upgrade; a machine that starts before it can. */
    @Test
    void shouldMissAnUpgradeOfTheRules() {
        final Request request = new MachineCommands.UpgradeRules().with(RulesVersion.NEWEST);
        final SlotBuffer buffer = new SlotBuffer(request.length());
        request.encode(buffer, 0, 0);
        final byte[] upgrade = buffer.byteArray();
        final CoordinationMachine whole = new CoordinationMachine(MachineLimits.small(), RulesVersion.NEWEST - 1);
        final CoordinationMachine crippled = new CoordinationMachine(MachineLimits.small(), RulesVersion.NEWEST - 1);
        crippled.switchOff(FactType.RULES_UPGRADED);

        assertThat(new DirectDriver(whole).apply(upgrade.clone(), 1)).isEqualTo(RulesVersion.NEWEST);
        assertThat(new DirectDriver(crippled).apply(upgrade.clone(), 1)).isEqualTo(RulesVersion.NEWEST);
        assertThat(whole.stateDigest()).isNotEqualTo(crippled.stateDigest());
        assertThat(new DirectDriver(whole).apply(upgrade.clone(), 2)).isEqualTo(Rejection.UNSUPPORTED_RULES.answer());
        assertThat(new DirectDriver(crippled).apply(upgrade.clone(), 2)).isEqualTo(RulesVersion.NEWEST);
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

package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.ring.DirectDriver;
import io.signalbox.kernel.ring.ReplayDriver;
import io.signalbox.kernel.scenario.Recording;
import io.signalbox.kernel.scenario.Scenario;
import io.signalbox.kernel.scenario.ScenarioPlayer;
import io.signalbox.kernel.scenario.Scenarios;
import io.signalbox.kernel.store.SlotBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario, on every driver, in every preset, and by replay: what is expected, and everywhere the same digests. */
class ScenarioTest {
    private static final AtomicInteger KERNELS = new AtomicInteger();

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    static Map<String, KernelConfig> configs() {
        final Map<String, KernelConfig> configs = new LinkedHashMap<>();
        configs.put("standard", KernelConfig.standard());
        configs.put("frugal", KernelConfig.frugal());
        configs.put("lowLatency", KernelConfig.lowLatency());
        for (final Threading threading : Threading.values()) {
            configs.put(
                    threading.name(),
                    KernelConfig.standard().withThreading(threading).withLimits(MachineLimits.small()));
        }
        return configs;
    }

    private static MachineLimits limits(final Scenario scenario) {
        return scenario.limitsOr(MachineLimits.small());
    }

    private static Recording play(final Scenario scenario) {
        return ScenarioPlayer.play(scenario, new CoordinationMachine(limits(scenario)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldComeAsExpected(final Scenario scenario) {
        final Recording recording = play(scenario);
        if (!recording.isAsExpected()) {
            throw new AssertionError(recording.table());
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldBeTheSameOnTheDirectDriver(final Scenario scenario) {
        final Recording recording = play(scenario);
        final CoordinationMachine machine = new CoordinationMachine(limits(scenario));
        final DirectDriver direct = new DirectDriver(machine);
        for (final Recording.Step step : recording.steps()) {
            if (step.isPulse()) {
                while (machine.nextDeadlineNs() <= step.timeNs()) {
                    direct.apply(pulse(), step.timeNs());
                }
            }
            for (int i = 0; i < step.commands().size(); i++) {
                final boolean met = machine.hasBacklog();
                final long answer = direct.apply(step.commands().get(i).clone(), step.timeNs());
                assertThat(met).isFalse();
                if (!scenario.isBatched()) {
                    assertThat(answer).as("line %d", step.line()).isEqualTo(step.answers()[i]);
                }
            }
            if (scenario.isBatched()) {
                continue;
            }
            assertThat(machine.appliedPosition() + 1).as("line %d", step.line()).isEqualTo(step.applied());
            if (step.applied() > 0) {
                assertSame(machine, recording.turns().get((int) step.applied() - 1), "line " + step.line());
            }
        }
    }

    private static byte[] pulse() {
        final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
        Commands.encodePulse(buffer);
        return buffer.byteArray();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldBeTheSameByReplayAfterEveryCommand(final Scenario scenario) {
        final Recording recording = play(scenario);
        final CoordinationMachine machine = new CoordinationMachine(limits(scenario));
        final ReplayDriver replay = new ReplayDriver(machine, "recording");
        for (final Recording.Turn turn : recording.turns()) {
            replay.onCommand(turn.position(), turn.bytes().clone(), 0, turn.bytes().length);
            assertSame(machine, turn, "position " + turn.position());
            replay.onMark(turn.position(), turn.rooms(), turn.rooms().length);
        }
        assertThat(replay.commands()).isEqualTo(recording.turns().size());
    }

    private static void assertSame(
            final CoordinationMachine machine, final Recording.Turn turn, final String description) {
        final long[] rooms = new long[turn.rooms().length];
        machine.digest().copyTo(rooms);
        assertThat(rooms).as(description).isEqualTo(turn.rooms());
        if (turn.stateDigest() != 0) {
            assertThat(machine.stateDigest()).as(description).isEqualTo(turn.stateDigest());
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldBeTheSameOnEveryKernel(final Scenario scenario) {
        final Recording recording = play(scenario);
        final CoordinationMachine again = new CoordinationMachine(limits(scenario));
        final long stateDigest = replayed(recording, again).stateDigest();
        configs().forEach((name, config) -> {
            final ManualClock clock = new ManualClock(Recording.ORIGIN_NS);
            final String threadName = "scenario-" + KERNELS.incrementAndGet();
            final KernelConfig settings =
                    config.withClock(clock).withName(threadName).withLimits(scenario.limitsOr(config.limits()));
            try (Kernel kernel = Kernel.launch(settings)) {
                new KernelPlayer(kernel, clock, threadName).play(recording);
                assertSameEnd(kernel, recording, stateDigest, name);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldBeTheSameFromAJournal(final Scenario scenario) {
        final Recording recording = play(scenario);
        final long stateDigest =
                replayed(recording, new CoordinationMachine(limits(scenario))).stateDigest();
        final MemoryJournal journal = new MemoryJournal();
        final ManualClock clock = new ManualClock(Recording.ORIGIN_NS);
        final String threadName = "scenario-" + KERNELS.incrementAndGet();
        final KernelConfig settings = KernelConfig.standard()
                .withClock(clock)
                .withName(threadName)
                .withLimits(limits(scenario))
                .withReofferAtOpen(false);
        try (Kernel kernel = Kernel.launch(settings, journal)) {
            new KernelPlayer(kernel, clock, threadName).play(recording);
        }
        assertThat(journal.isClosed()).isTrue();
        assertThat(journal.commands())
                .usingElementComparator(Arrays::compare)
                .isEqualTo(recording.turns().stream().map(Recording.Turn::bytes).toList());
        configs().forEach((name, config) -> {
            if (config.threading() != Threading.DEDICATED) {
                final KernelConfig replaying =
                        config.withClock(clock).withLimits(limits(scenario)).withReofferAtOpen(false);
                try (Kernel kernel = Kernel.launch(replaying, journal.reopened())) {
                    assertSameEnd(kernel, recording, stateDigest, "replayed in " + name);
                }
            }
        });
    }

    private static CoordinationMachine replayed(final Recording recording, final CoordinationMachine machine) {
        final ReplayDriver replay = new ReplayDriver(machine, "recording");
        recording
                .turns()
                .forEach(turn -> replay.onCommand(turn.position(), turn.bytes().clone(), 0, turn.bytes().length));
        return machine;
    }

    private static void assertSameEnd(
            final Kernel kernel, final Recording recording, final long stateDigest, final String name) {
        assertThat(kernel.position()).as(name).isEqualTo(recording.last().position());
        assertThat(kernel.roomDigests()).as(name).isEqualTo(recording.last().rooms());
        assertThat(kernel.stateDigest()).as(name).isEqualTo(stateDigest);
        assertThat(kernel.haltCause()).as(name).isNull();
    }

    @DisabledIfSystemProperty(named = Scenarios.ONLY, matches = ".+", disabledReason = "only some scenarios are played")
    @Test
    void shouldHaveScenariosForEveryRoom() {
        assertThat(scenarios().stream()
                        .map(scenario ->
                                scenario.file().getParent().getFileName().toString())
                        .distinct())
                .containsExactlyInAnyOrder(
                        "agent",
                        "coordination",
                        "names",
                        "signal",
                        "subscription",
                        "state",
                        "dependency",
                        "sync",
                        "routing",
                        "workflow",
                        "machine");
    }
}

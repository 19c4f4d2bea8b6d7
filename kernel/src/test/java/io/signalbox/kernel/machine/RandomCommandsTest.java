package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.ring.DirectDriver;
import io.signalbox.kernel.ring.ReplayDriver;
import io.signalbox.kernel.signal.SignalLimits;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random commands, valid and not, on the machine and on a {@link NaiveKernel}; the seed is all there is of chance. */
class RandomCommandsTest {
    private static final int COMMANDS = 200;
    private static final double[] SCORES = {0, 0.25, 0.5, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY, -0.0};
    private static final long[] TIMEOUTS_NS = {0, 0, 3, 10, 50, Long.MAX_VALUE, -1};

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void shouldDoWhatTheNaiveKernelDoes(@ForAll final long seed) {
        new Trial(seed, COMMANDS).run();
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void shouldComeToTheSameDigestsFromTheSameSeed(@ForAll final long seed) {
        final Trial one = new Trial(seed, COMMANDS);
        final Trial two = new Trial(seed, COMMANDS);
        one.run();
        two.run();
        assertThat(one.digests).isEqualTo(two.digests);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void shouldReplayEveryPrefixToTheSameDigest(@ForAll final long seed) {
        final Trial trial = new Trial(seed, 40);
        trial.run();
        for (int length = 1; length <= trial.commands.size(); length++) {
            final CoordinationMachine machine = new CoordinationMachine(Trial.LIMITS);
            final ReplayDriver replay = new ReplayDriver(machine, "prefix of " + length);
            for (int i = 0; i < length; i++) {
                final byte[] command = trial.commands.get(i);
                replay.onCommand(i, command.clone(), 0, command.length);
            }
            assertThat(machine.stateDigest()).isEqualTo(trial.digests.get(length - 1));
        }
    }

    /** One seed. */
    private static final class Trial {
        static final MachineLimits LIMITS = new MachineLimits(
                64,
                16,
                NaiveKernel.SCOPES_MAX,
                NaiveKernel.WAITS_MAX,
                NaiveKernel.PAYLOAD_MAX,
                1,
                1024,
                1,
                1,
                4,
                16,
                16,
                SignalLimits.small());

        private final long seed;
        private final int count;
        private final Random random;
        private final CoordinationMachine machine = new CoordinationMachine(LIMITS);
        private final DirectDriver driver = new DirectDriver(machine);
        private final NaiveKernel naive = new NaiveKernel();
        private final List<Long> scopesSeen = new ArrayList<>(List.of(0L, 0L, 9L << 32 | 7));
        private final List<Long> waitsSeen = new ArrayList<>(List.of(-1L, 5L << 32 | 99));
        final List<byte[]> commands = new ArrayList<>();
        final List<Long> digests = new ArrayList<>();
        private long nowNs = 1000;

        Trial(final long seed, final int count) {
            this.seed = seed;
            this.count = count;
            random = new Random(seed);
        }

        void run() {
            for (int id = 1; id <= NaiveKernel.NAMES; id++) {
                final byte[] name = ("n" + id).getBytes(StandardCharsets.UTF_8);
                final SlotBuffer buffer = new SlotBuffer(Commands.internNameLength(name));
                Commands.encodeInternName(buffer, name);
                assertThat(apply(buffer)).isEqualTo(id);
            }
            for (int i = 0; i < count; i++) {
                nowNs += random.nextInt(6);
                pulseIfDue();
                final String what = "seed " + seed + ", command " + i;
                step(what);
                compare(what);
            }
        }

        private void pulseIfDue() {
            assertThat(machine.nextDeadlineNs()).as("seed %d", seed).isEqualTo(naive.nextDeadlineNs());
            if (machine.nextDeadlineNs() <= nowNs) {
                final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
                Commands.encodePulse(buffer);
                naive.pulse(nowNs);
                apply(buffer);
            }
        }

        private long apply(final SlotBuffer buffer) {
            final byte[] command = buffer.byteArray();
            final long answer = driver.apply(command, nowNs);
            commands.add(command);
            digests.add(machine.stateDigest());
            return answer;
        }

        private void expect(final String what, final long expected, final long answer) {
            if (expected == NaiveKernel.CHOSEN) {
                assertThat(answer).as(what).isPositive();
                naive.chosen(answer);
            } else {
                assertThat(answer).as(what).isEqualTo(expected);
            }
        }

        private int name() {
            return random.nextInt(12) == 0 ? random.nextInt(3) * 4 - 1 : 1 + random.nextInt(NaiveKernel.NAMES);
        }

        private int nameOrNone() {
            return random.nextBoolean() ? 0 : name();
        }

        private long scope() {
            return scopesSeen.get(random.nextInt(scopesSeen.size()));
        }

        private double score() {
            return SCORES[random.nextInt(SCORES.length)];
        }

        private long timeoutNs() {
            return TIMEOUTS_NS[random.nextInt(TIMEOUTS_NS.length)];
        }

        private void step(final String what) {
            switch (random.nextInt(12)) {
                case 0 -> open(what);
                case 1 -> close(what);
                case 2, 3 -> set(what);
                case 4 -> delete(what);
                case 5, 6 -> raise(what);
                case 7, 8, 9 -> declare(what);
                case 10 -> cancel(what);
                default -> board(what);
            }
        }

        private void open(final String what) {
            final String name = random.nextInt(10) == 0 ? "" : "c" + random.nextInt(5);
            final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            final SlotBuffer buffer = new SlotBuffer(Commands.openCoordinationLength(bytes));
            Commands.encodeOpenCoordination(buffer, bytes);
            final long answer = apply(buffer);
            expect(what, naive.open(name), answer);
            if (answer > 0) {
                scopesSeen.add(answer);
            }
        }

        private void close(final String what) {
            final long scope = scope();
            final SlotBuffer buffer = new SlotBuffer(Commands.CLOSE_COORDINATION_LENGTH);
            Commands.encodeCloseCoordination(buffer, scope);
            expect(what, naive.close(scope), apply(buffer));
        }

        private void set(final String what) {
            final long scope = scope();
            final int key = name();
            final int by = nameOrNone();
            final long expected = random.nextInt(4) - 1L;
            final String value = "v".repeat(random.nextInt(NaiveKernel.PAYLOAD_MAX + 2));
            final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            final SlotBuffer buffer = new SlotBuffer(Commands.setStateLength(bytes.length));
            Commands.encodeSetState(buffer, 0, 0, scope, key, 4, expected, by, bytes);
            expect(what, naive.set(scope, key, expected, by, value), apply(buffer));
        }

        private void delete(final String what) {
            final long scope = scope();
            final int key = name();
            final int by = nameOrNone();
            final long expected = random.nextInt(5) - 1L;
            final SlotBuffer buffer = new SlotBuffer(Commands.DELETE_STATE_LENGTH);
            Commands.encodeDeleteState(buffer, scope, key, expected, by);
            expect(what, naive.delete(scope, key, expected, by), apply(buffer));
        }

        private void raise(final String what) {
            final long scope = scope();
            final int type = name();
            final int sender = nameOrNone();
            final int subject = nameOrNone();
            final int completion = random.nextInt(8) == 0 ? 3 : random.nextInt(3);
            final double quality = random.nextBoolean() ? Double.NaN : score();
            final int awaits = random.nextInt(3) == 0 ? name() : 0;
            final long timeoutNs = timeoutNs();
            final byte[] payload = new byte[random.nextInt(NaiveKernel.PAYLOAD_MAX + 2)];
            final SlotBuffer buffer = new SlotBuffer(Commands.raiseSignalLength(payload.length));
            Commands.encodeRaiseSignal(
                    buffer,
                    0,
                    0,
                    scope,
                    type,
                    sender,
                    subject,
                    0,
                    completion,
                    quality,
                    awaits,
                    timeoutNs,
                    payload,
                    0,
                    payload.length);
            final long position = machine.appliedPosition() + 1;
            final long answer = apply(buffer);
            expect(
                    what,
                    naive.raise(
                            position,
                            nowNs,
                            scope,
                            type,
                            sender,
                            subject,
                            completion,
                            quality,
                            awaits,
                            timeoutNs,
                            payload.length),
                    answer);
            noteWait(answer);
        }

        private void declare(final String what) {
            final long scope = scope();
            final int kind = random.nextInt(12) == 0 ? random.nextInt(3) * 4 : 1 + random.nextInt(3);
            final int flags = random.nextInt(10) == 0 ? 4 : random.nextInt(4);
            final int owner = nameOrNone();
            final int target = name();
            final long after = random.nextInt(3) == 0 ? machine.appliedPosition() - 3 : -1;
            final long timeoutNs = timeoutNs();
            final double threshold = score();
            final SlotBuffer buffer = new SlotBuffer(Commands.DECLARE_DEPENDENCY_LENGTH);
            Commands.encodeDeclareDependency(buffer, scope, kind, flags, owner, target, after, timeoutNs, threshold);
            final long answer = apply(buffer);
            expect(what, naive.declare(nowNs, scope, kind, flags, owner, target, after, timeoutNs, threshold), answer);
            noteWait(answer);
        }

        private void noteWait(final long answer) {
            if (answer > 0) {
                waitsSeen.add(answer);
            }
        }

        private void cancel(final String what) {
            final long wait = waitsSeen.get(random.nextInt(waitsSeen.size()));
            final SlotBuffer buffer = new SlotBuffer(Commands.CANCEL_DEPENDENCY_LENGTH);
            Commands.encodeCancelDependency(buffer, 0, wait);
            expect(what, naive.cancel(wait), apply(buffer));
        }

        private void board(final String what) {
            final long scope = scope();
            final int target = name();
            final boolean yes = random.nextBoolean();
            if (random.nextBoolean()) {
                final SlotBuffer buffer = new SlotBuffer(Commands.MARK_RESOURCE_LENGTH);
                Commands.encodeMarkResource(buffer, scope, target, yes);
                expect(what, naive.mark(scope, target, yes), apply(buffer));
            } else {
                final boolean failed = yes && random.nextBoolean();
                final double score = score();
                final SlotBuffer buffer = new SlotBuffer(Commands.SCORE_GATE_LENGTH);
                Commands.encodeScoreGate(buffer, scope, target, failed, score);
                expect(what, naive.score(scope, target, failed, score), apply(buffer));
            }
        }

        private void compare(final String what) {
            assertThat(machine.dependencies().pending()).as(what).isEqualTo((int) naive.pending());
            naive.waits.forEach((handle, wait) -> assertThat(
                            DependencyState.of(machine.cells().outcome(handle.intValue(), (int) (handle >>> 32)))
                                    .name())
                    .as("%s, wait %x", what, handle)
                    .isEqualTo(wait.state));
            assertThat(machine.coordinations().open()).as(what).isEqualTo(naive.scopes.size() - 1);
            naive.scopes.forEach((handle, scope) -> {
                final StateSnapshot snapshot = machine.states().snapshot(handle);
                assertThat(snapshot.version()).as(what).isEqualTo(scope.version);
                assertThat(snapshot.values().size()).as(what).isEqualTo(scope.values.size());
                scope.values.forEach((key, value) -> {
                    assertThat(snapshot.get(key).text()).as(what).isEqualTo(value);
                    assertThat(snapshot.get(key).version()).as(what).isEqualTo(scope.versions.get(key));
                });
                assertThat(machine.signals().raised(handle.intValue())).as(what).isEqualTo(scope.raised);
            });
        }
    }
}

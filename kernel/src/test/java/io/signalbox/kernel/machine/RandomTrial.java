package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.ring.DirectDriver;
import io.signalbox.kernel.state.StateLimits;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.subscription.SubscriptionLimits;
import io.signalbox.kernel.sync.SyncLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One seed: random commands of every room, one after the other, on the machine and on the {@link NaiveKernel}. */
final class RandomTrial {
    static final MachineLimits LIMITS = MachineLimits.small()
            .withNamesMax(64)
            .withNameLengthMax(NaiveKernel.NAME_LENGTH_MAX)
            .withCoordinationsMax(NaiveKernel.SCOPES_MAX)
            .withDependenciesMax(NaiveKernel.WAITS_MAX)
            .withPayloadLengthMax(NaiveKernel.PAYLOAD_MAX)
            .withDefinitionsMax(1)
            .withDefinitionLengthMax(1024)
            .withRunsMax(1)
            .withUploadsMax(1)
            .withClientsMax(4)
            .withDeferredMax(16)
            .withTailCapacity(16)
            .withSubscriptions(new SubscriptionLimits(
                    NaiveSubscriptions.OPEN_MAX, NaiveSubscriptions.OUTSTANDING_MAX, NaiveSubscriptions.BYTES_MAX))
            .withSignals(NaiveSignals.LIMITS)
            .withAgentsMax(NaiveAgents.AGENTS_MAX)
            .withDecisionsMax(NaiveRoutings.DECISIONS_MAX)
            .withRoutedTasksMax(NaiveRoutings.TASKS_MAX)
            .withStates(new StateLimits(
                    NaiveState.KEYS_MAX, NaiveState.BYTES_MAX, NaiveState.VERSIONS_MAX, NaiveState.VERSION_BYTES_MAX))
            .withSync(new SyncLimits(NaiveSyncs.OBJECTS_MAX, NaiveSyncs.PARTIES_MAX, NaiveLeases.LEASES_MAX));

    /** Commands are about these names most of the time, so that they meet. */
    private static final int NAMES_USUAL = 6;

    private static final double[] SCORES = {0, 0.25, 0.5, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY, -0.0};
    private static final long[] LIMITS_NS = {Long.MAX_VALUE, Long.MAX_VALUE, 3, 10, 50, 0, -1};
    private static final long[] TIMEOUTS_NS = {0, 0, 3, 10, 50, Long.MAX_VALUE, -1};

    final Random random;
    final CoordinationMachine machine = new CoordinationMachine(LIMITS);
    final NaiveKernel naive = new NaiveKernel();

    /** Every command so far, and the state digest behind it. */
    final List<byte[]> commands = new ArrayList<>();

    final List<Long> digests = new ArrayList<>();

    private final long seed;
    private final int count;
    private final DirectDriver driver = new DirectDriver(machine);
    private final List<Long> scopesSeen = new ArrayList<>(List.of(0L, 0L, 9L << 32 | 7));
    private final List<Long> waitsSeen = new ArrayList<>(List.of(-1L, 5L << 32 | 99));
    private final List<RandomRoom> rooms = List.of(
            new RandomCoordinations(this),
            new RandomStates(this),
            new RandomSignals(this),
            new RandomSubscriptions(this),
            new RandomDependencies(this),
            new RandomSyncs(this),
            new RandomLeases(this),
            new RandomRoutings(this),
            new RandomAgents(this));
    private long nowNs = 1000;

    RandomTrial(final long seed, final int count) {
        this.seed = seed;
        this.count = count;
        random = new Random(seed);
    }

    void run() {
        for (int id = 1; id <= NaiveKernel.NAMES.size(); id++) {
            final byte[] name = NaiveKernel.NAMES.get(id - 1).getBytes(StandardCharsets.UTF_8);
            assertThat(apply(new MachineCommands.InternName().with(name))).isEqualTo(id);
        }
        final List<RandomRoom> turns = new ArrayList<>();
        for (final RandomRoom room : rooms) {
            for (int i = 0; i < room.weight(); i++) {
                turns.add(room);
            }
        }
        for (int i = 0; i < count; i++) {
            nowNs += random.nextInt(6);
            naive.nowNs = nowNs;
            pulseIfDue();
            final String what = "seed " + seed + ", command " + i;
            turns.get(random.nextInt(turns.size())).step(what);
            rooms.forEach(room -> room.compare(what));
        }
    }

    private void pulseIfDue() {
        assertThat(machine.nextDeadlineNs()).as("seed %d", seed).isEqualTo(naive.nextDeadlineNs());
        if (machine.nextDeadlineNs() <= nowNs) {
            final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodePulse(buffer);
            naive.position = nextPosition();
            naive.pulse();
            apply(buffer);
        }
    }

    /** The machine's answer. */
    long apply(final Request request) {
        final SlotBuffer buffer = new SlotBuffer(request.length());
        request.encode(buffer, 0, 0);
        naive.position = nextPosition();
        return apply(buffer);
    }

    private long apply(final SlotBuffer buffer) {
        final byte[] command = buffer.byteArray();
        final long answer = driver.apply(command, nowNs);
        commands.add(command);
        digests.add(machine.stateDigest());
        return answer;
    }

    /** The naive kernel's answer against the machine's. */
    void expect(final String what, final long expected, final long answer) {
        if (expected == NaiveKernel.CHOSEN) {
            assertThat(answer).as(what).isPositive();
            naive.chosen(answer);
        } else {
            assertThat(answer).as(what).isEqualTo(expected);
        }
        naive.follow();
    }

    long nowNs() {
        return nowNs;
    }

    /** Position that the next command gets. */
    long nextPosition() {
        return machine.appliedPosition() + 1;
    }

    /** The name with this id; names that are never interned have none, so nobody finds anything under them. */
    static String nameOf(final int id) {
        return id <= NaiveKernel.NAMES.size() ? NaiveKernel.NAMES.get(id - 1) : "unnamed" + id;
    }

    int name() {
        final int usual = random.nextInt(12) == 0 ? NaiveKernel.NAMES.size() : NAMES_USUAL;
        return random.nextInt(12) == 0 ? random.nextInt(3) * 40 - 1 : 1 + random.nextInt(usual);
    }

    int nameOrNone() {
        return random.nextBoolean() ? 0 : name();
    }

    /** Handle of a scope: the kernel's, one that is or was open, or one that never was. */
    long scope() {
        return scopesSeen.get(random.nextInt(scopesSeen.size()));
    }

    void noteScope(final long handle) {
        scopesSeen.add(handle);
    }

    /** Handle of a wait: one that is pending, has ended, has lost its place, or never was. */
    long waiting() {
        return waitsSeen.get(random.nextInt(waitsSeen.size()));
    }

    /** An answer that is the handle of a wait, when it is positive. */
    void noteWait(final long answer) {
        if (answer > 0) {
            waitsSeen.add(answer);
        }
    }

    double score() {
        return SCORES[random.nextInt(SCORES.length)];
    }

    /** A limit of time that has to be above 0. */
    long limitNs() {
        return LIMITS_NS[random.nextInt(LIMITS_NS.length)];
    }

    long timeoutNs() {
        return TIMEOUTS_NS[random.nextInt(TIMEOUTS_NS.length)];
    }
}

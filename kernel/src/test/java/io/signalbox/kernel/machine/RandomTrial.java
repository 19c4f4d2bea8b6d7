package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.context.ContextLimits;
import io.signalbox.kernel.state.StateLimits;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.subscription.SubscriptionLimits;
import io.signalbox.kernel.sync.SyncLimits;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One seed: random commands of every room, one after the other, on the machine and on the {@link NaiveKernel}. */
final class RandomTrial {
    static final MachineLimits LIMITS = MachineLimits.small()
            .withNamesMax(64)
            .withNameLengthMax(NaiveKernel.NAME_LENGTH_MAX)
            .withCoordinationsMax(NaiveKernel.SCOPES_MAX)
            .withDependenciesMax(NaiveKernel.WAITS_MAX)
            .withPayloadLengthMax(NaiveKernel.PAYLOAD_MAX)
            .withDefinitionsMax(NaiveWorkflows.DEFINITIONS_MAX)
            .withDefinitionLengthMax(NaiveWorkflows.DEFINITION_LENGTH_MAX)
            .withRunsMax(NaiveWorkflows.RUNS_MAX)
            .withRunDepthMax(NaiveWorkflows.RUN_DEPTH_MAX)
            .withUploadsMax(NaiveWorkflows.UPLOADS_MAX)
            .withClientsMax(RandomClients.CLIENTS_MAX)
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
            .withContexts(new ContextLimits(
                    NaiveContexts.CONTEXTS_MAX, NaiveContexts.DOCUMENT_MAX, 1 << 20, NaiveContexts.VERSIONS_MAX))
            .withSync(new SyncLimits(NaiveSyncs.OBJECTS_MAX, NaiveSyncs.PARTIES_MAX, NaiveLeases.LEASES_MAX));

    /** Commands are about these names most of the time, so that they meet. */
    private static final int NAMES_USUAL = 6;

    private static final double[] SCORES = {0, 0.25, 0.5, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY, -0.0};
    private static final long[] LIMITS_NS = {Long.MAX_VALUE, Long.MAX_VALUE, 3, 10, 50, 0, -1};
    private static final long[] TIMEOUTS_NS = {0, 0, 3, 10, 50, Long.MAX_VALUE, -1};

    /** Turns that one command and what it leads to may take. */
    private static final int CONTINUES_MAX = 10_000;

    /** Handles at the head of the lists of those that were seen: they stay. */
    private static final int NEVER_OPENED = 3;

    final Random random;
    final CoordinationMachine machine;
    final NaiveKernel naive;

    final RandomClients clients = new RandomClients(this);

    /** How often each command was asked, and how often it was not refused. */
    final Map<CommandType, Integer> asked = new EnumMap<>(CommandType.class);

    final Map<CommandType, Integer> accepted = new EnumMap<>(CommandType.class);

    private final long seed;
    private final int count;
    private final int compareEvery;
    private final Witness witness;
    private final CommandView view = new CommandView();
    private final List<Long> scopesSeen = new ArrayList<>(List.of(0L, 0L, 9L << 32 | 7));
    private final List<Long> waitsSeen = new ArrayList<>(List.of(-1L, 5L << 32 | 99));
    private final List<RandomRoom> turns = new ArrayList<>();
    private final List<RandomRoom> rooms;
    private long nowNs = 1000;

    /** Those of a trial whose tables hold so many times as much as the smallest. */
    static MachineLimits limits(final int times) {
        return LIMITS.withCoordinationsMax(NaiveKernel.SCOPES_MAX * times)
                .withDependenciesMax(NaiveKernel.WAITS_MAX * times)
                .withDefinitionsMax(NaiveWorkflows.DEFINITIONS_MAX * times)
                .withRunsMax(NaiveWorkflows.RUNS_MAX * times)
                .withUploadsMax(NaiveWorkflows.UPLOADS_MAX * times)
                .withAgentsMax(NaiveAgents.AGENTS_MAX * times)
                .withDecisionsMax(NaiveRoutings.DECISIONS_MAX * times)
                .withRoutedTasksMax(NaiveRoutings.TASKS_MAX * times)
                .withStates(new StateLimits(
                        NaiveState.KEYS_MAX * times,
                        NaiveState.BYTES_MAX * times,
                        NaiveState.VERSIONS_MAX * times,
                        NaiveState.VERSION_BYTES_MAX * times))
                .withSync(new SyncLimits(
                        NaiveSyncs.OBJECTS_MAX * times, NaiveSyncs.PARTIES_MAX, NaiveLeases.LEASES_MAX * times));
    }

    /** Compares after every command. */
    RandomTrial(final long seed, final int count, final Witness witness) {
        this(seed, 1, count, 1, witness);
    }

    /**
     * Answers are always compared, what is remembered after every {@code compareEvery} commands. The tables hold {@code times} as
     * much as the smallest.
     */
    RandomTrial(final long seed, final int times, final int count, final int compareEvery, final Witness witness) {
        machine = new CoordinationMachine(limits(times));
        naive = new NaiveKernel(times);
        this.seed = seed;
        this.count = count;
        this.compareEvery = compareEvery;
        this.witness = witness;
        random = new Random(seed);
        rooms = List.of(
                new RandomCoordinations(this),
                new RandomStates(this),
                new RandomSignals(this),
                new RandomSubscriptions(this),
                new RandomDependencies(this),
                new RandomSyncs(this),
                new RandomLeases(this),
                new RandomRoutings(this),
                new RandomAgents(this),
                new RandomContexts(this),
                new RandomWorkflows(this),
                new RandomMachine(this));
    }

    void run() {
        for (int id = 1; id <= NaiveKernel.NAMES.size(); id++) {
            final byte[] name = NaiveKernel.NAMES.get(id - 1).getBytes(StandardCharsets.UTF_8);
            final long answer = apply(new MachineCommands.InternName().with(name));
            assertThat(answer).isEqualTo(id);
            expect("name " + id, naive.names.intern(nameOf(id)), answer);
        }
        for (final RandomRoom room : rooms) {
            for (int i = 0; i < room.weight(); i++) {
                turns.add(room);
            }
        }
        goOn(count);
    }

    /** So many more commands. */
    void goOn(final int more) {
        for (int i = 0; i < more; i++) {
            nowNs += random.nextInt(6);
            naive.nowNs = nowNs;
            pulseIfDue();
            final String what = "seed " + seed + ", command " + i;
            turns.get(random.nextInt(turns.size())).step(what);
            if (i % compareEvery == 0 || i == more - 1) {
                rooms.forEach(room -> room.compare(what));
            }
        }
    }

    private void pulseIfDue() {
        assertThat(machine.nextDeadlineNs()).as("seed %d", seed).isEqualTo(naive.nextDeadlineNs());
        if (machine.nextDeadlineNs() <= nowNs) {
            pulse();
        }
    }

    void pulse() {
        final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
        Commands.encodePulse(buffer);
        naive.position = nextPosition();
        naive.pulse();
        apply(buffer);
    }

    /** The machine's answer. */
    long apply(final Request request) {
        final SlotBuffer buffer = new SlotBuffer(request.length());
        final long client = clients.next();
        request.encode(buffer, client, clients.nextSequence(client));
        final long answer = apply(buffer);
        clients.answered(client, buffer, answer);
        return answer;
    }

    /** As {@link #apply(Request)}, of a command that is encoded already. */
    long apply(final SlotBuffer buffer) {
        final long answer = repeat(buffer);
        if (answer >= 0) {
            naive.coordinations.heard(buffer.getLong(CommandView.BLOCK_OFFSET + 32, ByteOrder.LITTLE_ENDIAN));
        }
        return answer;
    }

    /** As {@link #apply(SlotBuffer)}, of a command that is only answered again. */
    long repeat(final SlotBuffer buffer) {
        final long position = nextPosition();
        naive.position = position;
        long answer = turn(buffer.byteArray(), position, Long.MIN_VALUE);
        final CommandType type = view.type();
        while (machine.hasBacklog()) {
            assertThat(nextPosition() - position).as("turns of one command").isLessThan(CONTINUES_MAX);
            final SlotBuffer goOn = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodeContinue(goOn);
            answer = turn(goOn.byteArray(), position, answer);
        }
        asked.merge(type, 1, Integer::sum);
        if (answer >= 0) {
            accepted.merge(type, 1, Integer::sum);
        }
        return answer;
    }

    /** The answer to the command of a position, if this turn gives it, else what is known of it. */
    private long turn(final byte[] command, final long awaited, final long known) {
        view.wrap(command, 0, command.length).stamp(nextPosition(), nowNs);
        machine.apply(view);
        machine.releaseOutcomes();
        witness.applied(machine, command);
        final Answers answers = machine.answers();
        for (int i = 0; i < answers.count(); i++) {
            if (answers.position(i) == awaited) {
                return answers.answer(i);
            }
        }
        return known;
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

    /** Time passes. */
    void later(final long ns) {
        nowNs += ns;
        naive.nowNs = nowNs;
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
        return random.nextInt(12) == 0 ? random.nextInt(3) * 1000 - 1 : 1 + random.nextInt(usual);
    }

    int nameOrNone() {
        return random.nextBoolean() ? 0 : name();
    }

    /** Handle of a scope: the kernel's, one that is or was open, or one that never was. */
    long scope() {
        return random.nextInt(4) == 0 ? oneOf(scopesSeen) : oneOf(List.copyOf(naive.scopes));
    }

    private <T> T oneOf(final List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    void noteScope(final long handle) {
        note(scopesSeen, handle, NaiveKernel.SCOPES_MAX * 2);
    }

    /** The last handles are kept: those that are alive are among them. */
    private void note(final List<Long> seen, final long handle, final int countMax) {
        seen.add(handle);
        if (seen.size() > NEVER_OPENED + naive.sized(countMax)) {
            seen.remove(NEVER_OPENED);
        }
    }

    /** Handle of a wait: one that is pending, has ended, has lost its place, or never was. */
    long waiting() {
        final List<Long> pending = naive.dependencies.pendingHandles();
        return pending.isEmpty() || random.nextBoolean() ? oneOf(waitsSeen) : oneOf(pending);
    }

    /** An answer that is the handle of a wait, when it is positive. */
    void noteWait(final long answer) {
        if (answer > 0) {
            note(waitsSeen, answer, NaiveKernel.WAITS_MAX * 3);
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

package io.signalbox.bench;

import java.util.List;

/** Every row that can be run. Baselines get rows of their own from the forks that ran beside the subjects. */
final class Catalogue {
    static final List<String> DISRUPTORS =
            List.of("disruptor.pingpong.barrier", "disruptor.pingpong.poller", "disruptor.pingpong.batch");
    static final List<String> QUEUES = List.of("ring.transferQueue", "ring.blockingQueue", "ring.synchronousQueue");

    static final List<String> SENDS = List.of("kernel.send.empty");

    static final List<String> FUTURES = List.of("graph.futures.forkJoin", "graph.futures.fixed");

    private static final String ROUND_TRIP = "ns per round trip";
    private static final String PER_HOP = "ns per hop";
    private static final String PER_STEP = "ns per step";

    static final List<Row> ROWS = List.of(
            new Row(
                    "signal.wake.spin",
                    "Kernel, CALLER, busy-spin waiters: typed signal, subscription and declared wait each way",
                    ROUND_TRIP,
                    "kernel.caller.spin",
                    DISRUPTORS,
                    1.2,
                    true),
            new Row(
                    "signal.wake.spin.lowLatency",
                    "The same with lowLatency(): a dedicated writer that spins beside two waiters that spin",
                    ROUND_TRIP,
                    "kernel.lowLatency",
                    DISRUPTORS,
                    null,
                    true),
            new Row(
                    "signal.wake.64agents",
                    "Kernel, standard(): token round 64 agents, typed signal and declared wait at each hop",
                    PER_HOP,
                    "ring.kernel",
                    QUEUES,
                    2.5,
                    true),
            new Row(
                    "signal.wake.64agents.lowLatency",
                    "The same with the dedicated writer of lowLatency(); the waiters may park, they outnumber the cores",
                    PER_HOP,
                    "ring.kernel.lowLatency",
                    QUEUES,
                    null,
                    true),
            new Row(
                    "signal.history.cost",
                    "A send into a session that holds 100,000 signals and more, beside one into an almost empty session",
                    "ns per send",
                    "kernel.send.full",
                    SENDS,
                    1.2,
                    true),
            new Row(
                    "dag.100k",
                    "Kernel, MEMORY: 100,000 no-op steps of a random graph, in-process workers on a fork-join pool",
                    PER_STEP,
                    "graph.kernel.forkJoin",
                    FUTURES,
                    3.0,
                    true),
            new Row(
                    "dag.100k.journaled",
                    "The same, JOURNALED: each step's end is in the journal before what needs it starts",
                    PER_STEP,
                    "graph.kernel.journaled",
                    FUTURES,
                    6.0,
                    true),
            new Row(
                    "signal.wake.measured",
                    "The same with metrics on, beside the same without: two signals, answers, waits and deliveries measured",
                    ROUND_TRIP,
                    "kernel.caller.spin.measured",
                    List.of("kernel.caller.spin"),
                    null,
                    false),
            new Row(
                    "volatile.hop",
                    "Two cells, release and acquire, bare loops: the physical limit of a round trip",
                    ROUND_TRIP,
                    "volatile.hop",
                    DISRUPTORS,
                    null,
                    true),
            new Row(
                    "peer.lock",
                    "ReentrantLock and Condition, round trip",
                    ROUND_TRIP,
                    "lock.pingpong",
                    DISRUPTORS,
                    null,
                    false),
            new Row(
                    "method.spin",
                    "The baseline against itself: what the method reports when nothing differs",
                    ROUND_TRIP,
                    Bench.BASELINE_ITSELF,
                    DISRUPTORS,
                    null,
                    false),
            new Row(
                    "method.64agents",
                    "The baseline of the token ring against itself",
                    PER_HOP,
                    Bench.BASELINE_ITSELF,
                    QUEUES,
                    null,
                    false));

    /**
     * The least warm-up of a pair with this subject. Two kernel threads that spin without end on two cores leave the compiler no core of
     * its own: after 0.7 s whole forks still ran uncompiled code (5 to 18 us a round trip instead of 2.6).
     */
    static long warmUpLeastMs(final String subject) {
        if (subject.startsWith("graph.")) {
            return GRAPH_WARM_UP_MS;
        }
        return subject.equals("kernel.caller.spin") ? 2_500 : 0;
    }

    private static final long GRAPH_WARM_UP_MS = 4_000;

    private Catalogue() {}

    /** What a baseline's own row says. */
    static String describe(final String subject) {
        return switch (subject) {
            case "disruptor.pingpong.barrier" -> "Bare Disruptor, two rings, both sides busy-spin on a barrier";
            case "disruptor.pingpong.poller" -> "Bare Disruptor, two rings, both sides poll in a bare loop";
            case "disruptor.pingpong.batch" -> "Bare Disruptor, two rings, busy-spin, served by a batch processor";
            case "kernel.caller.spin" -> "Kernel, CALLER, busy-spin waiters, metrics off";
            case "ring.transferQueue" -> "Token round 64 agents, a LinkedTransferQueue before each";
            case "ring.blockingQueue" -> "Token round 64 agents, a LinkedBlockingQueue before each";
            case "ring.synchronousQueue" -> "Token round 64 agents, a SynchronousQueue before each";
            case "graph.futures.forkJoin" -> "100,000 no-op steps, a CompletableFuture each, on a fork-join pool";
            case "graph.futures.fixed" -> "100,000 no-op steps, a CompletableFuture each, on a fixed pool of threads";
            case "kernel.send.empty" -> "Kernel, standard(): a send into a session that holds at most 1,024 signals";
            default -> subject;
        };
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.metrics.Counter;
import io.signalbox.kernel.metrics.MetricNames;
import io.signalbox.kernel.metrics.Timing;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutedDecision;
import io.signalbox.kernel.routing.RouterOpinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingSettings;
import io.signalbox.kernel.routing.RoutingStats;
import io.signalbox.kernel.routing.RoutingStrategy;
import io.signalbox.kernel.routing.Verdict;
import io.signalbox.kernel.routing.router.Router;
import io.signalbox.kernel.routing.router.RoutingContext;
import io.signalbox.kernel.routing.router.RoutingState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Decides about the tasks of one coordination: asks the routers on the calling thread, then has the kernel consolidate and record their
 * opinions, in one command. Any thread.
 *
 * <p>Retries are counted by the kernel for each task, whoever asks and with whichever routers; the history and the statistics are the
 * coordination's too. What belongs to this object is the set of routers.
 */
public final class SmartRoutingOrchestrator {
    private static final byte[] NOTHING = {};
    private static final RouterOpinion NOBODY = new RouterOpinion("", RoutingStrategy.PRIORITY, 0, Opinion.none());

    private final Kernel kernel;
    private final long coordination;
    private final ToIntFunction<String> nameIds;
    private final Timing decisionTime;
    private final Counter decisions;
    private volatile Asked asked;

    SmartRoutingOrchestrator(final Kernel kernel, final long coordination, final Routing routing) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.nameIds = kernel::nameId;
        this.asked = new Asked(routing, null);
        final boolean isMeasured = kernel.metrics().config().measuresKernel();
        decisionTime = isMeasured ? kernel.metrics().timing(MetricNames.ROUTING_DECISION_TIME) : null;
        decisions = isMeasured ? kernel.metrics().counter(MetricNames.ROUTING_DECISIONS_COUNT) : null;
    }

    /** The routers and settings as they are now. */
    public Routing routing() {
        return asked.routing;
    }

    /** A set of routers, and the ids of their names once they are known. */
    private static final class Asked {
        final Routing routing;
        final int[] names;

        Asked(final Routing routing, final int[] names) {
            this.routing = routing;
            this.names = names;
        }
    }

    private Asked asked() {
        final Asked known = asked;
        if (known.names != null) {
            return known;
        }
        final int[] names = known.routing.routers().stream()
                .mapToInt(router -> kernel.nameId(router.name()))
                .toArray();
        final Asked named = new Asked(known.routing, names);
        synchronized (this) {
            if (asked == known) {
                asked = named;
            }
        }
        return named;
    }

    /**
     * Ask one router more from now on, or this one in place of the one of its name.
     *
     * @throws io.signalbox.kernel.routing.router.InvalidRouterException when there are too many.
     */
    public synchronized void addRouter(final Router router) {
        asked = new Asked(asked.routing.with(router), null);
    }

    /** Ask the router of this name no longer. Whether there was one. */
    public synchronized boolean removeRouter(final String name) {
        final Routing before = asked.routing;
        asked = new Asked(before.without(name), null);
        return asked.routing.routers().size() < before.routers().size();
    }

    /** The coordination's own state as it is now, as routers see it. */
    public RoutingState state() {
        return new SnapshotState(kernel, kernel.machine().states().snapshot(coordination));
    }

    /** Decide about a task by the coordination's own state as it is now. */
    public RoutingResult route(final String currentTask) {
        return route(RoutingContext.of(currentTask));
    }

    /** Decide about a task by the coordination's own state as it is now. */
    public RoutingResult route(final RoutingContext context) {
        return route(state(), context);
    }

    /** Decide about a task by what a map says. */
    public RoutingResult route(final Map<String, ?> state, final String currentTask) {
        return route(RoutingState.of(state), RoutingContext.of(currentTask));
    }

    /** Decide about a task by what a map says. */
    public RoutingResult route(final Map<String, ?> state, final RoutingContext context) {
        return route(RoutingState.of(state), context);
    }

    /**
     * Decide about a task.
     *
     * @throws CommandRefusedException when the task's name is empty or too long, the coordination is closed, or a table is full.
     * @throws KernelHaltedException when the kernel is closed or has halted.
     */
    public RoutingResult route(final RoutingState state, final RoutingContext context) {
        final long startNs = System.nanoTime();
        final Asked now = asked();
        final List<Router> routers = now.routing.routers();
        final RouterOpinion[] opinions = new RouterOpinion[routers.size()];
        for (int i = 0; i < opinions.length; i++) {
            opinions[i] = ask(routers.get(i), context, state);
        }
        final long routingTimeNs = Math.max(0, System.nanoTime() - startNs);
        final long verdict = record(context, state.version(), now, opinions, routingTimeNs);
        if (decisions != null) {
            decisionTime.record(routingTimeNs);
            decisions.increment();
        }
        return Verdict.given(verdict) == 0
                ? result(context.currentTask(), verdict, List.of(opinions), routingTimeNs)
                : resultWithGiven(context.currentTask(), verdict, List.of(opinions), routingTimeNs);
    }

    private static RouterOpinion ask(final Router router, final RoutingContext context, final RoutingState state) {
        Opinion opinion;
        try {
            opinion = router.evaluate(context, state);
            if (opinion == null) {
                opinion = Opinion.failed("it gave no opinion");
            }
        } catch (final RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            opinion = Opinion.failed(e.toString());
        }
        return new RouterOpinion(router.name(), router.strategy(), router.weight(), opinion);
    }

    private long record(
            final RoutingContext context,
            final long stateVersion,
            final Asked now,
            final RouterOpinion[] opinions,
            final long routingTimeNs) {
        final int task = kernel.nameId(context.currentTask());
        final RoutingIngress ingress = kernel.ingress().routings();
        ingress.writer().clear();
        for (int i = 0; i < opinions.length; i++) {
            ingress.writer().add(opinions[i], now.names[i], nameIds);
        }
        final RoutingSettings settings = now.routing.settings();
        final String correlation = context.correlationId();
        return kernel.answerOrThrow(ingress.submit(ingress.decision(coordination, task)
                .policy(
                        settings.consolidation().code(),
                        settings.failingRouter().code())
                .retries(settings.retriesMax(), settings.whenExhausted().code())
                .retryCount(context.retryCount())
                .executionTimeMs(context.executionTimeMs())
                .stateVersion(stateVersion)
                .routingTimeNs(routingTimeNs)
                .correlation(correlation.isEmpty() ? NOTHING : correlation.getBytes(StandardCharsets.UTF_8))));
    }

    private static RoutingResult result(
            final String task, final long verdict, final List<RouterOpinion> opinions, final long routingTimeNs) {
        final int winner = Verdict.winner(verdict);
        return new RoutingResult(
                task,
                Verdict.number(verdict),
                Verdict.decision(verdict),
                winner == Verdict.NOBODY ? NOBODY : opinions.get(winner),
                Verdict.retries(verdict),
                Verdict.isExhausted(verdict),
                opinions,
                routingTimeNs);
    }

    /** Opinions given beforehand stand in the history only. */
    private RoutingResult resultWithGiven(
            final String task, final long verdict, final List<RouterOpinion> own, final long routingTimeNs) {
        final RoutedDecision decision =
                kernel.query(() -> kernel.machine().routings().decision(coordination, Verdict.number(verdict)));
        if (decision != null) {
            return result(task, verdict, decision.opinions(kernel::name), routingTimeNs);
        }
        if (Verdict.winner(verdict) < own.size() || Verdict.winner(verdict) == Verdict.NOBODY) {
            return result(task, verdict, own, routingTimeNs);
        }
        final RoutingDecision decided = Verdict.decision(verdict);
        final RouterOpinion forgotten = new RouterOpinion(
                "", RoutingStrategy.CUSTOM, 0, Opinion.of(decided, 0, "given beforehand and no longer kept"));
        return new RoutingResult(
                task,
                Verdict.number(verdict),
                decided,
                forgotten,
                Verdict.retries(verdict),
                Verdict.isExhausted(verdict),
                own,
                routingTimeNs);
    }

    /**
     * Leave an opinion for the next decision about a task: for routers that work elsewhere or take long. A later one of the same router
     * takes its place. The receipt's value says how many wait then.
     */
    public Receipt giveOpinion(final String task, final Router router, final Opinion opinion) {
        final int taskId = kernel.nameId(task);
        final Ingress ingress = kernel.ingress();
        ingress.routings()
                .writer()
                .clear()
                .add(new RouterOpinion(router.name(), router.strategy(), router.weight(), opinion), nameIds);
        return kernel.receipt(ingress, ingress.routings().give(coordination, taskId));
    }

    /** End a task's row of retries: it may be tried again as often as at first. The receipt's value says how many there were. */
    public Receipt resetRetries(final String task) {
        final int taskId = kernel.nameId(task);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.routings().resetRetries(coordination, taskId));
    }

    /** The retries of a task in a row. Asked between two turns. */
    public int retries(final String task) {
        final int taskId = kernel.nameId(task);
        return kernel.query(() -> kernel.machine().routings().retries(coordination, taskId));
    }

    /**
     * Decisions of this coordination that are still kept, the newest first. Asked between two turns.
     *
     * @param limit 0 or more.
     */
    public List<RoutingHistoryRecord> getHistory(final int limit) {
        return history(0, limit);
    }

    /**
     * Decisions about one task that are still kept, the newest first. Asked between two turns.
     *
     * @param limit 0 or more.
     */
    public List<RoutingHistoryRecord> getHistory(final String task, final int limit) {
        return history(kernel.nameId(task), limit);
    }

    private List<RoutingHistoryRecord> history(final int task, final int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must be 0 or more: " + limit);
        }
        final CoordinationMachine machine = kernel.machine();
        return kernel.query(() -> machine.routings().history(coordination, task, limit)).stream()
                .map(this::toRecord)
                .toList();
    }

    private RoutingHistoryRecord toRecord(final RoutedDecision decision) {
        return new RoutingHistoryRecord(
                decision.factId(),
                decision.timestampNs(),
                result(
                        kernel.name(decision.task()),
                        decision.verdict(),
                        decision.opinions(kernel::name),
                        decision.routingTimeNs()),
                decision.policy(),
                decision.executionTimeMs(),
                decision.retryCount(),
                decision.stateVersion(),
                new String(decision.correlation(), StandardCharsets.UTF_8));
    }

    /** What was decided in this coordination since it was opened. Asked between two turns. */
    public RoutingStats getStats() {
        return kernel.query(() -> kernel.machine().routings().stats(coordination));
    }

    /** Forget the decisions of this coordination; retry counts and statistics stay. */
    public Receipt clearHistory() {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.routings().clear(coordination));
    }
}

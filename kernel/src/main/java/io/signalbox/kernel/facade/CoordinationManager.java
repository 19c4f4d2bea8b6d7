package io.signalbox.kernel.facade;

import io.signalbox.kernel.AgentContext;
import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.CoordinationTerms;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Routing;
import io.signalbox.kernel.SignalReceipt;
import io.signalbox.kernel.coordination.CoordinationSnapshot;
import io.signalbox.kernel.event.Rejection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Everything that coordinates agents, in one place and in the words of the guides. It holds nothing itself: every session is the
 * kernel's, so a manager may be made anew at any time, and several may serve one kernel. Any thread.
 *
 * <pre>{@code
 * CoordinationManager manager = new CoordinationManager(kernel);
 * CoordinationResult result = manager.coordinateWorkflow(
 *         "codegen",
 *         AgentAssignments.of()
 *                 .agent("model_gen", Assignment.of("Generate models"))
 *                 .agent("test_gen", Assignment.of("Generate tests").dependencies("model_gen")),
 *         turn -> AgentResult.of("done by " + turn.agentId(), 0.95));
 * }</pre>
 */
public final class CoordinationManager {
    /** How long a session stays open that nobody closes and in which nothing is asked any more: an hour. */
    public static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private static final double NS_PER_MS = 1e6;
    private static final int RANDOM_DIGITS = 8;

    private final Kernel kernel;
    private final Routing routing;
    private final Duration timeToLive;
    private final SignalCoordinator signals = new SignalCoordinator(this);
    private final ContextDistributor contexts = new ContextDistributor(this);
    private final DependencyResolver dependencies = new DependencyResolver(this);

    /** With the four routers of {@link Routing#standard} and {@link #TIME_TO_LIVE}. */
    public CoordinationManager(final Kernel kernel) {
        this(kernel, Routing.standard(), TIME_TO_LIVE);
    }

    private CoordinationManager(final Kernel kernel, final Routing routing, final Duration timeToLive) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.routing = Objects.requireNonNull(routing, "routing");
        this.timeToLive = Objects.requireNonNull(timeToLive, "timeToLive");
    }

    /** The same manager with other routers; {@link Routing#empty} for none. */
    public CoordinationManager withRouting(final Routing other) {
        return new CoordinationManager(kernel, other, timeToLive);
    }

    /** The same manager with another time to live of sessions that it begins; zero for never forgotten. */
    public CoordinationManager withTimeToLive(final Duration other) {
        return new CoordinationManager(kernel, routing, other);
    }

    Kernel kernel() {
        return kernel;
    }

    /** The routers that sessions begin with. */
    public Routing routing() {
        return routing;
    }

    /** Signals by coordination id. */
    public SignalCoordinator signalCoordinator() {
        return signals;
    }

    /** Contexts by coordination id. */
    public ContextDistributor contextDistributor() {
        return contexts;
    }

    /** Dependencies by coordination id. */
    public DependencyResolver dependencyResolver() {
        return dependencies;
    }

    // ------------------------------------------------------------------ sessions

    /** An id of which there is no second one: the prefix, a dash and eight digits. */
    public static String newId(final String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, RANDOM_DIGITS);
    }

    /**
     * Begin a session of this name.
     *
     * @throws CommandRefusedException when the name is blank or taken, or there are too many.
     */
    public CoordinationSession startCoordination(final String coordinationId) {
        return startCoordination(CoordinationTerms.of(coordinationId).withTimeToLive(timeToLive));
    }

    /**
     * Begin a session. One without a session id gets one.
     *
     * @throws CommandRefusedException when the name is blank or taken, the time to live negative, or there are too many.
     */
    public CoordinationSession startCoordination(final CoordinationTerms terms) {
        final CoordinationTerms whole = terms.sessionId().isEmpty() ? terms.withSessionId(newId("session")) : terms;
        return new CoordinationSession(this, kernel.begin(whole), whole);
    }

    /**
     * The open session of this name, also one that another manager or an earlier process has begun.
     *
     * @throws CommandRefusedException when there is none: it was never begun, is closed or was forgotten.
     */
    public CoordinationSession open(final String coordinationId) {
        final Coordination coordination = kernel.findCoordination(coordinationId);
        final CoordinationSnapshot snapshot = coordination == null ? null : coordination.session();
        if (snapshot == null) {
            throw new CommandRefusedException(
                    Rejection.UNKNOWN_COORDINATION, "no open coordination is called '" + coordinationId + "'");
        }
        return CoordinationSession.of(this, coordination, snapshot);
    }

    CoordinationSession openOrStart(
            final String coordinationId,
            final String sessionId,
            final String correlationId,
            final String parentRunId) {
        return kernel.findCoordination(coordinationId) != null
                ? open(coordinationId)
                : startCoordination(
                        new CoordinationTerms(coordinationId, sessionId, correlationId, parentRunId, timeToLive));
    }

    // ------------------------------------------------------------------ whole workflows

    /**
     * Coordinate a workflow from its first signal to its clean-up, each agent as soon as what it depends on is there.
     *
     * @param workflowId what its session is called, with digits of its own behind it.
     */
    public CoordinationResult coordinateWorkflow(
            final String workflowId, final AgentAssignments assignments, final AgentExecutor executor) {
        return coordinateWorkflow(
                CoordinationTerms.of(workflowId.isBlank() ? workflowId : newId(workflowId))
                        .withTimeToLive(timeToLive),
                new MixedPipeline(),
                assignments,
                executor);
    }

    /**
     * Coordinate a workflow from its first signal to its clean-up: start, distribute, initialise, resolve, route, execute, complete, update
     * intelligence, clean up. Returns when every agent has ended; the session is closed then, however it ended, and leaves nothing behind.
     *
     * @param terms of its session.
     * @param pattern how the agents are put together.
     * @param assignments who does what.
     * @param executor that does it.
     * @throws CommandRefusedException when the workflow cannot be begun; nothing was done then.
     */
    public CoordinationResult coordinateWorkflow(
            final CoordinationTerms terms,
            final IntegrationPattern pattern,
            final AgentAssignments assignments,
            final AgentExecutor executor) {
        pattern.check(assignments);
        try (CoordinationSession session = startCoordination(terms)) {
            final Keeping keeping = Keeping.of(session, terms.timeToLive());
            try {
                return new WorkflowRun(
                                session, pattern, new Workflow(session, assignments, executor, new WorkControl()))
                        .run();
            } finally {
                keeping.close();
            }
        }
    }

    // ------------------------------------------------------------------ single steps, by coordination id

    /** The context of an agent as it is now; null when it has none. */
    public AgentContext getAgentContext(final String coordinationId, final String agentId) {
        return contexts.getAgentContext(coordinationId, agentId);
    }

    /** Whether what an agent depends on is there; false also when nothing was declared under that id. */
    public boolean checkDependencyStatus(
            final String coordinationId, final String agentId, final String dependencyId) {
        return dependencies
                .getDependencyStatus(coordinationId, agentId, dependencyId)
                .isResolved();
    }

    /** What has happened in a coordination so far. */
    public CoordinationMetrics getCoordinationMetrics(final String coordinationId) {
        final CoordinationSession session = open(coordinationId);
        return new CoordinationMetrics(
                session.coordination().signals().metrics(),
                session.coordination().waits().pendingCount(),
                session.routingOrchestrator().getStats());
    }

    /** An agent has completed; who depends on it goes on. */
    public SignalReceipt signalAgentCompletion(
            final String coordinationId, final String agentId, final String resultSummary) {
        return signals.signalCoordinationEvent(
                coordinationId,
                Coordination.AGENT_COMPLETED,
                Map.of("agent_id", agentId, "result_summary", resultSummary),
                agentId);
    }

    static Map<String, Double> durations(final long startNs, final long distributedNs, final long executedNs) {
        final Map<String, Double> durations = new LinkedHashMap<>();
        durations.put("distribution_time_ms", (distributedNs - startNs) / NS_PER_MS);
        durations.put("execution_time_ms", (executedNs - distributedNs) / NS_PER_MS);
        durations.put("total_time_ms", (executedNs - startNs) / NS_PER_MS);
        return durations;
    }
}

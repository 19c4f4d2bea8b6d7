package io.signalbox.kernel;

import io.signalbox.kernel.context.ContextRules;
import io.signalbox.kernel.context.ContextSnapshot;
import io.signalbox.kernel.context.ContextView;
import io.signalbox.kernel.context.CoordinationDocument;
import io.signalbox.kernel.context.Distribution;
import io.signalbox.kernel.context.DocumentDifference;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.context.IntelligenceKind;
import io.signalbox.kernel.context.InvalidContextException;
import io.signalbox.kernel.context.SharedIntelligence;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.SignalView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agents of one coordination were given to work with: their assignments, limits and protocols, and the intelligence that they
 * share. Any thread.
 */
public final class Contexts {
    private final Kernel kernel;
    private final Coordination coordination;
    private final long handle;

    Contexts(final Kernel kernel, final Coordination coordination) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.handle = coordination.handle();
    }

    // ------------------------------------------------------------------ distributing

    /**
     * Give every agent of a document its context, or none of them. Agents that already have one get a new version of it, others of the
     * coordination keep theirs; what the document shares is shared with all of them.
     *
     * @throws InvalidContextException when the document is not as it has to be; the message says where.
     * @throws CommandRefusedException when the kernel refuses it.
     */
    public DistributedContexts distribute(final ContextDistribution distribution) {
        return distribute(DocumentValue.of(distribution.toMap()));
    }

    /**
     * As {@link #distribute(ContextDistribution)}, in the words of the coordination guide.
     *
     * @param coordinationState {@code coordination_id}, the name of this coordination; {@code session_id}; {@code parent_workflow_id}, if any.
     * @param agentAssignments assignments by agent.
     * @param sharedIntelligence names by kind.
     * @param resourceAllocations limits by agent.
     * @param coordinationProtocols protocols by agent.
     */
    public DistributedContexts distributeAgentContext(
            final Map<String, ?> coordinationState,
            final Map<String, ? extends Map<String, ?>> agentAssignments,
            final Map<String, ?> sharedIntelligence,
            final Map<String, ? extends Map<String, ?>> resourceAllocations,
            final Map<String, ? extends Map<String, ?>> coordinationProtocols) {
        final String coordinationId = required(coordinationState, "coordination_id");
        if (!coordinationId.equals(coordination.name())) {
            throw new InvalidContextException(
                    Rejection.INVALID_FIELD,
                    "coordination_id is '" + coordinationId + "', but these are the contexts of '" + coordination.name()
                            + "'");
        }
        final ContextDistribution distribution =
                ContextDistribution.forSession(required(coordinationState, "session_id"));
        if (coordinationState.get("parent_workflow_id") instanceof String parent) {
            distribution.inWorkflow(parent);
        }
        distribution.share(sharedIntelligence);
        agentAssignments.forEach(distribution::agent);
        requireAssigned(agentAssignments, resourceAllocations, "resource_allocations");
        requireAssigned(agentAssignments, coordinationProtocols, "coordination_protocols");
        resourceAllocations.forEach(distribution::allocate);
        coordinationProtocols.forEach(distribution::protocols);
        return distribute(distribution);
    }

    private static String required(final Map<String, ?> coordinationState, final String name) {
        if (coordinationState.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new InvalidContextException(
                Rejection.MISSING_FIELD, "'" + name + "' of the coordination state is missing or empty");
    }

    private static void requireAssigned(
            final Map<String, ?> agentAssignments, final Map<String, ?> byAgent, final String what) {
        for (final String agent : byAgent.keySet()) {
            if (!agentAssignments.containsKey(agent)) {
                throw new InvalidContextException(
                        Rejection.UNKNOWN_CONTEXT, what + " names '" + agent + "', which has no assignment");
            }
        }
    }

    private DistributedContexts distribute(final DocumentValue document) {
        final long beganNs = System.nanoTime();
        final Distribution distribution = Distribution.of(document);
        final ContextMeter meter = new ContextMeter(kernel.metrics());
        distribution
                .agents()
                .forEach(part -> AssignmentDependencies.of(
                        part.agent(), part.assignment().dependencies(), DependencyDocument.TIMEOUT));
        final List<String> agents =
                distribution.agents().stream().map(Distribution.Part::agent).toList();
        agents.forEach(kernel::nameId);
        final Ingress ingress = kernel.ingress();
        final Receipt receipt = kernel.receipt(
                        ingress, ingress.contexts().distribute(handle, DocumentJson.bytes(document)))
                .orThrow();
        final Map<String, AgentContext> contexts = get(agents);
        final DistributedContexts distributed =
                DistributedContexts.of(receipt, contexts, Duration.ofNanos(System.nanoTime() - beganNs));
        meter.record(distributed);
        return distributed;
    }

    /**
     * Start a coordination from one document: {@code coordinator_type, agent_count, mode, repository_info, intelligence_results,
     * execution_params, dependencies}. Its execution_params are the limits of every agent, its intelligence_results are shared, and each
     * dependency is a declared wait. Either all of it happens, or nothing.
     *
     * @throws InvalidContextException when the document is not as it has to be; the message says where.
     * @throws CommandRefusedException when the kernel refuses it.
     */
    public StartedCoordination start(final String sessionId, final Map<String, ?> document) {
        final CoordinationDocument read = CoordinationDocument.of(sessionId, DocumentValue.of(document));
        final Distribution distribution = Distribution.of(read.distribution());
        final Duration timeout = Duration.ofMillis(read.dependencyTimeoutMs());
        final Map<String, DependencySet> waits = new LinkedHashMap<>();
        try {
            for (final Distribution.Part part : distribution.agents()) {
                waits.put(
                        part.agent(),
                        coordination
                                .waits()
                                .declare(AssignmentDependencies.of(
                                        part.agent(), part.assignment().dependencies(), timeout)));
            }
            return new StartedCoordination(distribute(read.distribution()), Collections.unmodifiableMap(waits));
        } catch (final RuntimeException e) {
            waits.values().forEach(DependencySet::cancel);
            throw e;
        }
    }

    /**
     * Declare everything that an agent's assignment needs, as declared waits of that agent. See
     * {@link CoordinationWaits#declare}.
     *
     * @throws CommandRefusedException when the agent has no context, or the kernel refuses a wait.
     */
    public DependencySet awaitDependencies(final String agent) {
        final AgentContext context = get(agent);
        if (context == null) {
            throw new CommandRefusedException(Rejection.UNKNOWN_CONTEXT);
        }
        return coordination.waits().declare(context.dependencies());
    }

    /** Take the contexts away, with all that is under way; whether there were any. */
    public boolean clear() {
        return kernel.receipt(kernel.ingress(), kernel.ingress().contexts().clear(handle))
                .isAccepted();
    }

    // ------------------------------------------------------------------ reading

    /** The context of an agent; null when it has none. Costs the same however many agents there are. */
    public AgentContext get(final String agent) {
        final int id = kernel.knownNameId(agent);
        final ContextSnapshot snapshot = id == 0 ? null : kernel.query(() -> view().snapshot(handle, id));
        return snapshot == null ? null : AgentContext.of(snapshot, coordination.name(), agent);
    }

    private Map<String, AgentContext> get(final List<String> agents) {
        final int[] ids = agents.stream().mapToInt(kernel::knownNameId).toArray();
        final List<ContextSnapshot> snapshots = kernel.query(() -> {
            final List<ContextSnapshot> found = new ArrayList<>();
            for (final int id : ids) {
                found.add(view().snapshot(handle, id));
            }
            return found;
        });
        final Map<String, AgentContext> contexts = new LinkedHashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (snapshots.get(i) != null) {
                final String agent = agents.get(i);
                contexts.put(agent, AgentContext.of(snapshots.get(i), coordination.name(), agent));
            }
        }
        return Collections.unmodifiableMap(contexts);
    }

    /** The agents that have a context, in the order in which their names were first heard. */
    public List<String> agents() {
        final int[] ids = kernel.query(() -> view().agents(handle));
        final List<String> agents = new ArrayList<>();
        for (final int id : ids) {
            agents.add(kernel.name(id));
        }
        return agents;
    }

    /** What an agent shared at a version of its context; null when that version is no longer retained, or was never there. */
    public SharedIntelligence at(final String agent, final long version) {
        final int id = kernel.knownNameId(agent);
        return id == 0 ? null : kernel.query(() -> view().intelligence(handle, id, version));
    }

    /**
     * What differs between a version of an agent's context and its present one; only the kinds that differ.
     *
     * @return null when that version is no longer retained: {@link #get} then gives the whole.
     */
    public List<ContextDifference> changesSince(final String agent, final long version) {
        final int id = kernel.knownNameId(agent);
        final SharedIntelligence[] both = id == 0
                ? null
                : kernel.query(() -> {
                    final ContextSnapshot present = view().snapshot(handle, id);
                    return present == null
                            ? null
                            : new SharedIntelligence[] {view().intelligence(handle, id, version), present.intelligence()
                            };
                });
        if (both == null || both[0] == null) {
            return null;
        }
        final List<ContextDifference> differences = new ArrayList<>();
        for (final IntelligenceKind kind : IntelligenceKind.values()) {
            final DocumentDifference difference = DocumentDifference.between(both[0].of(kind), both[1].of(kind));
            if (!difference.isEmpty()) {
                differences.add(new ContextDifference(kind, difference.changed().toMap(), difference.removed()));
            }
        }
        return differences;
    }

    private ContextView view() {
        return kernel.machine().contexts();
    }

    // ------------------------------------------------------------------ updating

    /**
     * Change what agents share. The agents concerned are told by a signal ({@code context_updated}) that carries the difference.
     *
     * @throws InvalidContextException when the data is not of its kind; the message says why.
     */
    public ContextUpdate updateSharedIntelligence(final ContextUpdateRequest request) {
        final DocumentValue document = DocumentValue.of(request.toDocument());
        final Ingress ingress = kernel.ingress();
        final Receipt receipt = kernel.receipt(
                ingress,
                ingress.contexts()
                        .update(
                                handle,
                                request.updateType().code(),
                                request.isDeep() ? ContextRules.DEEP : ContextRules.SHALLOW,
                                request.incrementVersion(),
                                request.expectedVersion(),
                                DocumentJson.bytes(document)));
        final Map<String, Long> versions = new LinkedHashMap<>();
        if (receipt.value() > 0) {
            get(request.targetAgents().isEmpty() ? agents() : request.targetAgents())
                    .forEach((agent, context) -> versions.put(agent, context.contextVersion()));
        }
        return new ContextUpdate(receipt, versions);
    }

    // ------------------------------------------------------------------ attempts

    /**
     * An agent begins its assignment: its time runs from here. Refused while it has as many attempts under way as it may
     * ({@link Rejection#CONCURRENCY_LIMIT_REACHED}), or has failed once and in all its retries ({@link Rejection#RETRIES_EXHAUSTED}). The receipt's
     * value is the number of the attempt.
     */
    public Receipt begin(final String agent) {
        final int id = kernel.nameId(agent);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.contexts().begin(handle, id));
    }

    /**
     * An agent gives an attempt back without having completed it. Where its protocols require a completion it has failed by that. The
     * receipt's value is how many attempts it has left under way.
     */
    public Receipt release(final String agent) {
        final int id = kernel.nameId(agent);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.contexts().release(handle, id));
    }

    /** As {@link #complete(String, double, Map)}, without a quality of its own. */
    public Judgement complete(final String agent, final Map<String, ?> result) {
        return complete(agent, Double.NaN, result);
    }

    /**
     * An agent has completed its work and says how it came out. It is judged by the success criteria, output requirements and quality gates of
     * its assignment and by its quality threshold; what leaves something unmet is a failed completion, for those who wait too.
     *
     * @param quality 0 to 1, NaN for none.
     * @param result what came out, by name.
     */
    public Judgement complete(final String agent, final double quality, final Map<String, ?> result) {
        final int typeId = kernel.nameId(Coordination.AGENT_COMPLETED);
        final int agentId = kernel.nameId(agent);
        final byte[] payload = DocumentJson.bytes(DocumentValue.of(result));
        final Ingress ingress = kernel.ingress();
        final Receipt receipt = kernel.receipt(
                ingress, ingress.raise(handle, typeId, agentId, 0, 0, SignalView.SUCCEEDED, quality, payload));
        final AgentContext context = receipt.value() == 0 ? null : get(agent);
        return new Judgement(receipt, context == null ? List.of() : context.unmet());
    }
}

package io.signalbox.kernel;

import io.signalbox.kernel.command.SubscriptionCommands;
import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.coordination.CoordinationSnapshot;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.signal.SignalView;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One session of agents that work together: its signals, its state, its waits, its runs. Any thread. Every method that asks
 * something of the kernel returns when the command has been journaled as the kernel's durability says, and applied.
 */
public final class Coordination implements AutoCloseable {
    /**
     * Type of the kernel-wide signal that tells of a coordination that was closed because nobody had named it for its time to live; its
     * text is the name.
     */
    public static final String FORGOTTEN = CoordinationRules.SIGNAL_TYPE;

    /** Signal type of {@link #complete} and {@link #fail}. */
    public static final String AGENT_COMPLETED = "agent_completed";

    private static final byte[] NOTHING = new byte[0];

    private final Kernel kernel;
    private final String name;
    private final long handle;
    private final State state;

    Coordination(final Kernel kernel, final String name, final long handle) {
        this.kernel = kernel;
        this.name = name;
        this.handle = handle;
        state = new State(kernel, this, "", handle);
    }

    /** Its name; empty for the kernel-wide scope. */
    public String name() {
        return name;
    }

    /** Its handle, for {@link Ingress}; 0 for the kernel-wide scope. */
    public long handle() {
        return handle;
    }

    /** Where its agents meet, and the leases by which they keep out of each other's way. */
    public CoordinationSync sync() {
        return new CoordinationSync(kernel, this);
    }

    // ------------------------------------------------------------------ session

    /** What it began with and how long it lives; null when it is closed or the kernel-wide scope. Asked between two turns. */
    public CoordinationSnapshot session() {
        return kernel.query(() -> kernel.machine().coordinations().snapshot(handle));
    }

    /** Whether it is open: nobody has closed it, and it was not forgotten. Asked between two turns. */
    public boolean isOpen() {
        return kernel.query(() -> kernel.machine().coordinations().slot(handle) >= 0);
    }

    /** Say that it is still needed: its time to live begins anew. Every other command in it says so too. */
    public Receipt keep() {
        return keep(CoordinationRules.AS_BEFORE);
    }

    /**
     * Give it another time to live: when no command has named it for so long, the kernel closes it. It happens up to a 64th part later,
     * never earlier.
     *
     * @param timeToLive zero for never.
     */
    public Receipt keep(final Duration timeToLive) {
        return keep(namedTimeToLiveNs(kernel, timeToLive));
    }

    private Receipt keep(final long timeToLiveNs) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.coordinations().keep(handle, timeToLiveNs));
    }

    /** Begin a session; see {@link Kernel#begin}. */
    static Coordination begin(final Kernel kernel, final CoordinationTerms terms) {
        final CoordinationIngress coordinations = kernel.ingress().coordinations();
        final long handle = kernel.answerOrThrow(coordinations.begin(coordinations
                .beginRequest()
                .with(terms.coordinationId().getBytes(StandardCharsets.UTF_8))
                .session(terms.sessionId().getBytes(StandardCharsets.UTF_8))
                .correlation(terms.correlationId().getBytes(StandardCharsets.UTF_8))
                .parentRun(terms.parentRunId().getBytes(StandardCharsets.UTF_8))
                .timeToLiveNs(namedTimeToLiveNs(kernel, terms.timeToLive()))));
        return new Coordination(kernel, terms.coordinationId(), handle);
    }

    /** What can be forgotten can be told of: the type of that signal has its id before. */
    private static long namedTimeToLiveNs(final Kernel kernel, final Duration timeToLive) {
        if (timeToLive.compareTo(Duration.ZERO) > 0) {
            kernel.nameId(FORGOTTEN);
        }
        return timeToLiveNs(timeToLive);
    }

    /** Saturated; every negative one is refused alike. */
    static long timeToLiveNs(final Duration timeToLive) {
        if (timeToLive.isNegative()) {
            return Long.MIN_VALUE;
        }
        return timeToLive.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : timeToLive.toNanos();
    }

    /** What its agents are given to work with. */
    public Contexts contexts() {
        return new Contexts(kernel, this);
    }

    // ------------------------------------------------------------------ signals

    /** Typed signals, what was sent so far, requests and responses, progress, settings. */
    public CoordinationSignals signals() {
        return new CoordinationSignals(kernel, this);
    }

    /** Raise a signal to everybody. */
    public Receipt raise(final String type, final String sender, final String payload) {
        return raise(type, sender, SignalView.NONE, Double.NaN, payload);
    }

    /** An agent has completed its work and succeeded: whoever waits for it goes on. */
    public Receipt complete(final String agent, final String summary) {
        return raise(AGENT_COMPLETED, agent, SignalView.SUCCEEDED, Double.NaN, summary);
    }

    /**
     * As {@link #complete(String, String)}.
     *
     * @param quality 0 to 1.
     */
    public Receipt complete(final String agent, final double quality, final String summary) {
        return raise(AGENT_COMPLETED, agent, SignalView.SUCCEEDED, quality, summary);
    }

    /** An agent has ended its work and failed: whoever needs its success fails at once. */
    public Receipt fail(final String agent, final String reason) {
        return raise(AGENT_COMPLETED, agent, SignalView.FAILED, Double.NaN, reason);
    }

    private Receipt raise(
            final String type, final String sender, final int completion, final double quality, final String payload) {
        final int typeId = kernel.nameId(type);
        final int senderId = kernel.nameId(sender);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress,
                ingress.raise(
                        handle, typeId, senderId, 0, 0, completion, quality, payload.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * What is raised in this coordination and passes a filter, from a place in the order on; see {@link Subscription}. A sender is given
     * its own signals too.
     */
    public Subscription subscribe(final SignalFilter filter, final Start start) {
        return kernel.subscribe(filter.within(handle), start);
    }

    /**
     * Declare a durable subscription, or go on with the one of this name. One of the kernel-wide scope gets the signals of all
     * coordinations. It ends with its coordination.
     *
     * @throws CommandRefusedException SUBSCRIBED_OTHERWISE when one of this name is open with other terms; INVALID_VALUE, TOO_LONG,
     *     CAPACITY_EXHAUSTED.
     */
    public DurableSubscription durable(final String name, final DurableTerms terms) {
        final SubscriptionCommands.Declare declare = new SubscriptionCommands.Declare()
                .with(
                        handle,
                        kernel.nameId(name),
                        Durations.nanos(terms.redelivery()),
                        terms.deliveriesMax(),
                        terms.outstandingMax())
                .recipient(terms.recipient().isEmpty() ? 0 : kernel.nameId(terms.recipient()))
                .refuses(terms.refusesWhenFull())
                .types(terms.types().stream().mapToInt(kernel::nameId).toArray())
                .senders(terms.senders().stream().mapToInt(kernel::nameId).toArray());
        final long declared = kernel.answerOrThrow(kernel.ingress().submit(declare));
        return new DurableSubscription(kernel, handle, name, declared);
    }

    // ------------------------------------------------------------------ waits

    /** Documents of waits, composites, approvals, and who waits for whom. */
    public CoordinationWaits waits() {
        return new CoordinationWaits(kernel, this);
    }

    /** Wait for an agent's success, without a limit of time; a completion in the past counts. */
    public Dependency awaitsCompletion(final String agent) {
        return awaitsCompletion(agent, Duration.ZERO);
    }

    /**
     * Wait for an agent's success.
     *
     * @param timeout of the declared wait, zero for none.
     */
    public Dependency awaitsCompletion(final String agent, final Duration timeout) {
        return declare(DependencyKind.AGENT_COMPLETION, DependencyRules.SUCCESS_REQUIRED, agent, timeout, 0);
    }

    /** Wait until an agent has completed, whether it succeeded or not. */
    public Dependency awaitsEnd(final String agent, final Duration timeout) {
        return declare(DependencyKind.AGENT_COMPLETION, 0, agent, timeout, 0);
    }

    /** Wait until a resource is available, here or kernel-wide. */
    public Dependency awaitsResource(final String resource, final Duration timeout) {
        return declare(DependencyKind.RESOURCE, 0, resource, timeout, 0);
    }

    /** Ask whether a resource is available now: the wait has ended when this returns. */
    public Dependency checksResource(final String resource) {
        return declare(DependencyKind.RESOURCE, DependencyRules.ANSWER_AT_ONCE, resource, Duration.ZERO, 0);
    }

    /**
     * Wait until a gate's score reaches a threshold.
     *
     * @param threshold 0 to 1, inclusive.
     */
    public Dependency awaitsGate(final String gate, final double threshold, final Duration timeout) {
        return declare(DependencyKind.QUALITY_GATE, 0, gate, timeout, threshold);
    }

    private Dependency declare(
            final DependencyKind kind,
            final int flags,
            final String target,
            final Duration timeout,
            final double threshold) {
        final int targetId = kernel.nameId(target);
        final long answer = kernel.ingress()
                .dependencies()
                .declare(handle, kind, flags, 0, targetId, -1, Durations.nanos(timeout), threshold);
        return new Dependency(kernel, this, answer);
    }

    /** Say that a resource is available, or no longer. */
    public Receipt markResource(final String resource, final boolean available) {
        final int resourceId = kernel.nameId(resource);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.dependencies().markResource(handle, resourceId, available));
    }

    /**
     * Score a gate.
     *
     * @param score 0 to 1.
     */
    public Receipt scoreGate(final String gate, final double score) {
        final int gateId = kernel.nameId(gate);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.dependencies().scoreGate(handle, gateId, false, score));
    }

    /** Fail a gate: whoever waits for it fails at once, until it is scored again. */
    public Receipt failGate(final String gate) {
        final int gateId = kernel.nameId(gate);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.dependencies().scoreGate(handle, gateId, true, 0));
    }

    // ------------------------------------------------------------------ state

    /** Set a key to a text. The receipt's value is the scope's new version. */
    public Receipt set(final String key, final String value) {
        return set(key, ValueType.TEXT, value.getBytes(StandardCharsets.UTF_8), StateRules.ANY_VERSION);
    }

    /** Set a key to a number. */
    public Receipt set(final String key, final long value) {
        final byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return set(key, ValueType.LONG, bytes, StateRules.ANY_VERSION);
    }

    /** Set a key to nothing; it exists then, with a null value. */
    public Receipt setNull(final String key) {
        return set(key, ValueType.NULL, NOTHING, StateRules.ANY_VERSION);
    }

    /**
     * Set a key if nobody has changed it since.
     *
     * @param expectedVersion version of the value that was read, 0 when the key must be absent.
     */
    public Receipt compareAndSet(final String key, final long expectedVersion, final String value) {
        return set(key, ValueType.TEXT, value.getBytes(StandardCharsets.UTF_8), expectedVersion);
    }

    /** Set a key to bytes of a declared type. */
    public Receipt set(final String key, final ValueType type, final byte[] value, final long expectedVersion) {
        final int keyId = state.keyId(key);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.states().set(handle, keyId, type.ordinal(), expectedVersion, 0, value));
    }

    /** Delete a key. */
    public Receipt delete(final String key) {
        final int keyId = kernel.nameId(key);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.states().delete(handle, keyId, StateRules.ANY_VERSION, 0));
    }

    /** The value of a key, or null when it does not exist. Takes no lock and asks nobody. */
    public StateValue get(final String key) {
        return state.value(key);
    }

    /** All that can be done with the state of this scope. */
    public State state() {
        return state;
    }

    /** Everything in this scope at one version, by name id. A reference, whatever its size. */
    public StateSnapshot snapshot() {
        return kernel.machine().states().snapshot(handle);
    }

    // ------------------------------------------------------------------ routing

    /** Decisions about its tasks, by these routers. */
    public SmartRoutingOrchestrator routing(final Routing routing) {
        return new SmartRoutingOrchestrator(kernel, handle, routing);
    }

    // ------------------------------------------------------------------ runs

    /** Start a run of a deployed definition. */
    public WorkflowRunHandle start(final int definition, final byte[] inputs) {
        final long answer = kernel.answerOrThrow(kernel.ingress().workflows().startRun(handle, definition, inputs));
        return new WorkflowRunHandle(kernel, answer);
    }

    /** Close it: what waits in it is cancelled, its state is dropped. The receipt says whether it was open. */
    public Receipt closeCoordination() {
        final Ingress ingress = kernel.ingress();
        final Receipt receipt = kernel.receipt(ingress, ingress.coordinations().close(handle));
        kernel.signalDesk().forget(handle);
        return receipt;
    }

    /** As {@link #closeCoordination}; harmless when it is closed already, or the kernel is. */
    @Override
    public void close() {
        if (handle != 0 && kernel.isOpen()) {
            closeCoordination();
        }
    }
}

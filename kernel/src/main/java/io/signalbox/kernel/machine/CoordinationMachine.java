package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentInspector;
import io.signalbox.kernel.agent.AgentView;
import io.signalbox.kernel.agent.Agents;
import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyView;
import io.signalbox.kernel.dependency.StatePredicates;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.routing.Routings;
import io.signalbox.kernel.signal.Progress;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.state.States;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.subscription.SubscriptionView;
import io.signalbox.kernel.sync.Leases;
import io.signalbox.kernel.sync.SyncView;
import io.signalbox.kernel.workflow.WorkflowInspector;
import io.signalbox.kernel.workflow.Workflows;

/**
 * The machine: (state, command) to (state', facts). It has no clock, thread, I/O or randomness and iterates no hash table,
 * so the same commands give the same facts on every machine and every JDK.
 *
 * <p>Only drivers call it, one thread at a time with a happens-before edge between two: {@link #apply}, then
 * {@link #releaseOutcomes}, then what there is to tell ({@link #answers}, {@link #dependencies}, {@link #workflows}). A
 * {@code Throwable} out of {@link #apply} means that an invariant is broken: the driver halts the kernel.
 */
public final class CoordinationMachine {
    private final FactLog log = new FactLog();
    private final Stores stores;
    private final Facts facts;
    private final Rules rules;
    private final Consequences consequences;
    private final Dispatch dispatch;
    private final Digest digest = new Digest();
    private final Answers answers = new Answers();
    private final Fact fact = new Fact();
    private final CommandView deferred = new CommandView();
    private final AgentInspector agentInspector;
    private final WorkflowInspector inspector;
    private long appliedPosition = -1;
    private long appliedTimestampNs;
    private long tailBefore;

    public CoordinationMachine(final MachineLimits limits) {
        this(limits, RulesVersion.FIRST);
    }

    /** For tests: a machine that starts under another version of the rules. */
    CoordinationMachine(final MachineLimits limits, final int rulesAtStart) {
        stores = new Stores(limits, rulesAtStart);
        facts = new Facts(log, stores);
        rules = new Rules(stores, facts, limits);
        consequences = new Consequences(rules, stores);
        dispatch = new Dispatch(rules, stores, facts, limits);
        agentInspector = new AgentInspector(stores.agents, stores.names);
        inspector = new WorkflowInspector(stores.workflows);
    }

    /** Decide one command, change the stores by the facts, follow what the facts lead to. Drivers only. */
    public void apply(final CommandView command) {
        tailBefore = stores.tail.published();
        log.begin(command.position(), command.timestampNs());
        log.source(command.bytes(), command.offset());
        answers.clear();
        stores.states.beginTurn();
        stores.dependencies.beginTurn();
        stores.subscriptions.beginTurn();
        stores.workflows.handouts().clear();

        final CommandType type = command.type();
        if (type == CommandType.CONTINUE) {
            answers.add(command.position(), 0);
            serveBacklog();
        } else if (type == CommandType.PULSE) {
            answers.add(command.position(), 0);
            pulse(command);
        } else if (type != null && !stores.backlog.isEmpty() && stores.backlog.holds(dispatch.scope(type, command))) {
            defer(command, dispatch.scope(type, command));
        } else {
            decide(type, command);
        }
        followFrom(0);
        digest.update(log, 0);
        appliedPosition = command.position();
        appliedTimestampNs = command.timestampNs();
    }

    private void decide(final CommandType type, final CommandView command) {
        final long clientId = command.clientId();
        if (clientId != 0) {
            final long kept = stores.repeats.recall(clientId, command.clientSequence());
            if (kept != RepeatWindow.NEW) {
                answers.add(command.position(), kept);
                return;
            }
        }
        final long answer = type == null ? Rejection.UNKNOWN_COMMAND.answer() : dispatch.decide(type, command);
        if (answer < 0) {
            facts.record(FactType.COMMAND_REJECTED, 0, command.coordination(), answer, command.position(), 0, 0);
        }
        if (clientId != 0) {
            facts.record(FactType.CLIENT_ANSWERED, 0, 0, clientId, command.clientSequence(), answer, 0);
        }
        answers.add(command.position(), answer);
    }

    private void defer(final CommandView command, final int slot) {
        if (stores.backlog.canDefer()) {
            stores.backlog.defer(command, slot);
            facts.record(FactType.COMMAND_DEFERRED, 0, command.coordination(), command.position(), 0, 0, 0);
        } else {
            final long answer = Rejection.CAPACITY_EXHAUSTED.answer();
            facts.record(FactType.COMMAND_REJECTED, 0, command.coordination(), answer, command.position(), 0, 0);
            answers.add(command.position(), answer);
        }
    }

    /**
     * One bounded piece of what earlier turns left over. A deferred command has a turn of its own: everything before it has been
     * followed to its end, and its bytes are its payloads' source.
     */
    private void serveBacklog() {
        while (!stores.backlog.isEmpty() && log.hasRoom()) {
            final Backlog.Item item = stores.backlog.first();
            if (item.command != null) {
                if (log.count() > 0) {
                    return;
                }
                stores.backlog.removeFirst();
                log.source(item.command, 0);
                deferred.wrap(item.command, 0, item.command.length);
                decide(deferred.type(), deferred);
                return;
            }
            item.cursor = consequences.follow(stores.backlog.view(item, fact), item.cursor);
            if (item.cursor == Consequences.DONE) {
                stores.backlog.removeFirst();
            }
        }
    }

    private void pulse(final CommandView command) {
        facts.record(FactType.PULSED, 0, 0, 0, 0, 0, 0);
        while (log.hasRoom()) {
            final long id = stores.deadlines.pollDue(command.timestampNs());
            if (id == Long.MIN_VALUE) {
                return;
            }
            if ((id & DependencyView.TIMER_TAG) != 0) {
                rules.dependencies.expire((int) id);
            } else if ((id & SubscriptionView.TIMER_TAG) != 0) {
                rules.subscriptions.expire((int) id, command.timestampNs());
            } else if ((id & Progress.TIMER_TAG) != 0) {
                rules.progress.missed((int) id);
            } else if ((id & SyncView.TIMER_TAG) != 0) {
                rules.onSyncTimer(id);
            } else if ((id & Agents.TIMER_TAG) != 0) {
                rules.agents.silence((int) id);
            } else {
                rules.workflows.onTimer((int) (id >>> 32) & 0xFF_FFFF, (int) id);
            }
        }
    }

    private void followFrom(final int first) {
        for (int i = first; i < log.count(); i++) {
            final long rest = log.hasRoom() ? consequences.follow(fact.wrap(log, i), -1) : 0;
            if (rest != Consequences.DONE) {
                stores.backlog.follow(log, i, rest);
            }
        }
    }

    /** The last writes of a turn: its signals, then the outcomes it wrote, by release stores. Drivers only, after {@link #apply}. */
    public void releaseOutcomes() {
        stores.tail.publish();
        stores.subscriptions.publish();
        stores.dependencies.releaseOutcomes(appliedPosition);
    }

    /** What the turn answers. */
    public Answers answers() {
        return answers;
    }

    /** Whether the turn has something for those who read signals: it raised one, or one is to be delivered again. */
    public boolean hasRaised() {
        return stores.tail.published() != tailBefore || stores.subscriptions.tells();
    }

    /** The facts of the turn. */
    public FactLog facts() {
        return log;
    }

    /** Whether a {@code Continue} has to be published. */
    public boolean hasBacklog() {
        return !stores.backlog.isEmpty();
    }

    /** When the next {@code Pulse} is due; {@link Long#MAX_VALUE} when nothing is. */
    public long nextDeadlineNs() {
        return stores.deadlines.nextDeadlineNs();
    }

    /** Position of the last applied command, -1 before the first. */
    public long appliedPosition() {
        return appliedPosition;
    }

    /** Kernel time of the last applied command, in nanoseconds. */
    public long appliedTimestampNs() {
        return appliedTimestampNs;
    }

    /** The running digests of the rooms. */
    public Digest digest() {
        return digest;
    }

    /** A digest of everything the machine remembers, walked in canonical order. Costs a walk of every store. */
    public long stateDigest() {
        return StateDigest.of(stores);
    }

    /** As {@link #stateDigest()}, of what one room remembers. */
    public long stateDigest(final Room room) {
        return StateDigest.of(stores, room);
    }

    public NameTable names() {
        return stores.names;
    }

    public Coordinations coordinations() {
        return stores.coordinations;
    }

    public States states() {
        return stores.states;
    }

    public StatePredicates statePredicates() {
        return stores.predicates;
    }

    public Signals signals() {
        return stores.signals;
    }

    public SubscriptionView subscriptions() {
        return stores.subscriptions;
    }

    public SignalTail tail() {
        return stores.tail;
    }

    public Dependencies dependencies() {
        return stores.dependencies;
    }

    public SyncView syncs() {
        return stores.syncs;
    }

    public Leases leases() {
        return stores.leases;
    }

    public OutcomeCells cells() {
        return stores.cells;
    }

    public AgentView agents() {
        return stores.agents;
    }

    public AgentInspector agentInspector() {
        return agentInspector;
    }

    public Routings routings() {
        return stores.routings;
    }

    public Workflows workflows() {
        return stores.workflows;
    }

    public WorkflowInspector inspector() {
        return inspector;
    }

    /** For the test that each case of {@link Facts} matters. */
    void switchOff(final FactType type) {
        facts.switchOff(type);
    }
}

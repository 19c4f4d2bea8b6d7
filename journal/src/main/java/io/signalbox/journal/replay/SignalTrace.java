package io.signalbox.journal.replay;

import io.signalbox.kernel.SignalExplanation.Verdict;
import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows one signal through a journal: delivered to an agent when, or which rule stopped it. It replays the journal from its first
 * command and reads the facts of each turn, so it also knows signals that the history has let go of, coordinations that are closed, and
 * deliveries that are acknowledged. What readers without a declared subscription got is in no journal.
 */
public final class SignalTrace implements JournalVisitor {
    private record Declared(
            long handle, long scope, String coordination, String name, List<String> types, List<String> senders) {}

    private final CoordinationMachine machine;
    private final ReplayDriver driver;
    private final long position;
    private final String agent;
    private final Fact fact = new Fact();
    private final Set<String> agents = new TreeSet<>();
    private final Map<Long, Declared> open = new LinkedHashMap<>();
    private final List<TracedSignal> traced = new ArrayList<>();
    private long lastBefore = -1;
    private long firstBehind = -1;

    private SignalTrace(final MachineLimits limits, final String journalName, final long position, final String agent) {
        this.machine = new CoordinationMachine(limits);
        this.driver = new ReplayDriver(machine, journalName);
        this.position = position;
        this.agent = agent;
    }

    /**
     * Replay a journal with an eye on the signals of one position.
     *
     * @param journal open, read-only or not; stays open.
     * @param limits at least those that the journal was written with.
     * @throws io.signalbox.kernel.port.JournalException CORRUPT, naming the position, when a record fails its checks.
     */
    public static SignalTrace of(
            final Journal journal, final MachineLimits limits, final long position, final String agent) {
        final SignalTrace trace = new SignalTrace(limits, journal.name(), position, agent);
        journal.replay(trace);
        return trace;
    }

    /** Each signal of the position, in the kernel's order; empty when none was raised there. */
    public List<SignalAccount> accounts() {
        return traced.stream().map(TracedSignal::account).toList();
    }

    /** Whether the journal ever names this agent. */
    public boolean knowsAgent() {
        return machine.names().find(agent) > 0;
    }

    /** Those that sent or were sent something, that signals are about, that subscribed or were registered. In order of name. */
    public Set<String> agents() {
        return agents;
    }

    /** Positions of the signals nearest to the one asked for, before and behind it; at most two. */
    public List<Long> nearestPositions() {
        final List<Long> nearest = new ArrayList<>();
        if (lastBefore >= 0) {
            nearest.add(lastBefore);
        }
        if (firstBehind >= 0) {
            nearest.add(firstBehind);
        }
        return nearest;
    }

    /** Position of the last command of the journal, -1 when there is none. */
    public long lastPosition() {
        return machine.appliedPosition();
    }

    @Override
    public void onCommand(final long at, final byte[] bytes, final int offset, final int length) {
        driver.onCommand(at, bytes, offset, length);
        final FactLog log = machine.facts();
        for (int i = 0; i < log.count(); i++) {
            onFact(fact.wrap(log, i), log);
        }
    }

    @Override
    public void onMark(final long at, final long[] digests, final int count) {
        // the question is what happened, not whether the journal is whole: replay --verify asks that
    }

    private void onFact(final Fact happened, final FactLog log) {
        final FactType type = happened.type();
        if (type == FactType.SIGNAL_RAISED) {
            onRaised(RaisedSignal.of(machine, happened, log));
        } else if (type == FactType.AGENT_REGISTERED) {
            know(RaisedSignal.name(machine, AgentRules.agent(happened)));
        } else if (type == FactType.SUBSCRIPTION_DECLARED) {
            onDeclared(happened, log);
        } else if (type == FactType.SUBSCRIPTION_CLOSED) {
            onClosed(happened.a());
        } else if (type == FactType.COORDINATION_CLOSED) {
            final long scope = happened.coordination();
            open.values().stream()
                    .filter(declared -> declared.scope == scope)
                    .map(Declared::handle)
                    .toList()
                    .forEach(this::onClosed);
        } else if (happened.b() >>> 16 == position) {
            onDelivery(type, happened);
        }
    }

    private void know(final String name) {
        if (!name.isEmpty()) {
            agents.add(name);
        }
    }

    private void onRaised(final RaisedSignal signal) {
        know(signal.sender());
        know(signal.subject());
        signal.recipients().forEach(this::know);
        final long at = signal.factId() >>> 16;
        if (at < position) {
            lastBefore = at;
        } else if (at > position) {
            firstBehind = firstBehind < 0 ? at : firstBehind;
        } else {
            final TracedSignal asked = new TracedSignal(signal, agent);
            traced.add(asked);
            if (asked.isAddressed()) {
                open.values().forEach(declared -> asked.add(declared.handle, reading(declared, signal)));
            }
        }
    }

    private DeclaredReading reading(final Declared declared, final RaisedSignal signal) {
        final DeclaredReading reading = new DeclaredReading(agent, declared.name, signal.timestampNs());
        if (declared.scope != 0 && declared.scope != signal.scope()) {
            return reading.stopped(
                    Verdict.FILTERED,
                    "hears coordination " + declared.coordination + ", and it was raised in "
                            + (signal.scope() == 0 ? "the kernel-wide scope" : signal.coordination()));
        }
        if (!declared.types.isEmpty() && !declared.types.contains(signal.type())) {
            return reading.stopped(
                    Verdict.FILTERED,
                    "wants the types " + String.join(", ", declared.types) + ", not " + signal.type());
        }
        if (!declared.senders.isEmpty() && !declared.senders.contains(signal.sender())) {
            return reading.stopped(
                    Verdict.FILTERED,
                    "wants the senders " + String.join(", ", declared.senders) + ", not "
                            + (signal.sender().isEmpty() ? "the system" : signal.sender()));
        }
        return machine.subscriptions().status(declared.handle) == null
                        || machine.subscriptions().outstanding(declared.handle, signal.factId()) != null
                ? reading
                : reading.stopped(Verdict.MISSED, "was full: too much was outstanding that nobody had acknowledged");
    }

    /** SUBSCRIPTION_DECLARED: a handle, b name and recipient, second payload: types, payload: senders. */
    private void onDeclared(final Fact declared, final FactLog log) {
        final String recipient = RaisedSignal.name(machine, (int) declared.b());
        know(recipient);
        if (recipient.equals(agent)) {
            final String coordination = machine.coordinations().name((int) declared.coordination());
            open.put(
                    declared.a(),
                    new Declared(
                            declared.a(),
                            declared.coordination(),
                            coordination,
                            RaisedSignal.name(machine, (int) (declared.b() >>> 32)),
                            RaisedSignal.names(machine, log.copyOf(declared.secondPayload()), 0),
                            RaisedSignal.names(machine, log.copyOf(declared.payload()), 0)));
        }
    }

    private void onClosed(final long subscription) {
        open.remove(subscription);
        for (final TracedSignal each : traced) {
            if (each.reading(subscription) != null) {
                each.reading(subscription).onClosed();
            }
        }
    }

    /** DELIVERY_*: a handle, b fact id of the signal, c attempt. */
    private void onDelivery(final FactType type, final Fact delivery) {
        for (final TracedSignal each : traced) {
            final DeclaredReading reading = each.signal.factId() == delivery.b() ? each.reading(delivery.a()) : null;
            if (reading != null) {
                onDelivery(type, delivery, reading);
            }
        }
    }

    private static void onDelivery(final FactType type, final Fact delivery, final DeclaredReading reading) {
        if (type == FactType.DELIVERY_GIVEN) {
            reading.onGiven(delivery.c(), delivery.timestampNs());
        } else if (type == FactType.DELIVERY_ACKNOWLEDGED) {
            reading.onAcknowledged(delivery.timestampNs());
        } else if (type == FactType.DELIVERY_LAPSED) {
            reading.onLapsed(delivery.c());
        } else if (type == FactType.DELIVERY_ABANDONED) {
            reading.onAbandoned(delivery.c());
        }
    }
}

package io.signalbox.kernel.agent;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.store.DigestSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** The registered agents, kernel-wide, by name and by number: the first one ever registered is 1, the next one 2. */
public final class Agents implements AgentView {
    /** Timers of this room have this bit; the low half is the name id of the agent. */
    public static final long TIMER_TAG = 1L << 60;

    /** The sender of the signals that the kernel itself raises; no agent may be called so. */
    public static final String SYSTEM_SENDER = "signalbox";

    private static final AgentStatus[] STATUSES = AgentStatus.values();

    private final NameTable names;
    private final DeadlineQueue deadlines;
    private final int agentsMax;
    private final Int2ObjectHashMap<Agent> byName = new Int2ObjectHashMap<>();
    private final Posting everybody = new Posting();
    private final Features capabilities;
    private final Features tags;
    private final ScopeTasks[] tasks;
    private final int[] signalTypes = new int[STATUSES.length];
    private final int[] counts = new int[STATUSES.length];
    private int systemSender;
    private long lastNumber;

    public Agents(final int agentsMax, final int slotsMax, final NameTable names, final DeadlineQueue deadlines) {
        this.agentsMax = agentsMax;
        this.names = names;
        this.deadlines = deadlines;
        capabilities = new Features(names);
        tags = new Features(names);
        tasks = new ScopeTasks[slotsMax];
    }

    @Override
    public AgentStatus status(final int agent) {
        final Agent known = byName.get(agent);
        return known == null ? AgentStatus.UNREGISTERED : known.status();
    }

    @Override
    public int activeTasks(final int agent) {
        final Agent known = byName.get(agent);
        return known == null ? 0 : known.active;
    }

    @Override
    public int registered() {
        return everybody.size();
    }

    @Override
    public int withOneMore(final int name) {
        final Agent agent = byName.get(name);
        return AgentRules.transition(
                agent.status(), Agent.status(agent.duty, agent.isSilent, agent.active + 1, agent.tasksMax));
    }

    @Override
    public int freeTasks(final int agent) {
        final Agent known = byName.get(agent);
        return known == null || known.status() != AgentStatus.AVAILABLE ? 0 : known.tasksMax - known.active;
    }

    @Override
    public boolean suits(final int agent, final String name, final String type, final List<String> capabilities) {
        final Agent known = byName.get(agent);
        if (known == null
                || known.status() != AgentStatus.AVAILABLE
                || !name.isEmpty() && names.find(name) != agent
                || !type.isEmpty() && names.find(type) != known.type) {
            return false;
        }
        for (final String capability : capabilities) {
            if (!known.has(names.find(capability))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int best(final String name, final String type, final List<String> capabilities) {
        if (!name.isEmpty()) {
            final int agent = names.find(name);
            return suits(agent, name, type, capabilities) ? agent : 0;
        }
        final AgentTask task = AgentTask.needing(capabilities.toArray(new String[0]))
                .ofType(type)
                .bestEffort()
                .ranked(1);
        final Matching matching = new Matching(task);
        boolean isOver = false;
        while (!isOver) {
            isOver = matching.advance(this, names);
        }
        final AgentMatch match = matching.result();
        return match.isFound() ? names.find(match.best().agent().profile().id()) : 0;
    }

    /** How many agents stand so. */
    int count(final AgentStatus status) {
        return status == AgentStatus.UNREGISTERED ? 0 : counts[status.ordinal()];
    }

    /** Name id of {@link #SYSTEM_SENDER}, 0 before the first agent registered. */
    public int systemSender() {
        return systemSender;
    }

    /** Name id of the signal that says how an agent stands, 0 before the first agent registered. */
    public int signalType(final AgentStatus status) {
        return signalTypes[status.ordinal()];
    }

    /** Number of the agent that registered last, 0 before the first. */
    long lastNumber() {
        return lastNumber;
    }

    boolean isFull() {
        return everybody.size() == agentsMax;
    }

    /** The agent of this name, or null. */
    Agent agent(final int name) {
        return byName.get(name);
    }

    Posting everybody() {
        return everybody;
    }

    Features capabilities() {
        return capabilities;
    }

    Features tags() {
        return tags;
    }

    /** Tasks of the coordination in this slot, or null when there never was one. */
    ScopeTasks tasks(final int slot) {
        return tasks[slot];
    }

    // ------------------------------------------------------------------ one mutator per fact

    /** AGENT_NAMES_RESERVED. */
    public void onNamesReserved() {
        systemSender = intern(SYSTEM_SENDER);
        for (final AgentStatus status : STATUSES) {
            signalTypes[status.ordinal()] = intern(status.signal());
        }
    }

    private int intern(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return names.intern(bytes, 0, bytes.length);
    }

    /** AGENT_REGISTERED: a agent and type; b tasksMax and priority; c heartbeat; d number; second payload: misses. */
    public void onRegistered(final Fact fact, final FactLog log) {
        final Agent agent = new Agent(AgentRules.agent(fact), fact.d(), fact.timestampNs());
        lastNumber = fact.d();
        byName.put(agent.name, agent);
        everybody.add(agent);
        describe(agent, fact, log);
        hear(agent, fact);
        count(fact);
    }

    /** AGENT_UPDATED: as AGENT_REGISTERED, but d is the revision. */
    public void onUpdated(final Fact fact, final FactLog log) {
        final Agent agent = byName.get(AgentRules.agent(fact));
        capabilities.remove(agent, agent.capabilities);
        tags.remove(agent, agent.tags);
        agent.revision = fact.d();
        describe(agent, fact, log);
        hear(agent, fact);
        count(fact);
    }

    private void describe(final Agent agent, final Fact fact, final FactLog log) {
        agent.type = (int) fact.a();
        agent.tasksMax = (int) (fact.b() >>> 32);
        agent.priority = (int) fact.b();
        agent.heartbeatIntervalNs = fact.c();
        agent.missesMax = (int) fact.secondPayload();
        agent.profile = log.copyOf(fact.payload());
        agent.capabilities = ProfileCodec.capabilities(agent.profile);
        agent.tags = ProfileCodec.tags(agent.profile);
        capabilities.add(agent, agent.capabilities);
        tags.add(agent, agent.tags);
    }

    /** AGENT_UNREGISTERED: a agent. Its tasks are forgotten with it. */
    public void onUnregistered(final Fact fact) {
        final Agent agent = byName.remove(AgentRules.agent(fact));
        deadlines.cancel(TIMER_TAG | agent.name);
        for (int task = 0; task < agent.active; task++) {
            tasks[(int) agent.scopeOfTask(task)].remove(agent.name, 1);
        }
        capabilities.remove(agent, agent.capabilities);
        tags.remove(agent, agent.tags);
        everybody.remove(agent);
        count(fact);
    }

    /** AGENT_DUTY_SET: a agent; b the duty. */
    public void onDutySet(final Fact fact) {
        byName.get(AgentRules.agent(fact)).duty = AgentDuty.of((int) fact.b());
        count(fact);
    }

    /** AGENT_HEARD: a agent. */
    public void onHeard(final Fact fact) {
        hear(byName.get(AgentRules.agent(fact)), fact);
        count(fact);
    }

    private void hear(final Agent agent, final Fact fact) {
        agent.isSilent = false;
        agent.lastHeardNs = fact.timestampNs();
        if (agent.heartbeatIntervalNs == 0) {
            deadlines.cancel(TIMER_TAG | agent.name);
        } else {
            deadlines.schedule(TIMER_TAG | agent.name, silentAtNs(agent));
        }
    }

    /** When an agent is silent if it is not heard before, in kernel time; {@link Long#MAX_VALUE} for never. */
    static long silentAtNs(final Agent agent) {
        if (agent.heartbeatIntervalNs == 0) {
            return Long.MAX_VALUE;
        }
        final long sum = agent.lastHeardNs + agent.heartbeatIntervalNs * agent.missesMax;
        return sum < 0 ? Long.MAX_VALUE - 1 : sum;
    }

    /** AGENT_SILENCED: a agent. */
    public void onSilenced(final Fact fact) {
        byName.get(AgentRules.agent(fact)).isSilent = true;
        count(fact);
    }

    /** AGENT_ASSIGNED: a agent. */
    public void onAssigned(final Fact fact) {
        give(AgentRules.agent(fact), fact);
    }

    /** TASK_ASSIGNED, to an agent: c agent; extra how it stood and stands. */
    public void onStepGiven(final Fact fact) {
        give((int) fact.c(), fact);
    }

    private void give(final int agent, final Fact fact) {
        final int slot = (int) fact.coordination();
        if (tasks[slot] == null) {
            tasks[slot] = new ScopeTasks();
        }
        tasks[slot].add(agent);
        byName.get(agent).addTask(fact.coordination());
        count(fact);
    }

    /** AGENT_RELEASED: a agent; b how many tasks. */
    public void onReleased(final Fact fact) {
        release(byName.get(AgentRules.agent(fact)), fact.coordination(), (int) fact.b());
        count(fact);
    }

    /** AGENT_COMPLETED: a agent; b 1 succeeded, 2 failed, and in the high half the tasks it releases; c bits of the quality. */
    public void onCompleted(final Fact fact) {
        final Agent agent = byName.get(AgentRules.agent(fact));
        if ((int) fact.b() == AgentRules.SUCCEEDED) {
            agent.succeeded++;
        } else {
            agent.failed++;
        }
        final double quality = Double.longBitsToDouble(fact.c());
        if (!Double.isNaN(quality)) {
            agent.judged++;
            agent.qualitySum += quality;
        }
        release(agent, fact.coordination(), (int) (fact.b() >>> 32));
        count(fact);
    }

    private void release(final Agent agent, final long coordination, final int count) {
        if (count > 0) {
            tasks[(int) coordination].remove(agent.name, count);
            agent.removeTasks(coordination, count);
        }
    }

    private void count(final Fact fact) {
        counts[AgentRules.from(fact).ordinal()]--;
        counts[AgentRules.to(fact).ordinal()]++;
    }

    /** Everything it remembers, in canonical order, for digests. */
    public void digestInto(final DigestSink digest) {
        digest.add(systemSender);
        digest.add(lastNumber);
        for (int place = 0; place < everybody.end(); place++) {
            final Agent agent = everybody.at(place);
            if (agent != null) {
                digestInto(digest, agent);
                digest.add(agent.profile);
            }
        }
    }

    private static void digestInto(final DigestSink digest, final Agent agent) {
        digest.add(Fact.pair(agent.name, agent.type));
        digest.add(agent.number);
        digest.add(agent.registeredNs);
        digest.add(Fact.pair(agent.tasksMax, agent.priority));
        digest.add(agent.heartbeatIntervalNs);
        digest.add(agent.missesMax);
        digest.add(agent.revision);
        digest.add(Fact.pair(agent.duty.ordinal(), agent.isSilent ? 1 : 0));
        digest.add(agent.lastHeardNs);
        digest.add(agent.succeeded);
        digest.add(agent.failed);
        digest.add(agent.judged);
        digest.add(Double.doubleToLongBits(agent.qualitySum));
        digest.add(agent.active);
        for (int task = 0; task < agent.active; task++) {
            digest.add(agent.scopeOfTask(task));
        }
    }
}

package io.signalbox.kernel.agent;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Registering, hearing, employing and forgetting agents: check, then record. Each fact carries how the agent stood and stands. */
public final class AgentRules {
    /** Capabilities of one agent, and tags of one agent. */
    public static final int FEATURES_MAX = 64;
    /** Tasks that one agent may have at once. */
    public static final int TASKS_MAX = 1000;
    /** Highest priority of an agent. */
    public static final int PRIORITY_MAX = 100;
    /** Most heartbeats that may stay away before an agent is silent. */
    public static final int MISSES_MAX = 1000;
    /** Longest time between two heartbeats, in nanoseconds: about 104 days, so that {@value #MISSES_MAX} of them can be counted. */
    public static final long HEARTBEAT_INTERVAL_NS_MAX = Long.MAX_VALUE / 1024;
    /** Revision that any agent has. */
    public static final long ANY_REVISION = -1;

    /** A completion of an agent that succeeded. */
    public static final int SUCCEEDED = 1;
    /** A completion of an agent that failed. */
    public static final int FAILED = 2;

    /** Who sends where nobody is named, and the kernel itself. */
    private static final byte[][] RESERVED = {
        "system".getBytes(StandardCharsets.UTF_8), Agents.SYSTEM_SENDER.getBytes(StandardCharsets.UTF_8)
    };

    private static final int NAMES_OF_OURS = AgentStatus.values().length + 1;
    private static final int NAME_OF_OURS_LENGTH =
            AgentStatus.UNREGISTERED.signal().length();

    private final Agents agents;
    private final NameTable names;
    private final Recorder recorder;
    private final int nameLengthMax;

    public AgentRules(final Agents agents, final NameTable names, final Recorder recorder, final int nameLengthMax) {
        this.nameLengthMax = nameLengthMax;
        this.agents = agents;
        this.names = names;
        this.recorder = recorder;
    }

    /** Answers the number of the agent. {@code payload} is the range of the profile, which stands in {@code source}. */
    public long register(
            final int name,
            final int type,
            final int tasksMax,
            final int priority,
            final long heartbeatIntervalNs,
            final int missesMax,
            final byte[] source,
            final int offset,
            final long payload) {
        if (!isName(name)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (isReserved(name)) {
            return Rejection.RESERVED_NAME.answer();
        }
        if (agents.agent(name) != null) {
            return Rejection.DUPLICATE_AGENT.answer();
        }
        final Rejection refused =
                check(type, tasksMax, priority, heartbeatIntervalNs, missesMax, source, offset, (int) payload);
        if (refused != null) {
            return refused.answer();
        }
        final boolean isFirst = agents.systemSender() == 0;
        if (isFirst && nameLengthMax < NAME_OF_OURS_LENGTH) {
            return Rejection.TOO_LONG.answer();
        }
        if (agents.isFull() || isFirst && names.namesMax() - names.size() < NAMES_OF_OURS) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        if (isFirst) {
            recorder.record(FactType.AGENT_NAMES_RESERVED, 0, 0, 0, 0, 0, 0);
        }
        final long number = agents.lastNumber() + 1;
        recorder.record(
                FactType.AGENT_REGISTERED,
                transition(AgentStatus.UNREGISTERED, AgentStatus.AVAILABLE),
                0,
                Fact.pair(name, type),
                Fact.pair(tasksMax, priority),
                heartbeatIntervalNs,
                number,
                missesMax,
                payload);
        return number;
    }

    /** Answers the new revision of the agent, from 2. A profile replaces the one before as a whole; it is a sign of life. */
    public long update(
            final int name,
            final long expectedRevision,
            final int type,
            final int tasksMax,
            final int priority,
            final long heartbeatIntervalNs,
            final int missesMax,
            final byte[] source,
            final int offset,
            final long payload) {
        final Agent agent = agents.agent(name);
        if (agent == null) {
            return Rejection.UNKNOWN_AGENT.answer();
        }
        if (expectedRevision != ANY_REVISION && expectedRevision != agent.revision) {
            return Rejection.VERSION_MISMATCH.answer();
        }
        final Rejection refused =
                check(type, tasksMax, priority, heartbeatIntervalNs, missesMax, source, offset, (int) payload);
        if (refused != null) {
            return refused.answer();
        }
        final long revision = agent.revision + 1;
        recorder.record(
                FactType.AGENT_UPDATED,
                transition(agent.status(), Agent.status(agent.duty, false, agent.active, tasksMax)),
                0,
                Fact.pair(name, type),
                Fact.pair(tasksMax, priority),
                heartbeatIntervalNs,
                revision,
                missesMax,
                payload);
        return revision;
    }

    private Rejection check(
            final int type,
            final int tasksMax,
            final int priority,
            final long heartbeatIntervalNs,
            final int missesMax,
            final byte[] source,
            final int offset,
            final int length) {
        if (type != 0 && !isName(type)) {
            return Rejection.UNKNOWN_NAME;
        }
        if (!isWithin(tasksMax, 1, TASKS_MAX)
                || !isWithin(priority, 0, PRIORITY_MAX)
                || !isWithin(missesMax, 1, MISSES_MAX)
                || heartbeatIntervalNs < 0
                || heartbeatIntervalNs > HEARTBEAT_INTERVAL_NS_MAX) {
            return Rejection.INVALID_VALUE;
        }
        return ProfileCodec.check(source, offset, length, names.size());
    }

    private boolean isName(final int id) {
        return id > 0 && id <= names.size();
    }

    private boolean isReserved(final int name) {
        final byte[] bytes = names.bytes(name);
        return Arrays.equals(bytes, RESERVED[0]) || Arrays.equals(bytes, RESERVED[1]);
    }

    private static boolean isWithin(final int value, final int min, final int max) {
        return value >= min && value <= max;
    }

    /** Answers 0. Its tasks are forgotten with it. */
    public long unregister(final int name) {
        final Agent agent = agents.agent(name);
        if (agent == null) {
            return Rejection.UNKNOWN_AGENT.answer();
        }
        record(FactType.AGENT_UNREGISTERED, agent, AgentStatus.UNREGISTERED, 0, 0, 0);
        return 0;
    }

    /** Answers 0. A retired agent stays so. */
    public long setDuty(final int name, final int dutyCode) {
        final AgentDuty duty = AgentDuty.of(dutyCode);
        if (duty == null) {
            return Rejection.INVALID_VALUE.answer();
        }
        final Agent agent = agents.agent(name);
        if (agent == null) {
            return Rejection.UNKNOWN_AGENT.answer();
        }
        if (agent.duty == AgentDuty.RETIRED) {
            return Rejection.ALREADY_CONCLUDED.answer();
        }
        final AgentStatus then = Agent.status(duty, agent.isSilent, agent.active, agent.tasksMax);
        record(FactType.AGENT_DUTY_SET, agent, then, 0, dutyCode, 0);
        return 0;
    }

    /** A sign of life. Answers the code of the status that the agent has now, so that it learns what was declared about it. */
    public long heartbeat(final int name) {
        final Agent agent = agents.agent(name);
        if (agent == null) {
            return Rejection.UNKNOWN_AGENT.answer();
        }
        final AgentStatus then = Agent.status(agent.duty, false, agent.active, agent.tasksMax);
        record(FactType.AGENT_HEARD, agent, then, 0, 0, 0);
        return then.ordinal();
    }

    /** The heartbeats of an agent have stayed away. */
    public void silence(final int name) {
        final Agent agent = agents.agent(name);
        final AgentStatus then = Agent.status(agent.duty, true, agent.active, agent.tasksMax);
        record(FactType.AGENT_SILENCED, agent, then, 0, 0, 0);
    }

    /** The agent takes one more task of a coordination. Answers how many it has then, in all coordinations. */
    public long assign(final long coordination, final int name) {
        final AgentStatus status = agents.status(name);
        if (status == AgentStatus.UNREGISTERED) {
            return Rejection.UNKNOWN_AGENT.answer();
        }
        if (status != AgentStatus.AVAILABLE) {
            return status == AgentStatus.BUSY ? Rejection.AGENT_BUSY.answer() : Rejection.AGENT_UNAVAILABLE.answer();
        }
        final Agent agent = agents.agent(name);
        final int active = agent.active + 1;
        record(FactType.AGENT_ASSIGNED, agent, withLoad(agent, active), coordination, 0, 0);
        return active;
    }

    /** A task of a coordination goes back without an outcome. Answers how many the agent has left, in all coordinations. */
    public long release(final long coordination, final int name) {
        final Agent agent = agents.agent(name);
        if (agent == null) {
            return Rejection.UNKNOWN_AGENT.answer();
        }
        if (tasks(coordination, name) == 0) {
            return Rejection.NO_TASK_ASSIGNED.answer();
        }
        final int active = agent.active - 1;
        record(FactType.AGENT_RELEASED, agent, withLoad(agent, active), coordination, 1, 0);
        return active;
    }

    /** An agent completed: count how, and take the task from it that it had in that coordination, if any. */
    public void onCompletion(
            final long coordination, final int name, final boolean hasSucceeded, final double quality) {
        final Agent agent = agents.agent(name);
        if (agent == null) {
            return;
        }
        final int released = Math.min(1, tasks(coordination, name));
        record(
                FactType.AGENT_COMPLETED,
                agent,
                withLoad(agent, agent.active - released),
                coordination,
                Fact.pair(released, hasSucceeded ? SUCCEEDED : FAILED),
                Double.doubleToLongBits(quality));
    }

    /** A coordination closed: who had tasks in it is free of them. Whether all are; else call again in a later turn. */
    public boolean onCoordinationClosed(final long coordination) {
        final ScopeTasks tasks = agents.tasks((int) coordination);
        while (tasks != null && tasks.size() > 0) {
            if (!recorder.hasRoom()) {
                return false;
            }
            final Agent agent = agents.agent(tasks.lastAgent());
            final int released = tasks.count(agent.name);
            final AgentStatus then = withLoad(agent, agent.active - released);
            record(FactType.AGENT_RELEASED, agent, then, coordination, released, 0);
        }
        return true;
    }

    private int tasks(final long coordination, final int name) {
        final ScopeTasks tasks = agents.tasks((int) coordination);
        return tasks == null ? 0 : tasks.count(name);
    }

    private static AgentStatus withLoad(final Agent agent, final int active) {
        return Agent.status(agent.duty, agent.isSilent, active, agent.tasksMax);
    }

    private void record(
            final FactType type,
            final Agent agent,
            final AgentStatus then,
            final long coordination,
            final long b,
            final long c) {
        recorder.record(type, transition(agent.status(), then), coordination, Fact.pair(agent.name, 0), b, c, 0);
    }

    static int transition(final AgentStatus from, final AgentStatus to) {
        return from.ordinal() << 8 | to.ordinal();
    }

    /** Name id of the agent that a fact of this room is about. */
    public static int agent(final Fact fact) {
        return (int) (fact.a() >>> 32);
    }

    /** How the agent of a fact of this room, or of a step that it was given, stood before. */
    public static AgentStatus from(final Fact fact) {
        return AgentStatus.of(fact.extra() >>> 8);
    }

    /** How it stands since. */
    public static AgentStatus to(final Fact fact) {
        return AgentStatus.of(fact.extra() & 0xFF);
    }
}

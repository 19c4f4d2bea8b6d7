package io.signalbox.kernel.agent;

import java.util.Arrays;

/** One registered agent. Changed by {@link Agents} alone. */
final class Agent {
    final int name;
    final long number;
    final long registeredNs;
    int type;
    int tasksMax;
    int priority;
    long heartbeatIntervalNs;
    int missesMax;
    long revision = 1;
    byte[] profile;
    int[] capabilities;
    int[] tags;
    AgentDuty duty = AgentDuty.ACTIVE;
    boolean isSilent;
    long lastHeardNs;
    long succeeded;
    long failed;
    long judged;
    double qualitySum;
    int active;
    private long[] scopes = new long[2];

    Agent(final int name, final long number, final long registeredNs) {
        this.name = name;
        this.number = number;
        this.registeredNs = registeredNs;
    }

    AgentStatus status() {
        return status(duty, isSilent, active, tasksMax);
    }

    /** How an agent stands that has this duty, silence and load. */
    static AgentStatus status(final AgentDuty duty, final boolean isSilent, final int active, final int tasksMax) {
        return switch (duty) {
            case ACTIVE -> isSilent ? AgentStatus.SILENT : active < tasksMax ? AgentStatus.AVAILABLE : AgentStatus.BUSY;
            case INACTIVE -> AgentStatus.INACTIVE;
            case MAINTENANCE -> AgentStatus.MAINTENANCE;
            case ERROR -> AgentStatus.ERROR;
            case RETIRED -> AgentStatus.RETIRED;
        };
    }

    boolean has(final int capability) {
        return holds(capabilities, capability);
    }

    boolean isTagged(final int tag) {
        return holds(tags, tag);
    }

    private static boolean holds(final int[] names, final int name) {
        for (final int each : names) {
            if (each == name) {
                return true;
            }
        }
        return false;
    }

    /** Coordination of the task that was assigned as number {@code index} of those it still has. */
    long scopeOfTask(final int index) {
        return scopes[index];
    }

    void addTask(final long coordination) {
        if (active == scopes.length) {
            scopes = Arrays.copyOf(scopes, active * 2);
        }
        scopes[active++] = coordination;
    }

    /** Take out at most so many tasks of a coordination, the ones assigned first. */
    void removeTasks(final long coordination, final int count) {
        int kept = 0;
        int left = count;
        for (int i = 0; i < active; i++) {
            if (scopes[i] == coordination && left > 0) {
                left--;
            } else {
                scopes[kept++] = scopes[i];
            }
        }
        active = kept;
    }
}

package io.signalbox.kernel.agent;

/**
 * Everything the kernel knows of an agent at one moment. Immutable.
 *
 * @param profile what it says of itself.
 * @param number 1 for the first agent ever registered, 2 for the next one.
 * @param revision 1 when it registered, one more with each update.
 * @param status how it stands.
 * @param duty what was declared about it.
 * @param activeTasks tasks assigned to it and not ended, in all coordinations.
 * @param succeeded completions of it that succeeded, since it registered, in all coordinations.
 * @param failed completions of it that failed.
 * @param meanQuality of the completions that gave one, 0 to 1; NaN when none did.
 * @param registeredNs kernel time.
 * @param lastHeardNs kernel time of its last sign of life: its registration, an update or a heartbeat.
 */
public record AgentSnapshot(
        AgentProfile profile,
        long number,
        long revision,
        AgentStatus status,
        AgentDuty duty,
        int activeTasks,
        long succeeded,
        long failed,
        double meanQuality,
        long registeredNs,
        long lastHeardNs) {
    /** Its name. */
    public String id() {
        return profile.id();
    }

    /** Part of its completions that succeeded, 0 to 1; NaN before the first. */
    public double successRate() {
        return AgentScore.rate(succeeded, failed);
    }
}

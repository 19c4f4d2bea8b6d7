package io.signalbox.kernel;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.agent.AgentMatch;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentQuery;
import io.signalbox.kernel.agent.AgentQuery.Standing;
import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentScore;
import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.agent.AgentTask;
import io.signalbox.kernel.agent.Discovery;
import io.signalbox.kernel.agent.Matching;
import io.signalbox.kernel.agent.ProfileCodec;
import io.signalbox.kernel.command.AgentCommands;
import io.signalbox.kernel.event.Rejection;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The registry of agents: who is there, what they can do, how busy they are, and who suits a task best. Kernel-wide. Any thread.
 *
 * <p>What changes it is a command and answers a {@link Receipt}; a refusal is named in it, nothing is thrown. What asks it sees the
 * registry as it is, never a copy of before. A search over many agents is made in pieces, each between two turns, so that it holds
 * nobody up: it sees every agent once, each as it stood when its piece was made.
 */
public final class AgentRegistry {
    /** How often {@link #assignBest} looks again when others were faster. */
    private static final int LOOKS_MAX = 16;

    private static final long NS_PER_MS = 1_000_000;

    private final Kernel kernel;

    AgentRegistry(final Kernel kernel) {
        this.kernel = kernel;
    }

    // ------------------------------------------------------------------ who is there

    /** Make an agent known. The receipt's value is its number. */
    public Receipt register(final AgentProfile profile) {
        return named(profile.id(), agent -> {
            final byte[] encoded = ProfileCodec.encode(profile, kernel::nameId);
            return kernel.ingress().submit(describe(new AgentCommands.Register().with(agent, encoded), profile));
        });
    }

    /** Make an agent known that has these capabilities and the usual settings. */
    public Receipt register(final String id, final String... capabilities) {
        return register(AgentProfile.of(id, capabilities));
    }

    /**
     * Make the agent known that an {@link AgentInfo} describes.
     *
     * @param annotated a class or a method.
     * @throws IllegalArgumentException when it bears none.
     */
    public Receipt register(final AnnotatedElement annotated) {
        return register(profileOf(annotated));
    }

    /**
     * The profile that an {@link AgentInfo} describes; its origin is the name of the class, and of the method.
     *
     * @throws IllegalArgumentException when there is none.
     */
    public static AgentProfile profileOf(final AnnotatedElement annotated) {
        final AgentInfo info = annotated.getAnnotation(AgentInfo.class);
        if (info == null) {
            throw new IllegalArgumentException(annotated + " bears no @AgentInfo");
        }
        return AgentProfile.of(info.id(), info.capabilities())
                .withTags(info.tags())
                .withType(info.type())
                .withVersion(info.version())
                .withDescription(info.description())
                .withAuthor(info.author())
                .withOrigin(origin(annotated))
                .withConfig(info.config())
                .withTasksMax(info.tasksMax())
                .withPriority(info.priority())
                .withHeartbeat(info.heartbeatIntervalMs(), info.missesMax());
    }

    private static String origin(final AnnotatedElement annotated) {
        if (annotated instanceof final Method method) {
            return method.getDeclaringClass().getName() + "#" + method.getName();
        }
        return ((Class<?>) annotated).getName();
    }

    /** Replace what an agent says of itself. The receipt's value is its new revision. */
    public Receipt update(final AgentProfile profile) {
        return update(profile, AgentRules.ANY_REVISION);
    }

    /** As {@link #update(AgentProfile)}, if nobody has updated it since. */
    public Receipt update(final AgentProfile profile, final long expectedRevision) {
        return named(profile.id(), agent -> {
            final byte[] encoded = ProfileCodec.encode(profile, kernel::nameId);
            return kernel.ingress()
                    .submit(describe(new AgentCommands.Update().with(agent, encoded), profile)
                            .expectedRevision(expectedRevision));
        });
    }

    private <D extends AgentCommands.Description<D>> D describe(final D request, final AgentProfile profile) {
        return request.type(profile.type().isEmpty() ? 0 : kernel.nameId(profile.type()))
                .tasksMax(profile.tasksMax())
                .priority(profile.priority())
                .heartbeat(ns(profile.heartbeatIntervalMs()), profile.missesMax());
    }

    /** Saturated, so that a length of time beyond all limits is still one. */
    private static long ns(final long ms) {
        return ms > Long.MAX_VALUE / NS_PER_MS ? Long.MAX_VALUE : ms < 0 ? -1 : ms * NS_PER_MS;
    }

    /** Forget an agent, and the tasks it has. */
    public Receipt unregister(final String id) {
        return named(id, agent -> kernel.ingress().agents().unregister(agent));
    }

    /** Declare what an agent is up to. {@link AgentDuty#RETIRED} is the last one. */
    public Receipt declare(final String id, final AgentDuty duty) {
        return named(id, agent -> kernel.ingress().agents().setDuty(agent, duty));
    }

    /** The agent says that it is there. The receipt's value is the ordinal of its {@link AgentStatus} now. */
    public Receipt heartbeat(final String id) {
        return named(id, agent -> kernel.ingress().agents().heartbeat(agent));
    }

    // ------------------------------------------------------------------ tasks

    /** An agent takes a task of a coordination; a completion of it there ends it. The receipt's value: how many it has then. */
    public Receipt assign(final Coordination coordination, final String id) {
        return named(id, agent -> kernel.ingress().agents().assign(coordination.handle(), agent));
    }

    /** An agent gives a task of a coordination back without an outcome. The receipt's value: how many it has left. */
    public Receipt release(final Coordination coordination, final String id) {
        return named(id, agent -> kernel.ingress().agents().release(coordination.handle(), agent));
    }

    /**
     * Find the agent that suits a task best and let it take the task. Where somebody else was faster it looks again.
     *
     * @return the match whose best agent has taken the task; or one that is not found, and says why.
     * @throws CommandRefusedException when the coordination is closed.
     */
    public AgentMatch assignBest(final Coordination coordination, final AgentTask task) {
        AgentMatch match = match(task);
        for (int looks = 1; match.isFound(); looks++) {
            final Receipt taken = assign(coordination, match.best().agent().id());
            if (taken.isAccepted()) {
                return match;
            }
            if (!isOvertaken(taken.rejection()) || looks == LOOKS_MAX) {
                throw new CommandRefusedException(taken.rejection());
            }
            match = match(task);
        }
        return match;
    }

    private static boolean isOvertaken(final Rejection rejection) {
        return rejection == Rejection.AGENT_BUSY
                || rejection == Rejection.AGENT_UNAVAILABLE
                || rejection == Rejection.UNKNOWN_AGENT;
    }

    // ------------------------------------------------------------------ who suits

    /** An agent, or null when none has this name. */
    public AgentSnapshot find(final String id) {
        return kernel.query(() -> kernel.machine().agentInspector().agent(id));
    }

    /**
     * An agent.
     *
     * @throws CommandRefusedException with {@link Rejection#UNKNOWN_AGENT} when none has this name.
     */
    public AgentSnapshot get(final String id) {
        final AgentSnapshot agent = find(id);
        if (agent == null) {
            throw new CommandRefusedException(Rejection.UNKNOWN_AGENT);
        }
        return agent;
    }

    /** Every agent, the newest registration first. */
    public List<AgentSnapshot> list() {
        return discover(AgentQuery.everybody().standing(Standing.ANY));
    }

    /** Active agents that have a capability, the newest registration first. */
    public List<AgentSnapshot> discover(final String capability) {
        return discover(AgentQuery.withAllOf(capability));
    }

    /** Agents that a query describes, the newest registration first. */
    public List<AgentSnapshot> discover(final AgentQuery query) {
        final Discovery discovery = new Discovery(query);
        boolean hasEnded = false;
        while (!hasEnded) {
            hasEnded = kernel.query(() -> kernel.machine().agentInspector().advance(discovery));
        }
        return discovery.found();
    }

    /** Who suits a task best, with the scores and why. Nobody without a required capability, or without a free place, matches. */
    public AgentMatch match(final AgentTask task) {
        final Matching matching = new Matching(task);
        boolean hasEnded = false;
        while (!hasEnded) {
            hasEnded = kernel.query(() -> kernel.machine().agentInspector().advance(matching));
        }
        return matching.result();
    }

    /** How well one agent suits a task, whether it would match or not; null when none has this name. */
    public AgentScore score(final String id, final AgentTask task) {
        return kernel.query(() -> kernel.machine().agentInspector().score(id, task));
    }

    /** How many agents are registered. */
    public int size() {
        return kernel.query(() -> kernel.machine().agentInspector().registered());
    }

    /** How many agents stand so. */
    public int count(final AgentStatus status) {
        return kernel.query(() -> kernel.machine().agentInspector().count(status));
    }

    /** Do it with the id of a name; a name that cannot be one is a refusal as any other. */
    private Receipt named(final String name, final IntToLongFunction command) {
        try {
            final long answer = command.applyAsLong(kernel.nameId(name));
            return kernel.receipt(kernel.ingress(), answer);
        } catch (final CommandRefusedException refused) {
            return kernel.receipt(kernel.ingress(), refused.rejection().answer());
        }
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.AssignAgentDecoder;
import io.signalbox.kernel.command.codec.HeartbeatDecoder;
import io.signalbox.kernel.command.codec.RegisterAgentDecoder;
import io.signalbox.kernel.command.codec.ReleaseAgentDecoder;
import io.signalbox.kernel.command.codec.SetAgentDutyDecoder;
import io.signalbox.kernel.command.codec.UnregisterAgentDecoder;
import io.signalbox.kernel.command.codec.UpdateAgentDecoder;
import io.signalbox.kernel.event.Rejection;

/** Reads the commands of the agent room. The registry is kernel-wide; tasks are a coordination's. */
final class AgentDispatch {
    private final AgentRules rules;
    private final int payloadLengthMax;
    private final RegisterAgentDecoder register = new RegisterAgentDecoder();
    private final UpdateAgentDecoder update = new UpdateAgentDecoder();
    private final UnregisterAgentDecoder unregister = new UnregisterAgentDecoder();
    private final SetAgentDutyDecoder setDuty = new SetAgentDutyDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final AssignAgentDecoder assign = new AssignAgentDecoder();
    private final ReleaseAgentDecoder release = new ReleaseAgentDecoder();

    AgentDispatch(final AgentRules rules, final MachineLimits limits) {
        this.rules = rules;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case ASSIGN_AGENT ->
                rules.assign(coordination, Body.of(command, assign).agent());
            case RELEASE_AGENT ->
                rules.release(coordination, Body.of(command, release).agent());
            default -> coordination == 0 ? decide(type, command) : Rejection.INVALID_VALUE.answer();
        };
    }

    private long decide(final CommandType type, final CommandView command) {
        return switch (type) {
            case REGISTER_AGENT -> register(command, Body.of(command, register));
            case UPDATE_AGENT -> update(command, Body.of(command, update));
            case UNREGISTER_AGENT ->
                rules.unregister(Body.of(command, unregister).agent());
            case SET_AGENT_DUTY -> {
                Body.of(command, setDuty);
                yield rules.setDuty(setDuty.agent(), setDuty.duty());
            }
            case HEARTBEAT -> rules.heartbeat(Body.of(command, heartbeat).agent());
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long register(final CommandView command, final RegisterAgentDecoder body) {
        final int length = body.profileLength();
        final long profile = Body.range(body, length);
        return length > payloadLengthMax
                ? Body.tooLong()
                : rules.register(
                        body.agent(),
                        body.agentType(),
                        body.tasksMax(),
                        body.priority(),
                        body.heartbeatIntervalNs(),
                        body.missesMax(),
                        command.bytes(),
                        command.offset() + (int) (profile >>> 32),
                        profile);
    }

    private long update(final CommandView command, final UpdateAgentDecoder body) {
        final int length = body.profileLength();
        final long profile = Body.range(body, length);
        return length > payloadLengthMax
                ? Body.tooLong()
                : rules.update(
                        body.agent(),
                        body.expectedRevision(),
                        body.agentType(),
                        body.tasksMax(),
                        body.priority(),
                        body.heartbeatIntervalNs(),
                        body.missesMax(),
                        command.bytes(),
                        command.offset() + (int) (profile >>> 32),
                        profile);
    }
}

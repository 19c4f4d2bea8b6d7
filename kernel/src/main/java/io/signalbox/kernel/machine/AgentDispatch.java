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
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.store.SlotBuffer;

/** The commands about agents, decoded once, to the rules of their room. The registry is kernel-wide; tasks are a coordination's. */
final class AgentDispatch {
    private static final int LENGTH_OF_LENGTH = 4;

    private final AgentRules rules;
    private final int payloadLengthMax;
    private final RegisterAgentDecoder register = new RegisterAgentDecoder();
    private final UpdateAgentDecoder update = new UpdateAgentDecoder();
    private final UnregisterAgentDecoder unregister = new UnregisterAgentDecoder();
    private final SetAgentDutyDecoder setDuty = new SetAgentDutyDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final AssignAgentDecoder assign = new AssignAgentDecoder();
    private final ReleaseAgentDecoder release = new ReleaseAgentDecoder();

    AgentDispatch(final AgentRules rules, final int payloadLengthMax) {
        this.rules = rules;
        this.payloadLengthMax = payloadLengthMax;
    }

    /** Decide one command of this room; its coordination is open. */
    long decide(final CommandType type, final CommandView command) {
        final SlotBuffer buffer = command.buffer();
        final int at = CommandView.BLOCK_OFFSET;
        final int block = command.blockLength();
        final int version = command.version();
        final long coordination = command.coordination();
        if (type == CommandType.ASSIGN_AGENT) {
            return rules.assign(
                    coordination, assign.wrap(buffer, at, block, version).agent());
        }
        if (type == CommandType.RELEASE_AGENT) {
            return rules.release(
                    coordination, release.wrap(buffer, at, block, version).agent());
        }
        if (coordination != 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        return switch (type) {
            case REGISTER_AGENT -> register(command, register.wrap(buffer, at, block, version));
            case UPDATE_AGENT -> update(command, update.wrap(buffer, at, block, version));
            case UNREGISTER_AGENT ->
                rules.unregister(unregister.wrap(buffer, at, block, version).agent());
            case SET_AGENT_DUTY -> {
                setDuty.wrap(buffer, at, block, version);
                yield rules.setDuty(setDuty.agent(), setDuty.duty());
            }
            case HEARTBEAT ->
                rules.heartbeat(heartbeat.wrap(buffer, at, block, version).agent());
            default -> throw new IllegalStateException(type + " is no command of this room");
        };
    }

    private long register(final CommandView view, final RegisterAgentDecoder command) {
        final int length = command.profileLength();
        final int from = command.limit() + LENGTH_OF_LENGTH;
        return length > payloadLengthMax
                ? Rejection.TOO_LONG.answer()
                : rules.register(
                        command.agent(),
                        command.agentType(),
                        command.tasksMax(),
                        command.priority(),
                        command.heartbeatIntervalNs(),
                        command.missesMax(),
                        view.bytes(),
                        view.offset() + from,
                        FactLog.range(from, length));
    }

    private long update(final CommandView view, final UpdateAgentDecoder command) {
        final int length = command.profileLength();
        final int from = command.limit() + LENGTH_OF_LENGTH;
        return length > payloadLengthMax
                ? Rejection.TOO_LONG.answer()
                : rules.update(
                        command.agent(),
                        command.expectedRevision(),
                        command.agentType(),
                        command.tasksMax(),
                        command.priority(),
                        command.heartbeatIntervalNs(),
                        command.missesMax(),
                        view.bytes(),
                        view.offset() + from,
                        FactLog.range(from, length));
    }
}

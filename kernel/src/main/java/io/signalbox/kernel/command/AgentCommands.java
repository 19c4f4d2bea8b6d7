package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AssignAgentEncoder;
import io.signalbox.kernel.command.codec.CommandHeaderEncoder;
import io.signalbox.kernel.command.codec.HeartbeatEncoder;
import io.signalbox.kernel.command.codec.MessageHeaderEncoder;
import io.signalbox.kernel.command.codec.RegisterAgentEncoder;
import io.signalbox.kernel.command.codec.ReleaseAgentEncoder;
import io.signalbox.kernel.command.codec.SetAgentDutyEncoder;
import io.signalbox.kernel.command.codec.UnregisterAgentEncoder;
import io.signalbox.kernel.command.codec.UpdateAgentEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** Writes the commands about agents; see {@link Commands}. */
public final class AgentCommands {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int VAR = 4;

    /** Length of the commands that name an agent and nothing else. */
    public static final int AGENT_LENGTH = HEADER + HeartbeatEncoder.BLOCK_LENGTH;

    public static final int SET_AGENT_DUTY_LENGTH = HEADER + SetAgentDutyEncoder.BLOCK_LENGTH;

    private AgentCommands() {}

    public static int registerAgentLength(final byte[] profile) {
        return HEADER + RegisterAgentEncoder.BLOCK_LENGTH + VAR + profile.length;
    }

    public static void encodeRegisterAgent(
            final SlotBuffer buffer,
            final int agent,
            final int type,
            final int tasksMax,
            final int priority,
            final int missesMax,
            final long heartbeatIntervalNs,
            final byte[] profile) {
        final RegisterAgentEncoder command =
                new RegisterAgentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.agent(agent)
                .agentType(type)
                .tasksMax(tasksMax)
                .priority(priority)
                .missesMax(missesMax)
                .heartbeatIntervalNs(heartbeatIntervalNs)
                .putProfile(profile, 0, profile.length);
    }

    public static int updateAgentLength(final byte[] profile) {
        return HEADER + UpdateAgentEncoder.BLOCK_LENGTH + VAR + profile.length;
    }

    public static void encodeUpdateAgent(
            final SlotBuffer buffer,
            final int agent,
            final int type,
            final int tasksMax,
            final int priority,
            final int missesMax,
            final long heartbeatIntervalNs,
            final long expectedRevision,
            final byte[] profile) {
        final UpdateAgentEncoder command =
                new UpdateAgentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.agent(agent)
                .agentType(type)
                .tasksMax(tasksMax)
                .priority(priority)
                .missesMax(missesMax)
                .heartbeatIntervalNs(heartbeatIntervalNs)
                .expectedRevision(expectedRevision)
                .putProfile(profile, 0, profile.length);
    }

    public static void encodeUnregisterAgent(final SlotBuffer buffer, final int agent) {
        final UnregisterAgentEncoder command =
                new UnregisterAgentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.agent(agent);
    }

    /** See {@code AgentDuty} for the code. */
    public static void encodeSetAgentDuty(final SlotBuffer buffer, final int agent, final int duty) {
        final SetAgentDutyEncoder command =
                new SetAgentDutyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.agent(agent).duty((short) duty);
    }

    public static void encodeHeartbeat(final SlotBuffer buffer, final int agent) {
        final HeartbeatEncoder command =
                new HeartbeatEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.agent(agent);
    }

    public static void encodeAssignAgent(final SlotBuffer buffer, final long coordination, final int agent) {
        final AssignAgentEncoder command =
                new AssignAgentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.agent(agent);
    }

    public static void encodeReleaseAgent(final SlotBuffer buffer, final long coordination, final int agent) {
        final ReleaseAgentEncoder command =
                new ReleaseAgentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.agent(agent);
    }

    private static CommandHeaderEncoder header(final CommandHeaderEncoder header) {
        return header.position(-1).timestampNs(-1).clientId(0).clientSequence(0).coordination(0);
    }
}

package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AssignAgentEncoder;
import io.signalbox.kernel.command.codec.HeartbeatEncoder;
import io.signalbox.kernel.command.codec.RegisterAgentEncoder;
import io.signalbox.kernel.command.codec.ReleaseAgentEncoder;
import io.signalbox.kernel.command.codec.SetAgentDutyEncoder;
import io.signalbox.kernel.command.codec.UnregisterAgentEncoder;
import io.signalbox.kernel.command.codec.UpdateAgentEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of the registry of agents. */
public final class AgentCommands {
    private AgentCommands() {}

    /**
     * What an agent says of itself.
     *
     * @param <D> the request itself.
     */
    public abstract static class Description<D extends Description<D>> extends Request {
        int agent;
        int agentType;
        int tasksMax;
        int priority;
        int missesMax;
        long heartbeatIntervalNs;
        byte[] profile = NOTHING;

        Description(final CommandType type, final int blockLength) {
            super(type, blockLength);
        }

        final void describe(final int agent, final byte[] profile) {
            this.agent = agent;
            this.profile = profile;
            this.agentType = 0;
            this.tasksMax = 1;
            this.priority = 0;
            this.missesMax = 1;
            this.heartbeatIntervalNs = 0;
        }

        /** Name id, 0 for none. */
        public final D type(final int agentType) {
            this.agentType = agentType;
            return self();
        }

        /** Tasks it may have at once, 1 unless said. */
        public final D tasksMax(final int tasksMax) {
            this.tasksMax = tasksMax;
            return self();
        }

        /** 0 to 100. */
        public final D priority(final int priority) {
            this.priority = priority;
            return self();
        }

        /** How often it beats, 0 for never, and how many beats may stay away. */
        public final D heartbeat(final long heartbeatIntervalNs, final int missesMax) {
            this.heartbeatIntervalNs = heartbeatIntervalNs;
            this.missesMax = missesMax;
            return self();
        }

        /** This request. */
        abstract D self();

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + profile.length;
        }
    }

    /** Make an agent known; answers its number. */
    public static final class Register extends Description<Register> {
        private final RegisterAgentEncoder encoder = new RegisterAgentEncoder();

        public Register() {
            super(CommandType.REGISTER_AGENT, RegisterAgentEncoder.BLOCK_LENGTH);
        }

        /** {@code profile} as {@code ProfileCodec} writes it. */
        public Register with(final int agent, final byte[] profile) {
            describe(agent, profile);
            return this;
        }

        @Override
        Register self() {
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .agent(agent)
                    .agentType(agentType)
                    .tasksMax(tasksMax)
                    .priority(priority)
                    .missesMax(missesMax)
                    .heartbeatIntervalNs(heartbeatIntervalNs)
                    .putProfile(profile, 0, profile.length);
        }
    }

    /** Replace what an agent says of itself; answers its new revision. */
    public static final class Update extends Description<Update> {
        private final UpdateAgentEncoder encoder = new UpdateAgentEncoder();
        private long expectedRevision;

        public Update() {
            super(CommandType.UPDATE_AGENT, UpdateAgentEncoder.BLOCK_LENGTH);
        }

        /** {@code profile} as {@code ProfileCodec} writes it. */
        public Update with(final int agent, final byte[] profile) {
            describe(agent, profile);
            expectedRevision = -1;
            return this;
        }

        /** Revision that the agent must have, -1: any. */
        public Update expectedRevision(final long expectedRevision) {
            this.expectedRevision = expectedRevision;
            return this;
        }

        @Override
        Update self() {
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .agent(agent)
                    .agentType(agentType)
                    .tasksMax(tasksMax)
                    .priority(priority)
                    .missesMax(missesMax)
                    .heartbeatIntervalNs(heartbeatIntervalNs)
                    .expectedRevision(expectedRevision)
                    .putProfile(profile, 0, profile.length);
        }
    }

    /** Forget an agent. */
    public static final class Unregister extends Request {
        private final UnregisterAgentEncoder encoder = new UnregisterAgentEncoder();
        private int agent;

        public Unregister() {
            super(CommandType.UNREGISTER_AGENT, UnregisterAgentEncoder.BLOCK_LENGTH);
        }

        public Unregister with(final int agent) {
            this.agent = agent;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent);
        }
    }

    /** Declare the duty of an agent. */
    public static final class SetDuty extends Request {
        private final SetAgentDutyEncoder encoder = new SetAgentDutyEncoder();
        private int agent;
        private int duty;

        public SetDuty() {
            super(CommandType.SET_AGENT_DUTY, SetAgentDutyEncoder.BLOCK_LENGTH);
        }

        /** See {@code AgentDuty} for the code. */
        public SetDuty with(final int agent, final int duty) {
            this.agent = agent;
            this.duty = duty;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent).duty((short) duty);
        }
    }

    /** A sign of life; answers the code of the agent's status. */
    public static final class Heartbeat extends Request {
        private final HeartbeatEncoder encoder = new HeartbeatEncoder();
        private int agent;

        public Heartbeat() {
            super(CommandType.HEARTBEAT, HeartbeatEncoder.BLOCK_LENGTH);
        }

        public Heartbeat with(final int agent) {
            this.agent = agent;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent);
        }
    }

    /** An agent takes a task of a coordination; answers how many it has then. */
    public static final class Assign extends Request {
        private final AssignAgentEncoder encoder = new AssignAgentEncoder();
        private int agent;

        public Assign() {
            super(CommandType.ASSIGN_AGENT, AssignAgentEncoder.BLOCK_LENGTH);
        }

        public Assign with(final long coordination, final int agent) {
            scope(coordination);
            this.agent = agent;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent);
        }
    }

    /** A task of a coordination goes back without an outcome; answers how many the agent has left. */
    public static final class Release extends Request {
        private final ReleaseAgentEncoder encoder = new ReleaseAgentEncoder();
        private int agent;

        public Release() {
            super(CommandType.RELEASE_AGENT, ReleaseAgentEncoder.BLOCK_LENGTH);
        }

        public Release with(final long coordination, final int agent) {
            scope(coordination);
            this.agent = agent;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent);
        }
    }
}

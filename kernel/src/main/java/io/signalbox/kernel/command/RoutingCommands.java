package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.ClearRoutingEncoder;
import io.signalbox.kernel.command.codec.GiveOpinionEncoder;
import io.signalbox.kernel.command.codec.RecordDecisionEncoder;
import io.signalbox.kernel.command.codec.ResetRetriesEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of routing. */
public final class RoutingCommands {
    private static final int PREAMBLE = Long.BYTES;

    private RoutingCommands() {}

    /** Decide about a task from opinions; answers a {@code Verdict}. */
    public static final class RecordDecision extends Request {
        private final RecordDecisionEncoder encoder = new RecordDecisionEncoder();
        private int task;
        private int policy;
        private int failing;
        private int whenExhausted;
        private int retriesMax;
        private int retryCount;
        private long executionTimeMs;
        private long stateVersion;
        private long routingTimeNs;
        private byte[] correlation = NOTHING;
        private byte[] opinions = NOTHING;
        private int opinionsLength;

        public RecordDecision() {
            super(CommandType.RECORD_DECISION, RecordDecisionEncoder.BLOCK_LENGTH);
        }

        /**
         * A decision by severity, where a router that failed counts as an error and nothing is retried.
         *
         * @param opinions laid out as {@code OpinionWriter} writes them.
         */
        public RecordDecision with(
                final long coordination, final int task, final byte[] opinions, final int opinionsLength) {
            scope(coordination);
            this.task = task;
            this.opinions = opinions;
            this.opinionsLength = opinionsLength;
            this.policy = 0;
            this.failing = 0;
            this.whenExhausted = 0;
            this.retriesMax = 0;
            this.retryCount = 0;
            this.executionTimeMs = 0;
            this.stateVersion = -1;
            this.routingTimeNs = 0;
            this.correlation = NOTHING;
            return this;
        }

        /** Codes of the policy and of what a failing router counts for. */
        public RecordDecision policy(final int policy, final int failing) {
            this.policy = policy;
            this.failing = failing;
            return this;
        }

        /** How often the task may be tried again in a row, and the code of what is decided after that. */
        public RecordDecision retries(final int retriesMax, final int whenExhausted) {
            this.retriesMax = retriesMax;
            this.whenExhausted = whenExhausted;
            return this;
        }

        /** Attempts that the caller knows of. */
        public RecordDecision retryCount(final int retryCount) {
            this.retryCount = retryCount;
            return this;
        }

        /** How long the task has run. */
        public RecordDecision executionTimeMs(final long executionTimeMs) {
            this.executionTimeMs = executionTimeMs;
            return this;
        }

        /** Version of the state that the routers saw, -1 for none. */
        public RecordDecision stateVersion(final long stateVersion) {
            this.stateVersion = stateVersion;
            return this;
        }

        /** What asking the routers took. */
        public RecordDecision routingTimeNs(final long routingTimeNs) {
            this.routingTimeNs = routingTimeNs;
            return this;
        }

        /** The caller's own id, UTF-8. */
        public RecordDecision correlation(final byte[] correlation) {
            this.correlation = correlation;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + correlation.length + LENGTH_OF_LENGTH + PREAMBLE + opinionsLength;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .task(task)
                    .policy((short) policy)
                    .failing((short) failing)
                    .whenExhausted((short) whenExhausted)
                    .retriesMax(retriesMax)
                    .retryCount(retryCount)
                    .stateVersion(stateVersion)
                    .routingTimeNs(routingTimeNs)
                    .putCorrelation(correlation, 0, correlation.length);
            final int at = encoder.limit();
            buffer.putInt(at, PREAMBLE + opinionsLength, RecordDecisionEncoder.BYTE_ORDER);
            buffer.putLong(at + LENGTH_OF_LENGTH, executionTimeMs, RecordDecisionEncoder.BYTE_ORDER);
            buffer.putBytes(at + LENGTH_OF_LENGTH + PREAMBLE, opinions, 0, opinionsLength);
        }
    }

    /** Leave an opinion for the next decision about a task; answers how many wait then. */
    public static final class GiveOpinion extends Request {
        private final GiveOpinionEncoder encoder = new GiveOpinionEncoder();
        private int task;
        private byte[] opinion = NOTHING;
        private int opinionLength;

        public GiveOpinion() {
            super(CommandType.GIVE_OPINION, GiveOpinionEncoder.BLOCK_LENGTH);
        }

        public GiveOpinion with(
                final long coordination, final int task, final byte[] opinion, final int opinionLength) {
            scope(coordination);
            this.task = task;
            this.opinion = opinion;
            this.opinionLength = opinionLength;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + opinionLength;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).task(task).putOpinion(opinion, 0, opinionLength);
        }
    }

    /** End a task's row of retries; answers how many there were. */
    public static final class ResetRetries extends Request {
        private final ResetRetriesEncoder encoder = new ResetRetriesEncoder();
        private int task;

        public ResetRetries() {
            super(CommandType.RESET_RETRIES, ResetRetriesEncoder.BLOCK_LENGTH);
        }

        public ResetRetries with(final long coordination, final int task) {
            scope(coordination);
            this.task = task;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).task(task);
        }
    }

    /** Forget the decisions of a coordination; answers 0. */
    public static final class Clear extends Request {
        public Clear() {
            super(CommandType.CLEAR_ROUTING, ClearRoutingEncoder.BLOCK_LENGTH);
        }

        public Clear with(final long coordination) {
            scope(coordination);
            return this;
        }
    }
}

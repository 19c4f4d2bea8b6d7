package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.BeginAttemptEncoder;
import io.signalbox.kernel.command.codec.ClearContextsEncoder;
import io.signalbox.kernel.command.codec.DistributeContextsEncoder;
import io.signalbox.kernel.command.codec.ReleaseAttemptEncoder;
import io.signalbox.kernel.command.codec.UpdateIntelligenceEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of contexts. Documents are JSON in UTF-8. */
public final class ContextCommands {
    private ContextCommands() {}

    /** Give every agent of a document its context, or none of them; answers how many agents that are. */
    public static final class Distribute extends Request {
        private final DistributeContextsEncoder encoder = new DistributeContextsEncoder();
        private byte[] document = NOTHING;

        public Distribute() {
            super(CommandType.DISTRIBUTE_CONTEXTS, DistributeContextsEncoder.BLOCK_LENGTH);
        }

        public Distribute with(final long coordination, final byte[] document) {
            scope(coordination);
            this.document = document;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + document.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).putDocument(document, 0, document.length);
        }
    }

    /** Change one kind of what agents share; answers how many agents it reaches. */
    public static final class Update extends Request {
        private final UpdateIntelligenceEncoder encoder = new UpdateIntelligenceEncoder();
        private int kind;
        private int mode;
        private boolean increments;
        private long expectedVersion;
        private byte[] document = NOTHING;

        public Update() {
            super(CommandType.UPDATE_INTELLIGENCE, UpdateIntelligenceEncoder.BLOCK_LENGTH);
        }

        /** A shallow one that raises the versions, whichever they are. */
        public Update with(final long coordination, final int kind, final byte[] document) {
            scope(coordination);
            this.kind = kind;
            this.document = document;
            this.mode = 0;
            this.increments = true;
            this.expectedVersion = -1;
            return this;
        }

        /** 0 shallow, 1 deep. */
        public Update mode(final int mode) {
            this.mode = mode;
            return this;
        }

        /** Whether the versions of the agents reached rise. */
        public Update increments(final boolean increments) {
            this.increments = increments;
            return this;
        }

        /** Version that each of the agents reached must have, -1 for any. */
        public Update expectedVersion(final long expectedVersion) {
            this.expectedVersion = expectedVersion;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + document.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .kind((short) kind)
                    .mode((short) mode)
                    .increments((short) (increments ? 1 : 0))
                    .expectedVersion(expectedVersion)
                    .putDocument(document, 0, document.length);
        }
    }

    /** Take the contexts of a coordination away; answers how many that were. */
    public static final class Clear extends Request {
        public Clear() {
            super(CommandType.CLEAR_CONTEXTS, ClearContextsEncoder.BLOCK_LENGTH);
        }

        public Clear with(final long coordination) {
            scope(coordination);
            return this;
        }
    }

    /** An agent begins its assignment; answers the number of the attempt. */
    public static final class Begin extends Request {
        private final BeginAttemptEncoder encoder = new BeginAttemptEncoder();
        private int agent;

        public Begin() {
            super(CommandType.BEGIN_ATTEMPT, BeginAttemptEncoder.BLOCK_LENGTH);
        }

        public Begin with(final long coordination, final int agent) {
            scope(coordination);
            this.agent = agent;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).agent(agent);
        }
    }

    /** An agent gives an attempt back without a completion; answers how many it has left. */
    public static final class Release extends Request {
        private final ReleaseAttemptEncoder encoder = new ReleaseAttemptEncoder();
        private int agent;

        public Release() {
            super(CommandType.RELEASE_ATTEMPT, ReleaseAttemptEncoder.BLOCK_LENGTH);
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

package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.ArriveAtBarrierEncoder;
import io.signalbox.kernel.command.codec.AwaitSyncEncoder;
import io.signalbox.kernel.command.codec.ChangeSyncEncoder;
import io.signalbox.kernel.command.codec.DeclareSyncEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of barriers, latches, conditions and sync points. */
public final class SyncCommands {
    /** A time limit that never comes. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private SyncCommands() {}

    /** Declare one of them; answers its first generation. */
    public static final class Declare extends Request {
        private final DeclareSyncEncoder encoder = new DeclareSyncEncoder();
        private int kind;
        private int flags;
        private int name;
        private int required;
        private long timeoutNs;
        private byte[] parties = NOTHING;

        public Declare() {
            super(CommandType.DECLARE_SYNC, DeclareSyncEncoder.BLOCK_LENGTH);
        }

        public Declare with(final long coordination, final int kind, final int name) {
            scope(coordination);
            this.kind = kind;
            this.name = name;
            this.flags = 0;
            this.required = 0;
            this.timeoutNs = NO_LIMIT;
            this.parties = NOTHING;
            return this;
        }

        /** Bit 0: failures count; bit 1: the condition watches the key of its name. */
        public Declare flags(final int flags) {
            this.flags = flags;
            return this;
        }

        /** How many parties have to come, 0: all. */
        public Declare required(final int required) {
            this.required = required;
            return this;
        }

        /** Above 0, {@link #NO_LIMIT} for none. */
        public Declare timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        /** Name ids of those who meet. */
        public Declare parties(final int... names) {
            parties = new byte[names.length * Integer.BYTES];
            for (int i = 0; i < names.length; i++) {
                for (int b = 0; b < Integer.BYTES; b++) {
                    parties[i * Integer.BYTES + b] = (byte) (names[i] >>> b * Byte.SIZE);
                }
            }
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + parties.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .kind((short) kind)
                    .flags((short) flags)
                    .name(name)
                    .required(required)
                    .timeoutNs(timeoutNs)
                    .putParties(parties, 0, parties.length);
        }
    }

    /** Arrive at a barrier; answers the handle of the wait for its release. */
    public static final class Arrive extends Request {
        private final ArriveAtBarrierEncoder encoder = new ArriveAtBarrierEncoder();
        private int name;
        private int agent;
        private byte[] partial = NOTHING;

        public Arrive() {
            super(CommandType.ARRIVE_AT_BARRIER, ArriveAtBarrierEncoder.BLOCK_LENGTH);
        }

        public Arrive with(final long coordination, final int name, final int agent, final byte[] partial) {
            scope(coordination);
            this.name = name;
            this.agent = agent;
            this.partial = partial;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + partial.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).name(name).agent(agent).putPartial(partial, 0, partial.length);
        }
    }

    /** Wait at one, without arriving; answers the handle of the wait. */
    public static final class Await extends Request {
        private final AwaitSyncEncoder encoder = new AwaitSyncEncoder();
        private int name;
        private int owner;
        private long afterGeneration;
        private long timeoutNs;

        public Await() {
            super(CommandType.AWAIT_SYNC, AwaitSyncEncoder.BLOCK_LENGTH);
        }

        public Await with(final long coordination, final int name) {
            scope(coordination);
            this.name = name;
            this.owner = 0;
            this.afterGeneration = -1;
            this.timeoutNs = NO_LIMIT;
            return this;
        }

        /** Name id of who waits, 0 for nobody. */
        public Await owner(final int owner) {
            this.owner = owner;
            return this;
        }

        /** Of a condition: what was notified after this generation counts; of a barrier: its release; below 0: only what comes. */
        public Await afterGeneration(final long afterGeneration) {
            this.afterGeneration = afterGeneration;
            return this;
        }

        /** Above 0, {@link #NO_LIMIT} for none. */
        public Await timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .name(name)
                    .owner(owner)
                    .afterGeneration(afterGeneration)
                    .timeoutNs(timeoutNs);
        }
    }

    /** Set, reset, notify or drop one; answers its generation, or how many were woken. */
    public static final class Change extends Request {
        private final ChangeSyncEncoder encoder = new ChangeSyncEncoder();
        private int name;
        private int change;

        public Change() {
            super(CommandType.CHANGE_SYNC, ChangeSyncEncoder.BLOCK_LENGTH);
        }

        public Change with(final long coordination, final int name, final int change) {
            scope(coordination);
            this.name = name;
            this.change = change;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).name(name).change((short) change);
        }
    }
}

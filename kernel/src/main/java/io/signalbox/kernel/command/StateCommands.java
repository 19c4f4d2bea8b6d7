package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.DeleteStateEncoder;
import io.signalbox.kernel.command.codec.SetStateEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of keys and values. */
public final class StateCommands {
    private StateCommands() {}

    /** Give a key a value; answers the new version of the scope. */
    public static final class Set extends Request {
        private final SetStateEncoder encoder = new SetStateEncoder();
        private int key;
        private int valueType;
        private long expectedVersion;
        private int changedBy;
        private byte[] value = NOTHING;

        public Set() {
            super(CommandType.SET_STATE, SetStateEncoder.BLOCK_LENGTH);
        }

        public Set with(final long coordination, final int key, final int valueType, final byte[] value) {
            scope(coordination);
            this.key = key;
            this.valueType = valueType;
            this.value = value;
            this.expectedVersion = -1;
            this.changedBy = 0;
            return this;
        }

        /** Version that the key must have, 0: it must be absent, -1: any. */
        public Set expectedVersion(final long expectedVersion) {
            this.expectedVersion = expectedVersion;
            return this;
        }

        /** Name id of who changes it, 0 for nobody. */
        public Set changedBy(final int changedBy) {
            this.changedBy = changedBy;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + value.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .key(key)
                    .valueType((short) valueType)
                    .expectedVersion(expectedVersion)
                    .changedBy(changedBy)
                    .putValue(value, 0, value.length);
        }
    }

    /** Delete a key; answers the new version of the scope. */
    public static final class Delete extends Request {
        private final DeleteStateEncoder encoder = new DeleteStateEncoder();
        private int key;
        private long expectedVersion;
        private int changedBy;

        public Delete() {
            super(CommandType.DELETE_STATE, DeleteStateEncoder.BLOCK_LENGTH);
        }

        public Delete with(final long coordination, final int key) {
            scope(coordination);
            this.key = key;
            this.expectedVersion = -1;
            this.changedBy = 0;
            return this;
        }

        /** Version that the key must have, -1: any. */
        public Delete expectedVersion(final long expectedVersion) {
            this.expectedVersion = expectedVersion;
            return this;
        }

        /** Name id of who deletes it, 0 for nobody. */
        public Delete changedBy(final int changedBy) {
            this.changedBy = changedBy;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).key(key).expectedVersion(expectedVersion).changedBy(changedBy);
        }
    }
}

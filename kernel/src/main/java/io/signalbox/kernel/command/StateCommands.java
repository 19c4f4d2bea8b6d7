package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AwaitStateEncoder;
import io.signalbox.kernel.command.codec.ClearStateEncoder;
import io.signalbox.kernel.command.codec.DeclareMergeEncoder;
import io.signalbox.kernel.command.codec.DeleteStateEncoder;
import io.signalbox.kernel.command.codec.ForgetHistoryEncoder;
import io.signalbox.kernel.command.codec.MergeStateEncoder;
import io.signalbox.kernel.command.codec.RollBackStateEncoder;
import io.signalbox.kernel.command.codec.SetStateEncoder;
import io.signalbox.kernel.command.codec.UpdateStateEncoder;
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

    /** Change several keys at once, all or none; answers the new version of the scope. */
    public static final class Update extends Request {
        private final UpdateStateEncoder encoder = new UpdateStateEncoder();
        private long expectedVersion;
        private int changedBy;
        private byte[] changes = NOTHING;

        public Update() {
            super(CommandType.UPDATE_STATE, UpdateStateEncoder.BLOCK_LENGTH);
        }

        public Update with(final long coordination, final byte[] changes) {
            scope(coordination);
            this.expectedVersion = -1;
            this.changedBy = 0;
            this.changes = changes;
            return this;
        }

        /** Version that the scope must have, -1: any. */
        public Update expectedVersion(final long expectedVersion) {
            this.expectedVersion = expectedVersion;
            return this;
        }

        /** Name id of who asks for it, 0 for nobody. */
        public Update changedBy(final int changedBy) {
            this.changedBy = changedBy;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + changes.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .expectedVersion(expectedVersion)
                    .changedBy(changedBy)
                    .putChanges(changes, 0, changes.length);
        }
    }

    /** Delete every key; answers the new version of the scope. */
    public static final class Clear extends Request {
        private final ClearStateEncoder encoder = new ClearStateEncoder();
        private int changedBy;

        public Clear() {
            super(CommandType.CLEAR_STATE, ClearStateEncoder.BLOCK_LENGTH);
        }

        public Clear with(final long coordination) {
            scope(coordination);
            this.changedBy = 0;
            return this;
        }

        /** Name id of who asks for it, 0 for nobody. */
        public Clear changedBy(final int changedBy) {
            this.changedBy = changedBy;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).changedBy(changedBy);
        }
    }

    /** Merge a value into a key by the rule of the key; answers the new version of the scope. */
    public static final class Merge extends Request {
        private final MergeStateEncoder encoder = new MergeStateEncoder();
        private int key;
        private int valueType;
        private int changedBy;
        private byte[] value = NOTHING;

        public Merge() {
            super(CommandType.MERGE_STATE, MergeStateEncoder.BLOCK_LENGTH);
        }

        public Merge with(final long coordination, final int key, final int valueType, final byte[] value) {
            scope(coordination);
            this.key = key;
            this.valueType = valueType;
            this.changedBy = 0;
            this.value = value;
            return this;
        }

        /** Name id of who asks for it, 0 for nobody. */
        public Merge changedBy(final int changedBy) {
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
                    .changedBy(changedBy)
                    .putValue(value, 0, value.length);
        }
    }

    /** Declare how values merge into a key, by the code of a rule, 0 for no longer; answers 0. */
    public static final class DeclareMerge extends Request {
        private final DeclareMergeEncoder encoder = new DeclareMergeEncoder();
        private int key;
        private int rule;

        public DeclareMerge() {
            super(CommandType.DECLARE_MERGE, DeclareMergeEncoder.BLOCK_LENGTH);
        }

        public DeclareMerge with(final long coordination, final int key, final int rule) {
            scope(coordination);
            this.key = key;
            this.rule = rule;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).key(key).rule((short) rule);
        }
    }

    /** Bring back what an earlier version held; answers the new version of the scope. */
    public static final class RollBack extends Request {
        private final RollBackStateEncoder encoder = new RollBackStateEncoder();
        private long targetVersion;
        private int changedBy;

        public RollBack() {
            super(CommandType.ROLL_BACK_STATE, RollBackStateEncoder.BLOCK_LENGTH);
        }

        public RollBack with(final long coordination, final long targetVersion) {
            scope(coordination);
            this.targetVersion = targetVersion;
            this.changedBy = 0;
            return this;
        }

        /** Name id of who asks for it, 0 for nobody. */
        public RollBack changedBy(final int changedBy) {
            this.changedBy = changedBy;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).targetVersion(targetVersion).changedBy(changedBy);
        }
    }

    /** Drop the past versions of the scope; answers 0. */
    public static final class ForgetHistory extends Request {
        public ForgetHistory() {
            super(CommandType.FORGET_HISTORY, ForgetHistoryEncoder.BLOCK_LENGTH);
        }

        public ForgetHistory with(final long coordination) {
            scope(coordination);
            return this;
        }
    }

    /** Declare a wait for a key to be as an operator and an operand say; answers its handle. */
    public static final class Await extends Request {
        private final AwaitStateEncoder encoder = new AwaitStateEncoder();
        private int key;
        private int comparison;
        private int operandType;
        private int flags;
        private int owner;
        private int label;
        private int retriesMax;
        private long timeoutNs;
        private byte[] operand = NOTHING;

        public Await() {
            super(CommandType.AWAIT_STATE, AwaitStateEncoder.BLOCK_LENGTH);
        }

        public Await with(
                final long coordination,
                final int key,
                final int comparison,
                final int operandType,
                final byte[] operand) {
            scope(coordination);
            this.key = key;
            this.comparison = comparison;
            this.operandType = operandType;
            this.flags = 0;
            this.owner = 0;
            this.label = 0;
            this.retriesMax = 0;
            this.timeoutNs = 0;
            this.operand = operand;
            return this;
        }

        /** Flags of {@code DependencyRules}: whether it is answered at once, whether it is part of a composite. */
        public Await flags(final int flags) {
            this.flags = flags;
            return this;
        }

        /** Name id of the wait's own id in its scope, 0 for none. */
        public Await label(final int label) {
            this.label = label;
            return this;
        }

        /** How often it is declared again when its time is up. */
        public Await retriesMax(final int retriesMax) {
            this.retriesMax = retriesMax;
            return this;
        }

        /** Name id of the agent that waits, 0 for nobody. */
        public Await owner(final int owner) {
            this.owner = owner;
            return this;
        }

        /** Of the wait, 0 for none. */
        public Await timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + operand.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .key(key)
                    .comparison((short) comparison)
                    .operandType((short) operandType)
                    .flags((short) flags)
                    .owner(owner)
                    .timeoutNs(timeoutNs)
                    .label(label)
                    .retriesMax(retriesMax)
                    .putOperand(operand, 0, operand.length);
        }
    }
}

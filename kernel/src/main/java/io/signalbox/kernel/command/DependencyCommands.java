package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.CancelDependencyEncoder;
import io.signalbox.kernel.command.codec.ClearDependenciesEncoder;
import io.signalbox.kernel.command.codec.DecideApprovalEncoder;
import io.signalbox.kernel.command.codec.DeclareCompositeEncoder;
import io.signalbox.kernel.command.codec.DeclareDependencyEncoder;
import io.signalbox.kernel.command.codec.MarkResourceEncoder;
import io.signalbox.kernel.command.codec.ScoreGateEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of waits, and of the boards they look at. */
public final class DependencyCommands {
    private DependencyCommands() {}

    /** Declare a wait; answers its handle. */
    public static final class Declare extends Request {
        private final DeclareDependencyEncoder encoder = new DeclareDependencyEncoder();
        private int kind;
        private int flags;
        private int owner;
        private int target;
        private long afterPosition;
        private long timeoutNs;
        private double threshold;
        private int from;
        private int label;
        private int retriesMax;

        public Declare() {
            super(CommandType.DECLARE_DEPENDENCY, DeclareDependencyEncoder.BLOCK_LENGTH);
        }

        public Declare with(final long coordination, final int kind, final int target) {
            scope(coordination);
            this.kind = kind;
            this.target = target;
            this.flags = 0;
            this.owner = 0;
            this.afterPosition = -1;
            this.timeoutNs = 0;
            this.threshold = 0;
            this.from = 0;
            this.label = 0;
            this.retriesMax = 0;
            return this;
        }

        /** Bit 0: success required; bit 1: answer at once, do not wait; bit 3: part of a composite to come. */
        public Declare flags(final int flags) {
            this.flags = flags;
            return this;
        }

        /** Name id of the agent that waits, 0 for nobody. */
        public Declare owner(final int owner) {
            this.owner = owner;
            return this;
        }

        /** Only completions after it count, -1: all. */
        public Declare afterPosition(final long afterPosition) {
            this.afterPosition = afterPosition;
            return this;
        }

        /** How long it waits, 0: without a limit. */
        public Declare timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        /** Of a resource or quality gate, 0 to 1, inclusive. */
        public Declare threshold(final double threshold) {
            this.threshold = threshold;
            return this;
        }

        /** Name id of the sender of a signal, of the approver, of a completion's event; 0 for any. */
        public Declare from(final int from) {
            this.from = from;
            return this;
        }

        /** Name id of the wait's own id in its scope, 0 for none. */
        public Declare label(final int label) {
            this.label = label;
            return this;
        }

        /** How often it is declared again when its time is up, 0 to 254. */
        public Declare retriesMax(final int retriesMax) {
            this.retriesMax = retriesMax;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .kind((short) kind)
                    .flags((short) flags)
                    .owner(owner)
                    .target(target)
                    .afterPosition(afterPosition)
                    .timeoutNs(timeoutNs)
                    .threshold(threshold)
                    .from(from)
                    .label(label)
                    .retriesMax(retriesMax);
        }
    }

    /** Give a wait up. */
    public static final class Cancel extends Request {
        private final CancelDependencyEncoder encoder = new CancelDependencyEncoder();
        private long dependency;

        public Cancel() {
            super(CommandType.CANCEL_DEPENDENCY, CancelDependencyEncoder.BLOCK_LENGTH);
        }

        public Cancel with(final long coordination, final long dependency) {
            scope(coordination);
            this.dependency = dependency;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).dependency(dependency);
        }
    }

    /** Mark a resource: available, wholly or in part, unavailable, withdrawn. */
    public static final class MarkResource extends Request {
        private final MarkResourceEncoder encoder = new MarkResourceEncoder();
        private int resource;
        private int mark;
        private double level;

        public MarkResource() {
            super(CommandType.MARK_RESOURCE, MarkResourceEncoder.BLOCK_LENGTH);
        }

        public MarkResource with(final long coordination, final int resource, final boolean available) {
            return with(coordination, resource, available ? 1 : 0);
        }

        /**
         * @param mark 0 unavailable, 1 available, 2 withdrawn.
         */
        public MarkResource with(final long coordination, final int resource, final int mark) {
            scope(coordination);
            this.resource = resource;
            this.mark = mark;
            this.level = Double.NaN;
            return this;
        }

        /** How far an available one is available, 0 to 1; NaN for wholly. */
        public MarkResource level(final double level) {
            this.level = level;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .resource(resource)
                    .available((short) mark)
                    .level(level);
        }
    }

    /** Approve or deny. */
    public static final class Decide extends Request {
        private final DecideApprovalEncoder encoder = new DecideApprovalEncoder();
        private int subject;
        private int decision;
        private int by;
        private byte[] reason = NOTHING;

        public Decide() {
            super(CommandType.DECIDE_APPROVAL, DecideApprovalEncoder.BLOCK_LENGTH);
        }

        /**
         * @param by name id of the person.
         * @param decision 0 denied, 1 approved.
         * @param reason in UTF-8.
         */
        public Decide with(
                final long coordination, final int subject, final int decision, final int by, final byte[] reason) {
            scope(coordination);
            this.subject = subject;
            this.decision = decision;
            this.by = by;
            this.reason = reason;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + reason.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .subject(subject)
                    .decision((short) decision)
                    .decidedBy(by)
                    .putReason(reason, 0, reason.length);
        }
    }

    /** Declare a wait over other waits; answers its handle. */
    public static final class DeclareComposite extends Request {
        private final DeclareCompositeEncoder encoder = new DeclareCompositeEncoder();
        private int needed;
        private byte[] members = NOTHING;
        private int flags;
        private int owner;
        private int label;
        private long timeoutNs;
        private int retriesMax;

        public DeclareComposite() {
            super(CommandType.DECLARE_COMPOSITE, DeclareCompositeEncoder.BLOCK_LENGTH);
        }

        /**
         * @param needed how many must resolve.
         * @param handles of its members.
         */
        public DeclareComposite with(final long coordination, final int needed, final long... handles) {
            scope(coordination);
            this.needed = needed;
            this.members = new byte[handles.length * Long.BYTES];
            for (int i = 0; i < members.length; i++) {
                members[i] = (byte) (handles[i / Long.BYTES] >>> (i % Long.BYTES * 8));
            }
            this.flags = 0;
            this.owner = 0;
            this.label = 0;
            this.timeoutNs = 0;
            this.retriesMax = 0;
            return this;
        }

        /** Bit 2: cancel the members that are left over; bit 3: part of a composite to come. */
        public DeclareComposite flags(final int flags) {
            this.flags = flags;
            return this;
        }

        /** Name id of the agent that waits, 0 for nobody. */
        public DeclareComposite owner(final int owner) {
            this.owner = owner;
            return this;
        }

        /** Name id of the wait's own id in its scope, 0 for none. */
        public DeclareComposite label(final int label) {
            this.label = label;
            return this;
        }

        /** How long it waits, 0: without a limit. */
        public DeclareComposite timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        /** How often it is declared again when its time is up, 0 to 254. */
        public DeclareComposite retriesMax(final int retriesMax) {
            this.retriesMax = retriesMax;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + members.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .flags((short) flags)
                    .owner(owner)
                    .label(label)
                    .needed(needed)
                    .timeoutNs(timeoutNs)
                    .retriesMax(retriesMax)
                    .putMembers(members, 0, members.length);
        }
    }

    /** Give up the waits of an owner, or all; answers how many. */
    public static final class Clear extends Request {
        private final ClearDependenciesEncoder encoder = new ClearDependenciesEncoder();
        private int owner;

        public Clear() {
            super(CommandType.CLEAR_DEPENDENCIES, ClearDependenciesEncoder.BLOCK_LENGTH);
        }

        /**
         * @param owner name id, 0 for everybody's.
         */
        public Clear with(final long coordination, final int owner) {
            scope(coordination);
            this.owner = owner;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).owner(owner);
        }
    }

    /** Score a gate, or fail it for good. */
    public static final class ScoreGate extends Request {
        private final ScoreGateEncoder encoder = new ScoreGateEncoder();
        private int gate;
        private boolean failed;
        private double score;

        public ScoreGate() {
            super(CommandType.SCORE_GATE, ScoreGateEncoder.BLOCK_LENGTH);
        }

        public ScoreGate with(final long coordination, final int gate, final boolean failed, final double score) {
            scope(coordination);
            this.gate = gate;
            this.failed = failed;
            this.score = score;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .gate(gate)
                    .failed((short) (failed ? 1 : 0))
                    .score(score);
        }
    }
}

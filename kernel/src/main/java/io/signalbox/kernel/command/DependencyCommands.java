package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.CancelDependencyEncoder;
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
            return this;
        }

        /** Bit 0: success required; bit 1: answer at once, do not wait. */
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

        /** Of a quality gate, 0 to 1, inclusive. */
        public Declare threshold(final double threshold) {
            this.threshold = threshold;
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
                    .threshold(threshold);
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

    /** Mark a resource available or not. */
    public static final class MarkResource extends Request {
        private final MarkResourceEncoder encoder = new MarkResourceEncoder();
        private int resource;
        private boolean available;

        public MarkResource() {
            super(CommandType.MARK_RESOURCE, MarkResourceEncoder.BLOCK_LENGTH);
        }

        public MarkResource with(final long coordination, final int resource, final boolean available) {
            scope(coordination);
            this.resource = resource;
            this.available = available;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).resource(resource).available((short) (available ? 1 : 0));
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

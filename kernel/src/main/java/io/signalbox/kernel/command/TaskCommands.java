package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.HeartbeatStepEncoder;
import io.signalbox.kernel.command.codec.ReleaseDefinitionEncoder;
import io.signalbox.kernel.command.codec.StartChildEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What the workers of steps may ask beside {@link WorkflowCommands.StartStep} and {@link WorkflowCommands.FinishStep}. */
public final class TaskCommands {
    private TaskCommands() {}

    /** An attempt goes on as a run of its own; answers the handle of that run. */
    public static final class StartChild extends Request {
        private final StartChildEncoder encoder = new StartChildEncoder();
        private long run;
        private int step;
        private int attempt;
        private int definition;
        private boolean releases;
        private byte[] inputs = NOTHING;

        public StartChild() {
            super(CommandType.START_CHILD, StartChildEncoder.BLOCK_LENGTH);
        }

        public StartChild with(
                final long coordination,
                final long run,
                final int step,
                final int attempt,
                final int definition,
                final byte[] inputs) {
            scope(coordination);
            this.run = run;
            this.step = step;
            this.attempt = attempt;
            this.definition = definition;
            this.inputs = inputs;
            this.releases = false;
            return this;
        }

        /** The definition is for this run alone and is forgotten as soon as it has started. */
        public StartChild releasing() {
            releases = true;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + inputs.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .run(run)
                    .step(step)
                    .attempt(attempt)
                    .definition(definition)
                    .release((short) (releases ? 1 : 0))
                    .putInputs(inputs, 0, inputs.length);
        }
    }

    /** Whoever has an attempt is alive; answers 0. */
    public static final class HeartbeatStep extends Request {
        private final HeartbeatStepEncoder encoder = new HeartbeatStepEncoder();
        private long run;
        private int step;
        private int attempt;
        private int owner;
        private long leaseNs;

        public HeartbeatStep() {
            super(CommandType.HEARTBEAT_STEP, HeartbeatStepEncoder.BLOCK_LENGTH);
        }

        public HeartbeatStep with(
                final long coordination, final long run, final int step, final int attempt, final int owner) {
            scope(coordination);
            this.run = run;
            this.step = step;
            this.attempt = attempt;
            this.owner = owner;
            this.leaseNs = 0;
            return this;
        }

        /** Of an attempt that is not started: how long who has it may be silent; 0 as before, or as the step says. */
        public HeartbeatStep leaseNs(final long leaseNs) {
            this.leaseNs = leaseNs;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .run(run)
                    .step(step)
                    .attempt(attempt)
                    .owner(owner)
                    .leaseNs(leaseNs);
        }
    }

    /** A definition is no longer needed for new runs; answers 0. */
    public static final class ReleaseDefinition extends Request {
        private final ReleaseDefinitionEncoder encoder = new ReleaseDefinitionEncoder();
        private int definition;

        public ReleaseDefinition() {
            super(CommandType.RELEASE_DEFINITION, ReleaseDefinitionEncoder.BLOCK_LENGTH);
        }

        public ReleaseDefinition with(final int definition) {
            this.definition = definition;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).definition(definition);
        }
    }
}

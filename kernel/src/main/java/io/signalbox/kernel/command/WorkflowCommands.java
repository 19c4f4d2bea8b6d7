package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AppendChunkEncoder;
import io.signalbox.kernel.command.codec.BeginUploadEncoder;
import io.signalbox.kernel.command.codec.CancelRunEncoder;
import io.signalbox.kernel.command.codec.DeployWorkflowEncoder;
import io.signalbox.kernel.command.codec.FinishStepEncoder;
import io.signalbox.kernel.command.codec.RetryRunEncoder;
import io.signalbox.kernel.command.codec.StartRunEncoder;
import io.signalbox.kernel.command.codec.StartStepEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of uploads, definitions and runs. */
public final class WorkflowCommands {
    private WorkflowCommands() {}

    /** Announce something larger than a payload; answers the handle of the upload. */
    public static final class BeginUpload extends Request {
        private final BeginUploadEncoder encoder = new BeginUploadEncoder();
        private int totalLength;
        private long crc32c;

        public BeginUpload() {
            super(CommandType.BEGIN_UPLOAD, BeginUploadEncoder.BLOCK_LENGTH);
        }

        public BeginUpload with(final int totalLength, final long crc32c) {
            this.totalLength = totalLength;
            this.crc32c = crc32c;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).totalLength(totalLength).crc32c(crc32c);
        }
    }

    /** The next piece of an upload: {@code length} bytes of the whole from {@code offset} on. */
    public static final class AppendChunk extends Request {
        private final AppendChunkEncoder encoder = new AppendChunkEncoder();
        private long upload;
        private byte[] chunk = NOTHING;
        private int offset;
        private int length;

        public AppendChunk() {
            super(CommandType.APPEND_CHUNK, AppendChunkEncoder.BLOCK_LENGTH);
        }

        public AppendChunk with(final long upload, final byte[] chunk, final int offset, final int length) {
            this.upload = upload;
            this.chunk = chunk;
            this.offset = offset;
            this.length = length;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).upload(upload).chunkOffset(offset).putChunk(chunk, offset, length);
        }
    }

    /** Close an upload and keep it as a definition; answers its id. */
    public static final class Deploy extends Request {
        private final DeployWorkflowEncoder encoder = new DeployWorkflowEncoder();
        private long upload;

        public Deploy() {
            super(CommandType.DEPLOY_WORKFLOW, DeployWorkflowEncoder.BLOCK_LENGTH);
        }

        public Deploy with(final long upload) {
            this.upload = upload;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).upload(upload);
        }
    }

    /** Start a run of a definition; answers its handle. */
    public static final class StartRun extends Request {
        private final StartRunEncoder encoder = new StartRunEncoder();
        private int definition;
        private byte[] inputs = NOTHING;

        public StartRun() {
            super(CommandType.START_RUN, StartRunEncoder.BLOCK_LENGTH);
        }

        public StartRun with(final long coordination, final int definition, final byte[] inputs) {
            scope(coordination);
            this.definition = definition;
            this.inputs = inputs;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + inputs.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).definition(definition).putInputs(inputs, 0, inputs.length);
        }
    }

    /** Announce that an attempt is about to start. */
    public static final class StartStep extends Request {
        private final StartStepEncoder encoder = new StartStepEncoder();
        private long run;
        private int step;
        private int attempt;
        private byte[] worker = NOTHING;

        public StartStep() {
            super(CommandType.START_STEP, StartStepEncoder.BLOCK_LENGTH);
        }

        public StartStep with(
                final long coordination, final long run, final int step, final int attempt, final byte[] worker) {
            scope(coordination);
            this.run = run;
            this.step = step;
            this.attempt = attempt;
            this.worker = worker;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + worker.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).run(run).step(step).attempt(attempt).putWorker(worker, 0, worker.length);
        }
    }

    /** Report the end of an attempt. */
    public static final class FinishStep extends Request {
        private final FinishStepEncoder encoder = new FinishStepEncoder();
        private long run;
        private int step;
        private int attempt;
        private int ending;
        private int exitCode;
        private int quality;
        private byte[] result = NOTHING;
        private byte[] detail = NOTHING;

        public FinishStep() {
            super(CommandType.FINISH_STEP, FinishStepEncoder.BLOCK_LENGTH);
        }

        public FinishStep with(final long coordination, final long run, final int step, final int attempt) {
            scope(coordination);
            this.run = run;
            this.step = step;
            this.attempt = attempt;
            this.ending = 1;
            this.exitCode = 0;
            this.quality = 1_000_000;
            this.result = NOTHING;
            this.detail = NOTHING;
            return this;
        }

        /** Code of a {@code StepEnding}; it succeeded where nothing else is said. */
        public FinishStep ending(final int ending) {
            this.ending = ending;
            return this;
        }

        /** Of the process, 0 where there was none. */
        public FinishStep exitCode(final int exitCode) {
            this.exitCode = exitCode;
            return this;
        }

        /** How good it is, in millionths, 0 to 1,000,000; as good as can be where nothing else is said. */
        public FinishStep quality(final int quality) {
            this.quality = quality;
            return this;
        }

        /** What it produced. */
        public FinishStep result(final byte[] result) {
            this.result = result;
            return this;
        }

        /** What there is to say about it. */
        public FinishStep detail(final byte[] detail) {
            this.detail = detail;
            return this;
        }

        @Override
        int dataLength() {
            return LENGTH_OF_LENGTH + result.length + LENGTH_OF_LENGTH + detail.length;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .run(run)
                    .step(step)
                    .attempt(attempt)
                    .ending((short) ending)
                    .exitCode(exitCode)
                    .quality(quality)
                    .putResult(result, 0, result.length)
                    .putDetail(detail, 0, detail.length);
        }
    }

    /** Cancel a run. */
    public static final class CancelRun extends Request {
        private final CancelRunEncoder encoder = new CancelRunEncoder();
        private long run;

        public CancelRun() {
            super(CommandType.CANCEL_RUN, CancelRunEncoder.BLOCK_LENGTH);
        }

        public CancelRun with(final long coordination, final long run) {
            scope(coordination);
            this.run = run;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).run(run);
        }
    }

    /** Go on with a finished run whose steps failed or were cancelled. */
    public static final class RetryRun extends Request {
        private final RetryRunEncoder encoder = new RetryRunEncoder();
        private long run;

        public RetryRun() {
            super(CommandType.RETRY_RUN, RetryRunEncoder.BLOCK_LENGTH);
        }

        public RetryRun with(final long coordination, final long run) {
            scope(coordination);
            this.run = run;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).run(run);
        }
    }
}

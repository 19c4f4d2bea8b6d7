package io.signalbox.kernel;

import io.signalbox.kernel.command.WorkflowCommands;

/** The fast path of the workflow room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class WorkflowIngress {
    private final Submitter submitter;
    private final WorkflowCommands.BeginUpload begin = new WorkflowCommands.BeginUpload();
    private final WorkflowCommands.AppendChunk append = new WorkflowCommands.AppendChunk();
    private final WorkflowCommands.Deploy deploy = new WorkflowCommands.Deploy();
    private final WorkflowCommands.StartRun startRun = new WorkflowCommands.StartRun();
    private final WorkflowCommands.StartStep startStep = new WorkflowCommands.StartStep();
    private final WorkflowCommands.FinishStep finishStep = new WorkflowCommands.FinishStep();
    private final WorkflowCommands.CancelRun cancel = new WorkflowCommands.CancelRun();
    private final WorkflowCommands.RetryRun retry = new WorkflowCommands.RetryRun();

    WorkflowIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Announce that an attempt is about to start; answers 0. */
    public long startStep(
            final long coordination, final long run, final int step, final int attempt, final byte[] worker) {
        return submitter.submit(startStep.with(coordination, run, step, attempt, worker));
    }

    /** Report the end of an attempt; answers 0. */
    public long finishStep(
            final long coordination,
            final long run,
            final int step,
            final int attempt,
            final int ending,
            final int exitCode,
            final byte[] result,
            final byte[] detail) {
        return finishStep(coordination, run, step, attempt, ending, exitCode, 1_000_000, result, detail);
    }

    /** As the other, with a quality in millionths, 0 to 1,000,000. */
    public long finishStep(
            final long coordination,
            final long run,
            final int step,
            final int attempt,
            final int ending,
            final int exitCode,
            final int quality,
            final byte[] result,
            final byte[] detail) {
        return submitter.submit(finishStep
                .with(coordination, run, step, attempt)
                .ending(ending)
                .exitCode(exitCode)
                .quality(quality)
                .result(result)
                .detail(detail));
    }

    /** Report the end of an attempt and do not wait: position of the command, or why there is none. */
    long offerFinish(final long run, final int step, final int attempt, final StepResult end) {
        return submitter.report(report(run, step, attempt, end));
    }

    /** Report the end of an attempt; answers 0. */
    long finish(final long run, final int step, final int attempt, final StepResult end) {
        return submitter.submit(report(run, step, attempt, end));
    }

    private WorkflowCommands.FinishStep report(
            final long run, final int step, final int attempt, final StepResult end) {
        return finishStep
                .with(0, run, step, attempt)
                .ending(end.ending().code())
                .exitCode(end.exitCode())
                .quality((int) Math.round(end.quality() * StepResult.MILLIONTHS))
                .result(end.result())
                .detail(end.detail());
    }

    /** Cancel a run; answers 0. */
    public long cancelRun(final long coordination, final long run) {
        return submitter.submit(cancel.with(coordination, run));
    }

    /** Go on with a finished run whose steps failed or were cancelled; answers 0. */
    public long retryRun(final long coordination, final long run) {
        return submitter.submit(retry.with(coordination, run));
    }

    long beginUpload(final int totalLength, final long crc32c) {
        return submitter.submit(begin.with(totalLength, crc32c));
    }

    long appendChunk(final long upload, final byte[] content, final int offset, final int length) {
        return submitter.submit(append.with(upload, content, offset, length));
    }

    long deploy(final long upload) {
        return submitter.submit(deploy.with(upload));
    }

    long startRun(final long coordination, final int definition, final byte[] inputs) {
        return submitter.submit(startRun.with(coordination, definition, inputs));
    }
}

package io.signalbox.kernel.workflow;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;

/** What may be asked of definitions and runs: check, then record. What follows from it is in {@link WorkflowFlow}. */
public final class WorkflowRules {
    private final Workflows workflows;
    private final Uploads uploads;
    private final CoordinationView coordinations;
    private final Recorder recorder;
    private final int definitionLengthMax;

    public WorkflowRules(
            final Workflows workflows,
            final Uploads uploads,
            final CoordinationView coordinations,
            final Recorder recorder,
            final int definitionLengthMax) {
        this.workflows = workflows;
        this.uploads = uploads;
        this.coordinations = coordinations;
        this.recorder = recorder;
        this.definitionLengthMax = definitionLengthMax;
    }

    /** Answers the handle of the upload. When all places are taken, the upload that was begun first is dropped for it. */
    public long beginUpload(final int totalLength, final long crc32c) {
        if (totalLength < 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (totalLength > definitionLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        if (uploads.nextHandle() < 0) {
            recorder.record(FactType.UPLOAD_DROPPED, 0, 0, uploads.oldest(), 0, 0, 0);
        }
        final long handle = uploads.nextHandle();
        recorder.record(FactType.UPLOAD_BEGUN, 0, 0, handle, totalLength, crc32c, 0);
        return handle;
    }

    /** Answers 0. */
    public long appendChunk(final long upload, final int chunkOffset, final int length, final long payload) {
        if (!uploads.accepts(upload, chunkOffset, length)) {
            return Rejection.INVALID_UPLOAD.answer();
        }
        recorder.record(FactType.CHUNK_APPENDED, 0, 0, upload, chunkOffset, 0, 0, 0, payload);
        return 0;
    }

    /** Answers the id of the definition. */
    public long deploy(final long upload) {
        final byte[] content = uploads.complete(upload);
        if (content == null) {
            return Rejection.INVALID_UPLOAD.answer();
        }
        try {
            workflows.expect(upload, WorkflowCompiler.compile(DefinitionCodec.decode(content)));
        } catch (final InvalidWorkflowException e) {
            return Rejection.INVALID_DEFINITION.answer();
        }
        final int id = workflows.nextDefinition();
        if (id < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.WORKFLOW_DEPLOYED, 0, 0, upload, id, 0, 0);
        return id;
    }

    /** Answers the handle of the run. */
    public long startRun(final long coordination, final int definition, final long payload) {
        if (workflows.definition(definition) == null) {
            return Rejection.UNKNOWN_DEFINITION.answer();
        }
        final long handle = workflows.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.RUN_STARTED, 0, coordination, handle, definition, 0, 0, 0, payload);
        return handle;
    }

    /** Answers 0. */
    public long finishStep(
            final long handle,
            final int step,
            final int attempt,
            final int endingCode,
            final int exitCode,
            final int quality,
            final long resultPayload,
            final long detailPayload) {
        final WorkflowRun run = workflows.run(handle);
        final long refusal = refuse(run, step, attempt);
        if (refusal != 0) {
            return refusal;
        }
        final StepEnding ending = StepEnding.of(endingCode);
        final boolean isLostForNobody = ending == StepEnding.LOST && run.state(step) == StepState.WAITING;
        if (ending == null || isLostForNobody || quality < 0 || quality > WorkflowRun.QUALITY_MAX) {
            return Rejection.INVALID_VALUE.answer();
        }
        switch (ending) {
            case SUCCEEDED ->
                record(FactType.STEP_SUCCEEDED, run, step, exitCode, quality, detailPayload, resultPayload);
            case SKIPPED -> record(FactType.STEP_SKIPPED, run, step, exitCode, 0, detailPayload, resultPayload);
            case LOST -> record(FactType.STEP_RELEASED, run, step, 0, 0, 0, 0);
            case CANCELLED -> record(FactType.STEP_CANCELLED, run, step, 0, 0, 0, 0);
            case FAILED -> fail(run, step, exitCode, resultPayload, detailPayload, true);
            case FAILED_FOR_GOOD -> fail(run, step, exitCode, resultPayload, detailPayload, false);
        }
        return 0;
    }

    /**
     * The time of an attempt, of a gate or of a wait for an answer is up, or the pause before the next attempt is over.
     *
     * @param what index of the step; or the run's own time, or a limit's, see {@link RunTimers}.
     */
    public void onTimer(final int runSlot, final int what) {
        final WorkflowRun run = workflows.runAt(runSlot);
        if (what >= RunTimers.LIMIT) {
            recorder.record(FactType.LIMIT_REFILLED, 0, run.coordination, run.handle, what - RunTimers.LIMIT, 0, 0);
        } else if (what >= RunTimers.RUN) {
            stop(run, RunState.EXPIRING);
        } else if (run.state(what) == StepState.BACKING_OFF) {
            record(FactType.STEP_READY, run, what, 0, 0, 0, 0);
        } else if (run.plan.isGate(what)) {
            GateFlow.record(recorder, run, what, Verdict.atTimeout(run, what), TIMED_OUT);
        } else if (TaskRules.hasLapsed(run, what, recorder.timestampNs())) {
            TaskRules.release(recorder, run, what);
        } else {
            fail(run, what, TIMED_OUT, 0, 0, true);
        }
    }

    private void stop(final WorkflowRun run, final RunState how) {
        WorkflowFlow.stop(recorder, run, how, run.plan.definition().onError() == OnError.COMPENSATE);
    }

    /** Quality of the success that a fact tells of, 0 to 1 [STEP_SUCCEEDED]. */
    public static double quality(final Fact fact) {
        return fact.d() / (double) WorkflowRun.QUALITY_MAX;
    }

    /** Exit code of an attempt that was ended because its time was up; the same as timeout(1)'s. */
    public static final int TIMED_OUT = 124;

    void fail(
            final WorkflowRun run,
            final int step,
            final int exitCode,
            final long resultPayload,
            final long detailPayload,
            final boolean mayRetry) {
        final RetryPolicy retry = run.plan.step(step).retry();
        if (mayRetry && run.failures[step] < retry.retriesMax()) {
            final long seed = ((run.startedNs * 31 + run.handle) * 31 + step) * 31 + run.attempts[step];
            final long pauseNs = retry.pauseNs(run.failures[step] + 1, seed);
            record(
                    FactType.STEP_RETRIED,
                    run,
                    step,
                    exitCode,
                    saturatedSum(recorder.timestampNs(), pauseNs),
                    detailPayload,
                    resultPayload);
        } else {
            record(FactType.STEP_FAILED, run, step, exitCode, 0, detailPayload, resultPayload);
        }
    }

    /** Answers 0. */
    public long cancelRun(final long handle) {
        final WorkflowRun run = workflows.run(handle);
        if (run == null) {
            return Rejection.UNKNOWN_RUN.answer();
        }
        if (run.state != RunState.RUNNING) {
            return Rejection.ALREADY_CONCLUDED.answer();
        }
        stop(run, RunState.CANCELLING);
        return 0;
    }

    /** Answers 0. */
    public long retryRun(final long handle) {
        final WorkflowRun run = workflows.run(handle);
        if (run == null) {
            return Rejection.UNKNOWN_RUN.answer();
        }
        if (coordinations.slot(run.coordination) < 0) {
            return Rejection.UNKNOWN_COORDINATION.answer();
        }
        if (!run.state.isFinal()) {
            return Rejection.NOT_FINISHED.answer();
        }
        if (run.state == RunState.SUCCEEDED) {
            return Rejection.NOTHING_TO_RETRY.answer();
        }
        recorder.record(FactType.RUN_REOPENED, 0, run.coordination, run.handle, 0, 0, 0);
        return 0;
    }

    static long refuse(final WorkflowRun run, final int step, final int attempt) {
        if (run == null) {
            return Rejection.UNKNOWN_RUN.answer();
        }
        if (step < 0 || step >= run.plan.stepCount()) {
            return Rejection.UNKNOWN_STEP.answer();
        }
        if (run.state(step).isFinal()) {
            return Rejection.ALREADY_CONCLUDED.answer();
        }
        final boolean isAwaited =
                run.state(step).isInFlight() || (run.state(step) == StepState.WAITING && run.plan.isExternal(step));
        return isAwaited && run.attempts[step] == attempt ? 0 : Rejection.STALE_ATTEMPT.answer();
    }

    static long deadline(final WorkflowRun run, final int step, final long nowNs) {
        final long timeoutNs = run.plan.timeoutNs(step);
        return timeoutNs == 0 ? Long.MAX_VALUE : saturatedSum(nowNs, timeoutNs);
    }

    void record(
            final FactType type,
            final WorkflowRun run,
            final int step,
            final int exitCode,
            final long untilNsOrQuality,
            final long detailPayload,
            final long resultPayload) {
        recorder.record(
                type,
                0,
                run.coordination,
                run.handle,
                Fact.pair(step, run.attempts[step]),
                run.holder(step, exitCode),
                untilNsOrQuality,
                detailPayload,
                resultPayload);
    }

    private static long saturatedSum(final long a, final long b) {
        final long sum = a + b;
        return sum < 0 || sum == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : sum;
    }
}

package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.AppendChunkDecoder;
import io.signalbox.kernel.command.codec.BeginUploadDecoder;
import io.signalbox.kernel.command.codec.CancelRunDecoder;
import io.signalbox.kernel.command.codec.DeployWorkflowDecoder;
import io.signalbox.kernel.command.codec.FinishStepDecoder;
import io.signalbox.kernel.command.codec.HeartbeatStepDecoder;
import io.signalbox.kernel.command.codec.ReleaseDefinitionDecoder;
import io.signalbox.kernel.command.codec.RetryRunDecoder;
import io.signalbox.kernel.command.codec.StartChildDecoder;
import io.signalbox.kernel.command.codec.StartRunDecoder;
import io.signalbox.kernel.command.codec.StartStepDecoder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.workflow.TaskRules;
import io.signalbox.kernel.workflow.WorkflowRules;
import io.signalbox.kernel.workflow.Workflows;

/** Reads the commands of the workflow room. */
final class WorkflowDispatch {
    private final WorkflowRules rules;
    private final TaskRules tasks;
    private final Workflows workflows;
    private final int payloadLengthMax;
    private final BeginUploadDecoder beginUpload = new BeginUploadDecoder();
    private final AppendChunkDecoder appendChunk = new AppendChunkDecoder();
    private final DeployWorkflowDecoder deployWorkflow = new DeployWorkflowDecoder();
    private final StartRunDecoder startRun = new StartRunDecoder();
    private final StartStepDecoder startStep = new StartStepDecoder();
    private final FinishStepDecoder finishStep = new FinishStepDecoder();
    private final CancelRunDecoder cancelRun = new CancelRunDecoder();
    private final RetryRunDecoder retryRun = new RetryRunDecoder();
    private final StartChildDecoder startChild = new StartChildDecoder();
    private final HeartbeatStepDecoder heartbeat = new HeartbeatStepDecoder();
    private final ReleaseDefinitionDecoder releaseDefinition = new ReleaseDefinitionDecoder();

    WorkflowDispatch(
            final WorkflowRules rules, final TaskRules tasks, final Workflows workflows, final MachineLimits limits) {
        this.rules = rules;
        this.tasks = tasks;
        this.workflows = workflows;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    /** What is said about a run stands in the order of its own coordination, whichever the command names. */
    int scope(final CommandType type, final CommandView command, final int named) {
        final long run = switch (type) {
            case START_STEP -> Body.of(command, startStep).run();
            case FINISH_STEP -> Body.of(command, finishStep).run();
            case CANCEL_RUN -> Body.of(command, cancelRun).run();
            case RETRY_RUN -> Body.of(command, retryRun).run();
            case START_CHILD -> Body.of(command, startChild).run();
            case HEARTBEAT_STEP -> Body.of(command, heartbeat).run();
            default -> -1;
        };
        return run >= 0 && workflows.owns(run) ? (int) workflows.coordination(run) : named;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case BEGIN_UPLOAD -> begin(Body.of(command, beginUpload));
            case APPEND_CHUNK -> append(Body.of(command, appendChunk));
            case DEPLOY_WORKFLOW ->
                rules.deploy(Body.of(command, deployWorkflow).upload());
            case START_RUN -> startRun(coordination, Body.of(command, startRun));
            case START_STEP -> startStep(Body.of(command, startStep));
            case FINISH_STEP -> finish(Body.of(command, finishStep));
            case CANCEL_RUN -> rules.cancelRun(Body.of(command, cancelRun).run());
            case RETRY_RUN -> rules.retryRun(Body.of(command, retryRun).run());
            case START_CHILD -> startChild(Body.of(command, startChild));
            case HEARTBEAT_STEP -> heartbeat(Body.of(command, heartbeat));
            case RELEASE_DEFINITION ->
                tasks.releaseDefinition(Body.of(command, releaseDefinition).definition());
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long begin(final BeginUploadDecoder body) {
        return rules.beginUpload(body.totalLength(), body.crc32c());
    }

    private long append(final AppendChunkDecoder body) {
        final int length = body.chunkLength();
        return rules.appendChunk(body.upload(), body.chunkOffset(), length, Body.range(body, length));
    }

    private long startRun(final long coordination, final StartRunDecoder body) {
        final int length = body.inputsLength();
        return length > payloadLengthMax
                ? Body.tooLong()
                : rules.startRun(coordination, body.definition(), Body.range(body, length));
    }

    private long startStep(final StartStepDecoder body) {
        final int length = body.workerLength();
        return length > payloadLengthMax
                ? Body.tooLong()
                : tasks.startStep(
                        body.run(),
                        body.step(),
                        body.attempt(),
                        body.leaseNs() == StartStepDecoder.leaseNsNullValue() ? 0 : body.leaseNs(),
                        body.owner() == StartStepDecoder.ownerNullValue() ? 0 : body.owner(),
                        Body.range(body, length));
    }

    private long startChild(final StartChildDecoder body) {
        final int length = body.inputsLength();
        return length > payloadLengthMax
                ? Body.tooLong()
                : tasks.startChild(
                        body.run(),
                        body.step(),
                        body.attempt(),
                        body.definition(),
                        body.release() != 0,
                        Body.range(body, length));
    }

    private long heartbeat(final HeartbeatStepDecoder body) {
        return tasks.heartbeat(
                body.run(),
                body.step(),
                body.attempt(),
                body.owner(),
                body.leaseNs() == HeartbeatStepDecoder.leaseNsNullValue() ? 0 : body.leaseNs());
    }

    private long finish(final FinishStepDecoder body) {
        final int resultLength = body.resultLength();
        final long result = Body.range(body, resultLength);
        body.skipResult();
        final int detailLength = body.detailLength();
        final long detail = Body.range(body, detailLength);
        if (resultLength > payloadLengthMax || detailLength > payloadLengthMax) {
            return Body.tooLong();
        }
        final int quality = body.quality() == FinishStepDecoder.qualityNullValue() ? 1_000_000 : body.quality();
        final int owner = body.owner() == FinishStepDecoder.ownerNullValue() ? 0 : body.owner();
        if (tasks.isOfAnother(body.run(), body.step(), body.attempt(), owner)) {
            return Rejection.NOT_YOUR_TASK.answer();
        }
        return rules.finishStep(
                body.run(), body.step(), body.attempt(), body.ending(), body.exitCode(), quality, result, detail);
    }
}

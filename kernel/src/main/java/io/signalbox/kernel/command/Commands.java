package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AppendChunkEncoder;
import io.signalbox.kernel.command.codec.BeginUploadEncoder;
import io.signalbox.kernel.command.codec.CancelDependencyEncoder;
import io.signalbox.kernel.command.codec.CancelRunEncoder;
import io.signalbox.kernel.command.codec.CloseCoordinationEncoder;
import io.signalbox.kernel.command.codec.CommandHeaderEncoder;
import io.signalbox.kernel.command.codec.ContinueEncoder;
import io.signalbox.kernel.command.codec.DeclareDependencyEncoder;
import io.signalbox.kernel.command.codec.DeleteStateEncoder;
import io.signalbox.kernel.command.codec.DeployWorkflowEncoder;
import io.signalbox.kernel.command.codec.FinishStepEncoder;
import io.signalbox.kernel.command.codec.InternNameEncoder;
import io.signalbox.kernel.command.codec.MarkResourceEncoder;
import io.signalbox.kernel.command.codec.MessageHeaderEncoder;
import io.signalbox.kernel.command.codec.OpenCoordinationEncoder;
import io.signalbox.kernel.command.codec.PulseEncoder;
import io.signalbox.kernel.command.codec.RaiseSignalEncoder;
import io.signalbox.kernel.command.codec.RetryRunEncoder;
import io.signalbox.kernel.command.codec.ScoreGateEncoder;
import io.signalbox.kernel.command.codec.SetStateEncoder;
import io.signalbox.kernel.command.codec.StartRunEncoder;
import io.signalbox.kernel.command.codec.StartStepEncoder;
import io.signalbox.kernel.command.codec.UpgradeRulesEncoder;
import io.signalbox.kernel.command.codec.VoidEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/**
 * Writes commands. Each {@code encode} method fills a buffer of exactly the length that its {@code length} sibling gives; position
 * and time are stamped later. The encoders are made per call and never escape, so the compiler keeps them off the heap. Any
 * thread, each with its own buffer.
 */
public final class Commands {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int VAR = 4;

    /** Length of a command without a field of its own. */
    public static final int PLAIN_LENGTH = HEADER + VoidEncoder.BLOCK_LENGTH;

    private Commands() {}

    public static void encodeVoid(final SlotBuffer buffer) {
        header(new VoidEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .header());
    }

    public static void encodeContinue(final SlotBuffer buffer) {
        header(new ContinueEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .header());
    }

    public static void encodePulse(final SlotBuffer buffer) {
        header(new PulseEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .header());
    }

    public static final int UPGRADE_RULES_LENGTH = HEADER + UpgradeRulesEncoder.BLOCK_LENGTH;

    public static void encodeUpgradeRules(final SlotBuffer buffer, final int rulesVersion) {
        final UpgradeRulesEncoder command =
                new UpgradeRulesEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.rulesVersion(rulesVersion);
    }

    public static int openCoordinationLength(final byte[] name) {
        return HEADER + OpenCoordinationEncoder.BLOCK_LENGTH + VAR + name.length;
    }

    public static void encodeOpenCoordination(final SlotBuffer buffer, final byte[] name) {
        final OpenCoordinationEncoder command =
                new OpenCoordinationEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.putName(name, 0, name.length);
    }

    public static final int CLOSE_COORDINATION_LENGTH = HEADER + CloseCoordinationEncoder.BLOCK_LENGTH;

    public static void encodeCloseCoordination(final SlotBuffer buffer, final long coordination) {
        header(new CloseCoordinationEncoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                        .header())
                .coordination(coordination);
    }

    public static int internNameLength(final byte[] name) {
        return HEADER + InternNameEncoder.BLOCK_LENGTH + VAR + name.length;
    }

    public static void encodeInternName(final SlotBuffer buffer, final byte[] name) {
        final InternNameEncoder command =
                new InternNameEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.putName(name, 0, name.length);
    }

    public static int raiseSignalLength(final int payloadLength) {
        return HEADER + RaiseSignalEncoder.BLOCK_LENGTH + VAR + payloadLength;
    }

    /** See {@code commands.xml} for the fields; {@code awaits} 0 declares no dependency. */
    public static void encodeRaiseSignal(
            final SlotBuffer buffer,
            final long clientId,
            final long clientSequence,
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final int awaits,
            final long timeoutNs,
            final byte[] payload,
            final int payloadOffset,
            final int payloadLength) {
        new SignalEncoder()
                .encode(
                        buffer,
                        clientId,
                        clientSequence,
                        coordination,
                        signalType,
                        sender,
                        subject,
                        recipient,
                        completion,
                        quality,
                        awaits,
                        timeoutNs,
                        payload,
                        payloadOffset,
                        payloadLength);
    }

    /** Encodes signals and allocates nothing; belongs to one thread. */
    public static final class SignalEncoder {
        private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
        private final RaiseSignalEncoder encoder = new RaiseSignalEncoder();

        /** As {@link Commands#encodeRaiseSignal}. */
        public void encode(
                final SlotBuffer buffer,
                final long clientId,
                final long clientSequence,
                final long coordination,
                final int signalType,
                final int sender,
                final int subject,
                final int recipient,
                final int completion,
                final double quality,
                final int awaits,
                final long timeoutNs,
                final byte[] payload,
                final int payloadOffset,
                final int payloadLength) {
            final RaiseSignalEncoder command = encoder.wrapAndApplyHeader(buffer, 0, messageHeader);
            header(command.header(), clientId, clientSequence).coordination(coordination);
            command.signalType(signalType)
                    .sender(sender)
                    .subject(subject)
                    .recipient(recipient)
                    .completion((short) completion)
                    .declares((short) (awaits == 0 ? 0 : 1))
                    .awaits(awaits)
                    .timeoutNs(timeoutNs)
                    .quality(quality)
                    .putPayload(payload, payloadOffset, payloadLength);
        }
    }

    public static int setStateLength(final int valueLength) {
        return HEADER + SetStateEncoder.BLOCK_LENGTH + VAR + valueLength;
    }

    public static void encodeSetState(
            final SlotBuffer buffer,
            final long clientId,
            final long clientSequence,
            final long coordination,
            final int key,
            final int valueType,
            final long expectedVersion,
            final int changedBy,
            final byte[] value) {
        final SetStateEncoder command = new SetStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header(), clientId, clientSequence).coordination(coordination);
        command.key(key)
                .valueType((short) valueType)
                .expectedVersion(expectedVersion)
                .changedBy(changedBy)
                .putValue(value, 0, value.length);
    }

    public static final int DELETE_STATE_LENGTH = HEADER + DeleteStateEncoder.BLOCK_LENGTH;

    public static void encodeDeleteState(
            final SlotBuffer buffer,
            final long coordination,
            final int key,
            final long expectedVersion,
            final int changedBy) {
        final DeleteStateEncoder command =
                new DeleteStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.key(key).expectedVersion(expectedVersion).changedBy(changedBy);
    }

    public static final int DECLARE_DEPENDENCY_LENGTH = HEADER + DeclareDependencyEncoder.BLOCK_LENGTH;

    public static void encodeDeclareDependency(
            final SlotBuffer buffer,
            final long coordination,
            final int kind,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold) {
        final DeclareDependencyEncoder command =
                new DeclareDependencyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.kind((short) kind)
                .flags((short) flags)
                .owner(owner)
                .target(target)
                .afterPosition(afterPosition)
                .timeoutNs(timeoutNs)
                .threshold(threshold);
    }

    public static final int CANCEL_DEPENDENCY_LENGTH = HEADER + CancelDependencyEncoder.BLOCK_LENGTH;

    public static void encodeCancelDependency(final SlotBuffer buffer, final long coordination, final long dependency) {
        final CancelDependencyEncoder command =
                new CancelDependencyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.dependency(dependency);
    }

    public static final int MARK_RESOURCE_LENGTH = HEADER + MarkResourceEncoder.BLOCK_LENGTH;

    public static void encodeMarkResource(
            final SlotBuffer buffer, final long coordination, final int resource, final boolean available) {
        final MarkResourceEncoder command =
                new MarkResourceEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.resource(resource).available((short) (available ? 1 : 0));
    }

    public static final int SCORE_GATE_LENGTH = HEADER + ScoreGateEncoder.BLOCK_LENGTH;

    public static void encodeScoreGate(
            final SlotBuffer buffer,
            final long coordination,
            final int gate,
            final boolean failed,
            final double score) {
        final ScoreGateEncoder command =
                new ScoreGateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.gate(gate).failed((short) (failed ? 1 : 0)).score(score);
    }

    public static final int BEGIN_UPLOAD_LENGTH = HEADER + BeginUploadEncoder.BLOCK_LENGTH;

    public static void encodeBeginUpload(final SlotBuffer buffer, final int totalLength, final long crc32c) {
        final BeginUploadEncoder command =
                new BeginUploadEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.totalLength(totalLength).crc32c(crc32c);
    }

    public static int appendChunkLength(final int chunkLength) {
        return HEADER + AppendChunkEncoder.BLOCK_LENGTH + VAR + chunkLength;
    }

    public static void encodeAppendChunk(
            final SlotBuffer buffer, final long upload, final byte[] content, final int offset, final int length) {
        final AppendChunkEncoder command =
                new AppendChunkEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.upload(upload).chunkOffset(offset).putChunk(content, offset, length);
    }

    public static final int DEPLOY_WORKFLOW_LENGTH = HEADER + DeployWorkflowEncoder.BLOCK_LENGTH;

    public static void encodeDeployWorkflow(final SlotBuffer buffer, final long upload) {
        final DeployWorkflowEncoder command =
                new DeployWorkflowEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header());
        command.upload(upload);
    }

    public static int startRunLength(final byte[] inputs) {
        return HEADER + StartRunEncoder.BLOCK_LENGTH + VAR + inputs.length;
    }

    public static void encodeStartRun(
            final SlotBuffer buffer, final long coordination, final int definition, final byte[] inputs) {
        final StartRunEncoder command = new StartRunEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.definition(definition).putInputs(inputs, 0, inputs.length);
    }

    public static int startStepLength(final byte[] worker) {
        return HEADER + StartStepEncoder.BLOCK_LENGTH + VAR + worker.length;
    }

    public static void encodeStartStep(
            final SlotBuffer buffer,
            final long coordination,
            final long run,
            final int step,
            final int attempt,
            final byte[] worker) {
        final StartStepEncoder command =
                new StartStepEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.run(run).step(step).attempt(attempt).putWorker(worker, 0, worker.length);
    }

    public static int finishStepLength(final byte[] result, final byte[] detail) {
        return HEADER + FinishStepEncoder.BLOCK_LENGTH + VAR + result.length + VAR + detail.length;
    }

    public static void encodeFinishStep(
            final SlotBuffer buffer,
            final long coordination,
            final long run,
            final int step,
            final int attempt,
            final int ending,
            final int exitCode,
            final byte[] result,
            final byte[] detail) {
        final FinishStepEncoder command =
                new FinishStepEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.run(run)
                .step(step)
                .attempt(attempt)
                .ending((short) ending)
                .exitCode(exitCode)
                .putResult(result, 0, result.length)
                .putDetail(detail, 0, detail.length);
    }

    public static final int CANCEL_RUN_LENGTH = HEADER + CancelRunEncoder.BLOCK_LENGTH;

    public static void encodeCancelRun(final SlotBuffer buffer, final long coordination, final long run) {
        final CancelRunEncoder command =
                new CancelRunEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.run(run);
    }

    public static final int RETRY_RUN_LENGTH = HEADER + RetryRunEncoder.BLOCK_LENGTH;

    public static void encodeRetryRun(final SlotBuffer buffer, final long coordination, final long run) {
        final RetryRunEncoder command = new RetryRunEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        header(command.header()).coordination(coordination);
        command.run(run);
    }

    private static CommandHeaderEncoder header(final CommandHeaderEncoder header) {
        return header(header, 0, 0);
    }

    private static CommandHeaderEncoder header(
            final CommandHeaderEncoder header, final long clientId, final long clientSequence) {
        return header.position(-1)
                .timestampNs(-1)
                .clientId(clientId)
                .clientSequence(clientSequence)
                .coordination(0);
    }
}

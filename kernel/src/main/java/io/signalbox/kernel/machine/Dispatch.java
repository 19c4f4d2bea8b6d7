package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.AppendChunkDecoder;
import io.signalbox.kernel.command.codec.BeginUploadDecoder;
import io.signalbox.kernel.command.codec.CancelDependencyDecoder;
import io.signalbox.kernel.command.codec.CancelRunDecoder;
import io.signalbox.kernel.command.codec.DeclareDependencyDecoder;
import io.signalbox.kernel.command.codec.DeleteStateDecoder;
import io.signalbox.kernel.command.codec.DeployWorkflowDecoder;
import io.signalbox.kernel.command.codec.FinishStepDecoder;
import io.signalbox.kernel.command.codec.InternNameDecoder;
import io.signalbox.kernel.command.codec.MarkResourceDecoder;
import io.signalbox.kernel.command.codec.OpenCoordinationDecoder;
import io.signalbox.kernel.command.codec.RaiseSignalDecoder;
import io.signalbox.kernel.command.codec.RetryRunDecoder;
import io.signalbox.kernel.command.codec.ScoreGateDecoder;
import io.signalbox.kernel.command.codec.SetStateDecoder;
import io.signalbox.kernel.command.codec.StartRunDecoder;
import io.signalbox.kernel.command.codec.StartStepDecoder;
import io.signalbox.kernel.command.codec.UpgradeRulesDecoder;
import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.workflow.WorkflowRules;

/** One command, decoded once, to the rules of its room. The decoders are fields, made once. */
final class Dispatch {
    private static final int LENGTH_OF_LENGTH = 4;

    private final Stores stores;
    private final Facts facts;
    private final int payloadLengthMax;
    private final int nameLengthMax;
    private final NameTable names;
    private final CoordinationRules coordinationRules;
    private final StateRules stateRules;
    private final SignalRules signalRules;
    private final DependencyRules dependencyRules;
    private final WorkflowRules workflowRules;

    private final UpgradeRulesDecoder upgradeRules = new UpgradeRulesDecoder();
    private final OpenCoordinationDecoder openCoordination = new OpenCoordinationDecoder();
    private final InternNameDecoder internName = new InternNameDecoder();
    private final RaiseSignalDecoder raiseSignal = new RaiseSignalDecoder();
    private final SetStateDecoder setState = new SetStateDecoder();
    private final DeleteStateDecoder deleteState = new DeleteStateDecoder();
    private final DeclareDependencyDecoder declareDependency = new DeclareDependencyDecoder();
    private final CancelDependencyDecoder cancelDependency = new CancelDependencyDecoder();
    private final MarkResourceDecoder markResource = new MarkResourceDecoder();
    private final ScoreGateDecoder scoreGate = new ScoreGateDecoder();
    private final BeginUploadDecoder beginUpload = new BeginUploadDecoder();
    private final AppendChunkDecoder appendChunk = new AppendChunkDecoder();
    private final DeployWorkflowDecoder deployWorkflow = new DeployWorkflowDecoder();
    private final StartRunDecoder startRun = new StartRunDecoder();
    private final StartStepDecoder startStep = new StartStepDecoder();
    private final FinishStepDecoder finishStep = new FinishStepDecoder();
    private final CancelRunDecoder cancelRun = new CancelRunDecoder();
    private final RetryRunDecoder retryRun = new RetryRunDecoder();

    Dispatch(
            final Stores stores,
            final Facts facts,
            final MachineLimits limits,
            final DependencyRules dependencyRules,
            final WorkflowRules workflowRules) {
        this.stores = stores;
        this.facts = facts;
        this.payloadLengthMax = limits.payloadLengthMax();
        this.nameLengthMax = limits.nameLengthMax();
        this.names = stores.names;
        this.coordinationRules = new CoordinationRules(stores.coordinations, facts, limits.nameLengthMax());
        this.stateRules = new StateRules(stores.states, stores.names, facts);
        this.signalRules = new SignalRules(
                stores.signals, agent -> false, stores.names, limits.signals().recipientsMax(), facts);
        this.dependencyRules = dependencyRules;
        this.workflowRules = workflowRules;
    }

    /**
     * Slot of the scope in whose order a command stands, -1 when its coordination is not open. What is said about a run or a
     * wait stands in the order of the coordination that these belong to, whichever the command names.
     */
    int scope(final CommandType type, final CommandView command) {
        final int named = stores.coordinations.slot(command.coordination());
        if (named < 0) {
            return named;
        }
        final SlotBuffer buffer = command.buffer();
        final int at = CommandView.BLOCK_OFFSET;
        final int block = command.blockLength();
        final int version = command.version();
        return switch (type) {
            case START_STEP ->
                scopeOfRun(startStep.wrap(buffer, at, block, version).run(), named);
            case FINISH_STEP ->
                scopeOfRun(finishStep.wrap(buffer, at, block, version).run(), named);
            case CANCEL_RUN ->
                scopeOfRun(cancelRun.wrap(buffer, at, block, version).run(), named);
            case RETRY_RUN ->
                scopeOfRun(retryRun.wrap(buffer, at, block, version).run(), named);
            case CANCEL_DEPENDENCY -> {
                final long wait =
                        cancelDependency.wrap(buffer, at, block, version).dependency();
                yield stores.dependencies.owns(wait) ? (int) stores.dependencies.coordination((int) wait) : named;
            }
            default -> named;
        };
    }

    private int scopeOfRun(final long run, final int named) {
        return stores.workflows.owns(run) ? (int) stores.workflows.coordination(run) : named;
    }

    /** Decide one command; not negative is its answer, negative its refusal. */
    long decide(final CommandType type, final CommandView command) {
        if (stores.coordinations.slot(command.coordination()) < 0) {
            return Rejection.UNKNOWN_COORDINATION.answer();
        }
        final SlotBuffer buffer = command.buffer();
        final int at = CommandView.BLOCK_OFFSET;
        final int block = command.blockLength();
        final int version = command.version();
        final long coordination = command.coordination();
        return switch (type) {
            case VOID -> Rejection.VOIDED.answer();
            case UPGRADE_RULES ->
                upgrade(upgradeRules.wrap(buffer, at, block, version).rulesVersion());
            case OPEN_COORDINATION -> {
                final int length =
                        openCoordination.wrap(buffer, at, block, version).nameLength();
                final int from = openCoordination.limit() + LENGTH_OF_LENGTH;
                yield coordinationRules.open(
                        command.bytes(), command.offset() + from, length, FactLog.range(from, length));
            }
            case CLOSE_COORDINATION -> coordinationRules.close(coordination);
            case INTERN_NAME -> {
                final int length = internName.wrap(buffer, at, block, version).nameLength();
                yield intern(command, internName.limit() + LENGTH_OF_LENGTH, length);
            }
            case RAISE_SIGNAL -> raise(coordination, raiseSignal.wrap(buffer, at, block, version));
            case SET_STATE -> {
                setState.wrap(buffer, at, block, version);
                final int length = setState.valueLength();
                yield length > payloadLengthMax
                        ? Rejection.TOO_LONG.answer()
                        : stateRules.set(
                                coordination,
                                setState.key(),
                                setState.valueType(),
                                setState.expectedVersion(),
                                setState.changedBy(),
                                length,
                                FactLog.range(setState.limit() + LENGTH_OF_LENGTH, length));
            }
            case DELETE_STATE -> {
                deleteState.wrap(buffer, at, block, version);
                yield stateRules.delete(
                        coordination, deleteState.key(), deleteState.expectedVersion(), deleteState.changedBy());
            }
            case DECLARE_DEPENDENCY -> {
                declareDependency.wrap(buffer, at, block, version);
                yield dependencyRules.declare(
                        coordination,
                        declareDependency.kind(),
                        declareDependency.flags(),
                        declareDependency.owner(),
                        declareDependency.target(),
                        declareDependency.afterPosition(),
                        declareDependency.timeoutNs(),
                        declareDependency.threshold());
            }
            case CANCEL_DEPENDENCY ->
                dependencyRules.cancel(
                        cancelDependency.wrap(buffer, at, block, version).dependency());
            case MARK_RESOURCE -> {
                markResource.wrap(buffer, at, block, version);
                yield dependencyRules.markResource(coordination, markResource.resource(), markResource.available());
            }
            case SCORE_GATE -> {
                scoreGate.wrap(buffer, at, block, version);
                yield dependencyRules.scoreGate(
                        coordination, scoreGate.gate(), scoreGate.failed() != 0, scoreGate.score());
            }
            case BEGIN_UPLOAD -> {
                beginUpload.wrap(buffer, at, block, version);
                yield workflowRules.beginUpload(beginUpload.totalLength(), beginUpload.crc32c());
            }
            case APPEND_CHUNK -> {
                appendChunk.wrap(buffer, at, block, version);
                final int length = appendChunk.chunkLength();
                yield workflowRules.appendChunk(
                        appendChunk.upload(),
                        appendChunk.chunkOffset(),
                        length,
                        FactLog.range(appendChunk.limit() + LENGTH_OF_LENGTH, length));
            }
            case DEPLOY_WORKFLOW ->
                workflowRules.deploy(
                        deployWorkflow.wrap(buffer, at, block, version).upload());
            case START_RUN -> {
                startRun.wrap(buffer, at, block, version);
                final int length = startRun.inputsLength();
                yield length > payloadLengthMax
                        ? Rejection.TOO_LONG.answer()
                        : workflowRules.startRun(
                                coordination,
                                startRun.definition(),
                                FactLog.range(startRun.limit() + LENGTH_OF_LENGTH, length));
            }
            case START_STEP -> {
                startStep.wrap(buffer, at, block, version);
                final int length = startStep.workerLength();
                yield length > payloadLengthMax
                        ? Rejection.TOO_LONG.answer()
                        : workflowRules.startStep(
                                startStep.run(),
                                startStep.step(),
                                startStep.attempt(),
                                FactLog.range(startStep.limit() + LENGTH_OF_LENGTH, length));
            }
            case FINISH_STEP -> finish(finishStep.wrap(buffer, at, block, version));
            case CANCEL_RUN ->
                workflowRules.cancelRun(
                        cancelRun.wrap(buffer, at, block, version).run());
            case RETRY_RUN ->
                workflowRules.retryRun(retryRun.wrap(buffer, at, block, version).run());
            case CONTINUE, PULSE -> throw new IllegalStateException(type + " is served by the machine itself");
        };
    }

    private long raise(final long coordination, final RaiseSignalDecoder command) {
        final int length = command.payloadLength();
        if (length > payloadLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        final boolean declares = command.declares() != 0;
        if (declares && stores.dependencies.nextHandle() < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        if (declares && (command.awaits() <= 0 || command.awaits() > names.size() || command.timeoutNs() < 0)) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long raised = signalRules.raise(
                coordination,
                command.signalType(),
                command.sender(),
                command.subject(),
                command.recipient(),
                command.completion(),
                command.quality(),
                FactLog.range(command.limit() + LENGTH_OF_LENGTH, length));
        if (raised < 0 || !declares) {
            return raised;
        }
        return dependencyRules.declare(
                coordination,
                DependencyKind.AGENT_COMPLETION.code(),
                DependencyRules.SUCCESS_REQUIRED,
                command.sender(),
                command.awaits(),
                facts.position(),
                command.timeoutNs(),
                0);
    }

    private long finish(final FinishStepDecoder command) {
        final int resultLength = command.resultLength();
        final int resultAt = command.limit() + LENGTH_OF_LENGTH;
        command.skipResult();
        final int detailLength = command.detailLength();
        final int detailAt = command.limit() + LENGTH_OF_LENGTH;
        if (resultLength > payloadLengthMax || detailLength > payloadLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        return workflowRules.finishStep(
                command.run(),
                command.step(),
                command.attempt(),
                command.ending(),
                command.exitCode(),
                FactLog.range(resultAt, resultLength),
                FactLog.range(detailAt, detailLength));
    }

    private long intern(final CommandView command, final int from, final int length) {
        if (length == 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (length > nameLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        final int known = names.find(command.bytes(), command.offset() + from, length);
        if (known > 0) {
            return known;
        }
        if (names.size() == names.namesMax()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final int id = names.size() + 1;
        facts.record(FactType.NAME_INTERNED, 0, 0, id, 0, 0, 0, 0, FactLog.range(from, length));
        return id;
    }

    private long upgrade(final int version) {
        if (version <= stores.rulesVersion.current() || version > RulesVersion.NEWEST) {
            return Rejection.UNSUPPORTED_RULES.answer();
        }
        facts.record(FactType.RULES_UPGRADED, 0, 0, version, 0, 0, 0);
        return version;
    }
}

package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.LimitDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How the stages of a workflow are carried out.
 *
 * @param workflowId of the workflow and its coordination, not empty.
 * @param workflowName what people call it.
 * @param maxConcurrentSteps at once, from 1.
 * @param enableStageRecovery whether stages go on that do not depend on a failed one; otherwise nothing comes after it.
 * @param enableFastFail whether the first failed step stops everything at once.
 * @param enableStageBarriers whether a stage begins when the stage before it has ended; otherwise as soon as those that it depends on have.
 * @param enableStepRetry whether failed steps are tried again.
 * @param stepRetryCount how often.
 * @param stepRetryBackoff pause before the first retry; each further one is twice as long, five minutes at most.
 * @param stageTimeout of each stage, zero for none.
 * @param stepTimeout of each attempt, zero for none.
 * @param workflowTimeout of the whole, zero for none.
 * @param collectMetrics whether stages and workflow are measured.
 * @param signalOnStageComplete whether {@code stage_completed} is sent.
 * @param limits what steps may use.
 * @param metadata what is known about it.
 */
public record WorkflowConfig(
        String workflowId,
        String workflowName,
        int maxConcurrentSteps,
        boolean enableStageRecovery,
        boolean enableFastFail,
        boolean enableStageBarriers,
        boolean enableStepRetry,
        int stepRetryCount,
        Duration stepRetryBackoff,
        Duration stageTimeout,
        Duration stepTimeout,
        Duration workflowTimeout,
        boolean collectMetrics,
        boolean signalOnStageComplete,
        List<LimitDefinition> limits,
        Map<String, Object> metadata) {
    public WorkflowConfig {
        Compiling.requireId("workflow_id", workflowId);
        Compiling.require(
                maxConcurrentSteps,
                maxConcurrentSteps >= 1,
                "max_concurrent_steps must be >= 1: " + maxConcurrentSteps);
        Compiling.require(
                stepRetryCount,
                stepRetryCount >= 0 && stepRetryCount <= 1000,
                "step_retry_count must be in 0..1000: " + stepRetryCount);
        requireTime("step_retry_backoff", stepRetryBackoff);
        requireTime("stage_timeout", stageTimeout);
        requireTime("step_timeout", stepTimeout);
        requireTime("workflow_timeout", workflowTimeout);
        limits = List.copyOf(limits);
        metadata = Compiling.copy(metadata);
    }

    private static void requireTime(final String what, final Duration time) {
        Compiling.require(time, !time.isNegative(), what + " must not be negative: " + time);
    }

    /** Ten steps at once, recovery, barriers, two retries after 1 s and 2 s, five minutes for a step. */
    public static WorkflowConfig of(final String workflowId) {
        return new Draft(workflowId).config();
    }

    private WorkflowConfig with(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return draft.config();
    }

    public WorkflowConfig withWorkflowName(final String workflowName) {
        return with(draft -> draft.workflowName = workflowName);
    }

    public WorkflowConfig withMaxConcurrentSteps(final int maxConcurrentSteps) {
        return with(draft -> draft.maxConcurrentSteps = maxConcurrentSteps);
    }

    public WorkflowConfig withStageRecovery(final boolean enableStageRecovery) {
        return with(draft -> draft.enableStageRecovery = enableStageRecovery);
    }

    public WorkflowConfig withFastFail(final boolean enableFastFail) {
        return with(draft -> draft.enableFastFail = enableFastFail);
    }

    public WorkflowConfig withStageBarriers(final boolean enableStageBarriers) {
        return with(draft -> draft.enableStageBarriers = enableStageBarriers);
    }

    public WorkflowConfig withStepRetry(final boolean enableStepRetry) {
        return with(draft -> draft.enableStepRetry = enableStepRetry);
    }

    public WorkflowConfig withStepRetries(final int stepRetryCount, final Duration stepRetryBackoff) {
        return with(draft -> {
            draft.stepRetryCount = stepRetryCount;
            draft.stepRetryBackoff = stepRetryBackoff;
        });
    }

    public WorkflowConfig withStageTimeout(final Duration stageTimeout) {
        return with(draft -> draft.stageTimeout = stageTimeout);
    }

    public WorkflowConfig withStepTimeout(final Duration stepTimeout) {
        return with(draft -> draft.stepTimeout = stepTimeout);
    }

    public WorkflowConfig withWorkflowTimeout(final Duration workflowTimeout) {
        return with(draft -> draft.workflowTimeout = workflowTimeout);
    }

    public WorkflowConfig withMetrics(final boolean collectMetrics) {
        return with(draft -> draft.collectMetrics = collectMetrics);
    }

    public WorkflowConfig withSignals(final boolean signalOnStageComplete) {
        return with(draft -> draft.signalOnStageComplete = signalOnStageComplete);
    }

    public WorkflowConfig withLimits(final LimitDefinition... limits) {
        return with(draft -> draft.limits = List.of(limits));
    }

    public WorkflowConfig withMetadata(final String name, final Object value) {
        return with(draft -> draft.metadata = Compiling.with(draft.metadata, name, value));
    }

    private static final class Draft {
        final String workflowId;
        String workflowName;
        int maxConcurrentSteps = 10;
        boolean enableStageRecovery = true;
        boolean enableFastFail;
        boolean enableStageBarriers = true;
        boolean enableStepRetry = true;
        int stepRetryCount = 2;
        Duration stepRetryBackoff = Duration.ofSeconds(1);
        Duration stageTimeout = Duration.ZERO;
        Duration stepTimeout = Duration.ofMinutes(5);
        Duration workflowTimeout = Duration.ZERO;
        boolean collectMetrics = true;
        boolean signalOnStageComplete = true;
        List<LimitDefinition> limits = List.of();
        Map<String, Object> metadata = Map.of();

        Draft(final String workflowId) {
            this.workflowId = workflowId;
            this.workflowName = workflowId;
        }

        Draft(final WorkflowConfig from) {
            workflowId = from.workflowId;
            workflowName = from.workflowName;
            maxConcurrentSteps = from.maxConcurrentSteps;
            enableStageRecovery = from.enableStageRecovery;
            enableFastFail = from.enableFastFail;
            enableStageBarriers = from.enableStageBarriers;
            enableStepRetry = from.enableStepRetry;
            stepRetryCount = from.stepRetryCount;
            stepRetryBackoff = from.stepRetryBackoff;
            stageTimeout = from.stageTimeout;
            stepTimeout = from.stepTimeout;
            workflowTimeout = from.workflowTimeout;
            collectMetrics = from.collectMetrics;
            signalOnStageComplete = from.signalOnStageComplete;
            limits = from.limits;
            metadata = from.metadata;
        }

        WorkflowConfig config() {
            return new WorkflowConfig(
                    workflowId,
                    workflowName,
                    maxConcurrentSteps,
                    enableStageRecovery,
                    enableFastFail,
                    enableStageBarriers,
                    enableStepRetry,
                    stepRetryCount,
                    stepRetryBackoff,
                    stageTimeout,
                    stepTimeout,
                    workflowTimeout,
                    collectMetrics,
                    signalOnStageComplete,
                    limits,
                    metadata);
        }
    }
}

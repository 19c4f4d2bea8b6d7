package io.signalbox.kernel.facade.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The six phases of code generation as stages: parse, models, validators, tests, quality, package; a step of each for each contract. With barriers, as
 * {@link WorkflowConfig#of} has them, all contracts are through a phase before the next begins; without, a contract waits for nobody but itself. Any thread.
 */
public final class CodeGenerationWorkflow {
    private static final List<String> STAGES = List.of("parse", "models", "validators", "tests", "quality", "package");
    private static final List<String> STEPS = List.of("parse", "model", "validator", "test", "quality", "package");
    private static final List<WorkflowStepType> TYPES = List.of(
            WorkflowStepType.PARSE_CONTRACT,
            WorkflowStepType.GENERATE_MODEL,
            WorkflowStepType.GENERATE_VALIDATOR,
            WorkflowStepType.GENERATE_TEST,
            WorkflowStepType.VALIDATE_QUALITY,
            WorkflowStepType.PACKAGE_NODE);
    private static final String CONTRACT = "contract";

    private final StagedParallelExecutor executor;
    private final CodeGenerationPhases phases;

    public CodeGenerationWorkflow(final StagedParallelExecutor executor, final CodeGenerationPhases phases) {
        this.executor = Objects.requireNonNull(executor, "executor");
        this.phases = Objects.requireNonNull(phases, "phases");
    }

    /**
     * Generate code for contracts.
     *
     * @param contracts by name, in an order of their own.
     * @throws InvalidWorkflowPartException when there is no contract.
     */
    public WorkflowResult generate(final WorkflowConfig config, final Map<String, ?> contracts) {
        return executor.executeWorkflow(config, stages(config, contracts));
    }

    /**
     * Go on with what an earlier process has left of this workflow, with the same contracts; as {@link StagedParallelExecutor#resume}.
     *
     * @throws WorkflowNotResumableException when there is no such workflow, or it is one of other contracts.
     */
    public WorkflowResult resume(final WorkflowConfig config, final Map<String, ?> contracts) {
        return executor.resume(config, stages(config, contracts));
    }

    /** The stages, for a picture or a change. */
    public List<WorkflowStage> stages(final WorkflowConfig config, final Map<String, ?> contracts) {
        Compiling.require(contracts, !contracts.isEmpty(), "there is no contract to generate code for");
        final List<WorkflowStage> stages = new ArrayList<>();
        for (int phase = 0; phase < STAGES.size(); phase++) {
            final List<WorkflowStep> steps = new ArrayList<>();
            for (final Map.Entry<String, ?> contract : contracts.entrySet()) {
                steps.add(step(phase, contract.getKey(), contract.getValue()));
            }
            final WorkflowStage stage = WorkflowStage.of(STAGES.get(phase), phase + 1, steps);
            stages.add(phase > 0 && config.enableStageBarriers() ? stage.dependsOn(STAGES.get(phase - 1)) : stage);
        }
        return stages;
    }

    private WorkflowStep step(final int phase, final String contract, final Object content) {
        final WorkflowStep step = WorkflowStep.of(
                        stepId(STEPS.get(phase), contract),
                        TYPES.get(phase),
                        phases.inOrder().get(phase))
                .input(CONTRACT, content)
                .metadata(CONTRACT, contract);
        return phase == 0 ? step : step.dependsOn(stepId(STEPS.get(phase - 1), contract));
    }

    private static String stepId(final String phase, final String contract) {
        return phase + "_" + contract;
    }

    /** What the phase before has produced for the same contract; null in the first. */
    public static Object previous(final WorkContext context) {
        return context.dependencyResults().values().stream().findFirst().orElse(null);
    }
}

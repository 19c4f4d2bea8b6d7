package io.signalbox.kernel.facade.workflow;

import java.util.List;
import java.util.Objects;

/**
 * What does each of the six phases for one contract. The first is given the contract as input {@code contract}; each further one has the result of the phase before it, for the same contract,
 * as {@link CodeGenerationWorkflow#previous}.
 *
 * @param parse reads the contract.
 * @param model generates the model.
 * @param validator generates the validator.
 * @param test generates the tests.
 * @param quality judges what there is.
 * @param pack packages it.
 */
public record CodeGenerationPhases(
        StepExecutor parse,
        StepExecutor model,
        StepExecutor validator,
        StepExecutor test,
        StepExecutor quality,
        StepExecutor pack) {
    public CodeGenerationPhases {
        List.of(parse, model, validator, test, quality, pack).forEach(Objects::requireNonNull);
    }

    List<StepExecutor> inOrder() {
        return List.of(parse, model, validator, test, quality, pack);
    }
}

package io.signalbox.kernel;

/**
 * The work of a step. It may block, if it is registered for {@link StepLoad#IO}, and may be carried out more than once for the same step: a kernel that
 * was closed or killed meanwhile offers it again, as another attempt.
 */
@FunctionalInterface
public interface StepFunction {
    /**
     * Carry out one attempt.
     *
     * @return how it ended; null is a failure for good.
     * @throws Exception whatever it throws is a failure with that text; the step is tried again as its retry policy says.
     */
    StepResult perform(StepContext context) throws Exception;
}

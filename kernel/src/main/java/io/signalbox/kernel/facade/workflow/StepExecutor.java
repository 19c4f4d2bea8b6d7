package io.signalbox.kernel.facade.workflow;

/** The work of a step, a task or a node. It may block. When nobody wants it any more its thread is interrupted. */
@FunctionalInterface
public interface StepExecutor {
    /**
     * Carry out one attempt.
     *
     * @return what was produced, given as it is to the steps that depend on this one: do not change it afterwards. A {@link RatedResult} says how good it is, a
     *     {@link io.signalbox.kernel.StepResult} ends the attempt as it says.
     * @throws Exception whatever it throws is a failure with that text.
     */
    Object execute(WorkContext context) throws Exception;
}

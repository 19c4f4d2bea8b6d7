package io.signalbox.kernel.board;

/** The code of a type of task. It may block, and may run more than once for the same task: see {@link io.signalbox.kernel.StepFunction}. */
@FunctionalInterface
public interface TaskFunction {
    /**
     * Do a task.
     *
     * @return what came of it: null, a text, a number, a truth value, a list or a map of such, or a {@link io.signalbox.kernel.StepResult}.
     * @throws Exception whatever it throws is a failure with that text; the task is tried again as often as its pattern says.
     */
    Object perform(PatternTask task) throws Exception;
}

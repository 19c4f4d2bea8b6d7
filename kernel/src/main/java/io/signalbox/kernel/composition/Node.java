package io.signalbox.kernel.composition;

import java.util.Map;

/** The ordinary way to do a step. Called on the executor of the run, by several at the same time. */
@FunctionalInterface
public interface Node {
    /**
     * Do it once.
     *
     * @return what was made, not null.
     * @throws Exception when it failed.
     */
    Map<String, Object> run(StepInput input) throws Exception;
}

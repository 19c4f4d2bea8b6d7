package io.signalbox.kernel.composition;

import java.util.Map;

/** A piece of work that is used again and again. Called on the thread or executor of whoever uses it, by several at the same time. */
@FunctionalInterface
public interface Component {
    /** Name in the context under which a composition gives the results that the step builds on, by step. */
    String INPUTS = "inputs";

    /**
     * Do it once.
     *
     * @param state to read and to write.
     * @param context what it was told: a value for each parameter that has one.
     * @return what came of it, never null.
     * @throws Exception when it failed; then it was unsuccessful.
     */
    ComponentResult execute(Variables state, Map<String, Object> context) throws Exception;
}

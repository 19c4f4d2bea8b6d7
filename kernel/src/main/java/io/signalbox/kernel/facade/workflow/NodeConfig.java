package io.signalbox.kernel.facade.workflow;

import java.util.Map;

/**
 * What is said about one node only.
 *
 * @param input what it is given, beside and before what all are given.
 * @param terms how it is carried out.
 */
public record NodeConfig(Map<String, Object> input, StepTerms terms) {
    /** Nothing. */
    public static final NodeConfig STANDARD = new NodeConfig(Map.of(), StepTerms.STANDARD);

    public NodeConfig {
        input = Compiling.copy(input);
    }
}

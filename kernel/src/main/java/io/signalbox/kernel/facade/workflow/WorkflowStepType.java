package io.signalbox.kernel.facade.workflow;

/** What a step of a stage is about. It decides nothing. */
public enum WorkflowStepType {
    PARSE_CONTRACT,
    GENERATE_MODEL,
    GENERATE_VALIDATOR,
    GENERATE_TEST,
    VALIDATE_QUALITY,
    PACKAGE_NODE,
    /** Anything else. */
    PARALLEL
}

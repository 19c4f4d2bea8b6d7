package io.signalbox.kernel.facade.workflow;

/**
 * A workflow of functions that has not ended, and whose functions no engine of this process has: an earlier process left it.
 *
 * @param kind what it was started as.
 * @param executionId what {@code resume} is asked for: the id of a workflow in stages, the name of a composition, the id of an execution otherwise.
 * @param coordination name of the coordination that it belongs to.
 * @param run handle of its run.
 */
public record OpenWorkflow(WorkKind kind, String executionId, String coordination, long run) {}

/**
 * Workflows of functions of this process, in the words of the guides: a scheduler that knows dependencies, stages with barriers, and strategies of parallel nodes. All of it is
 * compiled to {@link io.signalbox.kernel.workflow.WorkflowDefinition}s, which the kernel runs; nothing here decides when a step starts or how it ends.
 */
package io.signalbox.kernel.facade.workflow;

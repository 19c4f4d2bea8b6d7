/** Definitions and runs: a graph of steps with needs, retry with back-off, timeouts, concurrency; tasks for workers. */
package io.signalbox.kernel.workflow;

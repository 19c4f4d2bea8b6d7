/**
 * Work put together from parts: components with parameters, six ways to put them together, variables with scopes, templates that make
 * workflows. A composition is a value; it can be run in the process, on an executor of the caller's, and turned into steps of a workflow.
 */
package io.signalbox.kernel.composition;

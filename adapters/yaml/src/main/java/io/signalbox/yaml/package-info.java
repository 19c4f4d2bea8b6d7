/**
 * Workflow files: from text to a checked, immutable {@link io.signalbox.yaml.WorkflowFile}, and from there to the step instances of
 * one run ({@link io.signalbox.yaml.Plan}). Pure: no clock, no thread, and no file but the one that is loaded.
 */
package io.signalbox.yaml;

/** Who waits for what: agent completions, resources, quality gates; resolved, failed early, expired, cancelled. */
package io.signalbox.kernel.dependency;

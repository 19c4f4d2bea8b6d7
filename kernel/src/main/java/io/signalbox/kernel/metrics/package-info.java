/** What is measured beside the machine: recorders, the kernel's own measuring, snapshots. The only place that knows HdrHistogram. */
package io.signalbox.kernel.metrics;

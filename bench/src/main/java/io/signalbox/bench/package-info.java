/**
 * Latency measurements with the baseline beside them. {@link io.signalbox.bench.BenchMain} runs pairs of child JVMs, baseline then
 * subject, and writes the report; {@link io.signalbox.bench.ForkMain} is what a child runs. See {@code bench/README.md}.
 */
package io.signalbox.bench;

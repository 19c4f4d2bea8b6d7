package io.signalbox.kernel;

import io.signalbox.kernel.metrics.Gauge;
import io.signalbox.kernel.metrics.Metrics;
import io.signalbox.kernel.metrics.Tags;
import io.signalbox.kernel.metrics.Timing;
import java.time.Duration;

/** Records what distributions take, in nanoseconds as all timings; {@code name_ms}, as dashboards know them, finds them too. */
final class ContextMeter {
    private static final Duration PER_AGENT = Duration.ofMillis(200);
    private static final int TAG_LENGTH_MAX = 100;

    private final Timing whole;
    private final Timing perAgent;
    private final Gauge size;

    ContextMeter(final Metrics metrics) {
        whole = metrics.timing("context_distribution_time");
        perAgent = metrics.timing("context_distribution_per_agent", PER_AGENT);
        size = metrics.gauge("context_size_bytes", "bytes");
    }

    void record(final DistributedContexts distributed) {
        final DistributedContexts.Metrics measured = distributed.metrics();
        whole.record(
                measured.distributionTime().toNanos(), Tags.of("agent_count", Integer.toString(measured.agentCount())));
        perAgent.record(measured.distributionTimePerAgent().toNanos(), Tags.NONE);
        measured.contextSizeBytes().forEach((agent, bytes) -> size.set(bytes, tags(agent)));
    }

    /** A name that cannot be a tag, too long or blank, is left out. */
    private static Tags tags(final String agent) {
        return agent.isBlank() || agent.length() > TAG_LENGTH_MAX ? Tags.NONE : Tags.of("agent_id", agent);
    }
}

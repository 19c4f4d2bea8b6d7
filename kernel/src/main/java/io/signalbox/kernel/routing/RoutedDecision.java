package io.signalbox.kernel.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** One decision as the history keeps it. Immutable. */
public final class RoutedDecision {
    final long factId;
    final long timestampNs;
    final long coordination;
    final int task;
    final int settings;
    final long verdict;
    final long stateVersion;
    final long routingTimeNs;
    final byte[] correlation;
    final byte[] opinions;
    /** Sequence of the decision before it in its coordination, -1 for none. */
    final long previous;

    RoutedDecision(
            final long factId,
            final long timestampNs,
            final long coordination,
            final int task,
            final int settings,
            final long verdict,
            final long stateVersion,
            final long routingTimeNs,
            final byte[] correlation,
            final byte[] opinions,
            final long previous) {
        this.factId = factId;
        this.timestampNs = timestampNs;
        this.coordination = coordination;
        this.task = task;
        this.settings = settings;
        this.verdict = verdict;
        this.stateVersion = stateVersion;
        this.routingTimeNs = routingTimeNs;
        this.correlation = correlation;
        this.opinions = opinions;
        this.previous = previous;
    }

    /** Id of the fact that recorded it. */
    public long factId() {
        return factId;
    }

    /** Kernel time in nanoseconds. */
    public long timestampNs() {
        return timestampNs;
    }

    /** Name id of the task. */
    public int task() {
        return task;
    }

    /** What was decided; see {@link Verdict}. */
    public long verdict() {
        return verdict;
    }

    /** How the opinions were consolidated. */
    public Consolidation policy() {
        return Consolidation.of(settings & 1);
    }

    /** What the caller said of earlier attempts, up to 65,535. */
    public int retryCount() {
        return settings >>> 8;
    }

    /** How long the task had run, in milliseconds. */
    public long executionTimeMs() {
        return RoutingRules.executionTimeMs(opinions, 0);
    }

    /** Version of the state that the routers saw, -1 when it had none. */
    public long stateVersion() {
        return stateVersion;
    }

    /** What asking the routers took, in nanoseconds, as the caller measured it. */
    public long routingTimeNs() {
        return routingTimeNs;
    }

    /** The caller's correlation id, UTF-8; not to be written to. */
    public byte[] correlation() {
        return correlation;
    }

    /** All opinions, in the order in which they counted. */
    public List<RouterOpinion> opinions(final IntFunction<String> names) {
        final List<RouterOpinion> list = new ArrayList<>();
        final OpinionView view =
                new OpinionView().wrap(opinions, RoutingRules.PREAMBLE, opinions.length - RoutingRules.PREAMBLE);
        while (view.next()) {
            list.add(view.toOpinion(names));
        }
        return List.copyOf(list);
    }
}

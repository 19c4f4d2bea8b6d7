package io.signalbox.bench;

import io.signalbox.bench.subject.GraphSubject;
import io.signalbox.bench.subject.Graphs;
import org.HdrHistogram.Histogram;

/** One fork of a graph, carried out again and again. A turn is a whole graph; its time is divided by the number of steps. */
final class GraphRun {
    private final String name;
    private final GraphSubject subject;
    private final Phases phases;
    private final Histogram perStepNs = Measurement.newHistogram();
    private long stepsChecked;

    GraphRun(final String name, final GraphSubject subject, final Phases phases) {
        this.name = name;
        this.subject = subject;
        this.phases = phases;
    }

    Measurement run() {
        turns(phases.warmUpMs());
        perStepNs.reset();
        turns(phases.timedMs() + phases.untimedMs());
        return new Measurement(
                name,
                perStepNs.getValueAtPercentile(50),
                perStepNs.getValueAtPercentile(99),
                perStepNs.getValueAtPercentile(99.9),
                perStepNs.getMaxValue(),
                perStepNs.getMean(),
                perStepNs.getMean(),
                Clock.costNs(),
                0,
                0,
                perStepNs.getTotalCount(),
                stepsChecked,
                0,
                Runtime.getRuntime().availableProcessors() + " threads of an executor",
                Measurement.encode(perStepNs));
    }

    private void turns(final long durationMs) {
        final long endNs = System.nanoTime() + durationMs * 1_000_000;
        long nowNs;
        do {
            final long startNs = System.nanoTime();
            subject.run();
            nowNs = System.nanoTime();
            Measurement.record(perStepNs, (nowNs - startNs) / Graphs.steps());
            Check.equal("steps of the graph that ran once", Graphs.steps(), subject.ran());
            stepsChecked += Graphs.steps();
        } while (nowNs < endNs);
    }
}

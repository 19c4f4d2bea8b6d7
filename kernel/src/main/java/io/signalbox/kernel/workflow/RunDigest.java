package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;

/** Everything a run remembers, in canonical order. */
final class RunDigest {
    private RunDigest() {}

    static void digestInto(final DigestSink sink, final WorkflowRun run) {
        sink.add(run.handle);
        sink.add(run.coordination);
        sink.add(Fact.pair(run.definition, run.state.ordinal() << 1 | (run.compensates ? 1 : 0)));
        sink.add(run.startedNs);
        sink.add(run.finishedNs);
        sink.add(run.inputs);
        run.undoing.digestInto(sink);
        run.limits.digestInto(sink);
        for (int step = 0; step < run.plan.stepCount(); step++) {
            digestInto(sink, run, step);
        }
    }

    private static void digestInto(final DigestSink sink, final WorkflowRun run, final int step) {
        sink.add(Fact.pair(run.states[step], run.attempts[step]));
        sink.add(Fact.pair(run.failures[step], run.exitCodes[step]));
        sink.add(Fact.pair(run.unmetNeeds[step], run.needs[step] << 1 | (run.superfluous[step] ? 1 : 0)));
        sink.add(Fact.pair(run.ready.order(step), run.ready.blockedBy(step)));
        sink.add(Fact.pair(run.endOrders[step], run.wanted[step]));
        sink.add(Fact.pair(run.winners[step], run.qualities[step]));
        sink.add(run.sinceNs[step]);
        sink.add(run.untilNs[step]);
        sink.add(run.workers[step]);
        sink.add(run.results[step]);
        sink.add(run.details[step]);
    }
}

package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.board.CoordinationEvents.Event;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Condition;
import io.signalbox.kernel.pattern.IncomparableResultsException;
import io.signalbox.kernel.pattern.LoopVerdict;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.Merged;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.StepState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** One attempt of a step of a pattern's run: the code of its type, a merge, or the judgement of a loop. Any thread. */
final class PatternWork {
    private final ConcurrentMap<String, TaskFunction> functions;
    private final MergeFunctions merges;
    private final PatternMeter meter;
    private final Function<String, Coordination> tickets;

    PatternWork(
            final ConcurrentHashMap<String, TaskFunction> functions,
            final MergeFunctions merges,
            final PatternMeter meter,
            final Function<String, Coordination> tickets) {
        this.functions = functions;
        this.merges = merges;
        this.meter = meter;
        this.tickets = tickets;
    }

    StepResult perform(final StepContext context) throws Exception {
        final PatternStep step = PatternStep.decode(context.step().payload());
        final RunResults results = new RunResults(context);
        final long startNs = System.nanoTime();
        try {
            RunTelling.start(
                    ticket(results), context.run(), context.plan().definition().payload());
            tellReady(context, results);
            return switch (step.kind()) {
                case TASK -> task(context, step, results);
                case MERGE -> merge(context, step, results);
                case LOOP -> loop(step, results);
                case SYNC, JOIN -> StepResult.success();
            };
        } finally {
            meter.performed(step, System.nanoTime() - startNs);
        }
    }

    // ------------------------------------------------------------------ tasks

    private StepResult task(final StepContext context, final PatternStep step, final RunResults results)
            throws Exception {
        final Condition when = step.when();
        final Condition unless = step.unless();
        if (when != null && !when.holds(orNothing(results.of(when.task())))
                || unless != null && unless.holds(orNothing(results.of(unless.task())))) {
            return StepResult.skip("its condition says no");
        }
        final TaskFunction function = functions.get(step.taskType());
        if (function == null) {
            return StepResult.failureForGood("nobody does tasks of type '" + step.taskType() + "'; known are "
                    + new TreeMap<>(functions).keySet());
        }
        final Map<String, DocumentValue> before = new LinkedHashMap<>();
        for (final String source : step.sources()) {
            final DocumentValue result = results.of(source);
            if (result != null) {
                before.put(source, result);
            }
        }
        final Synthesised synthesised = synthesis(context, step, results);
        if (synthesised.failure != null) {
            return synthesised.failure;
        }
        return result(function.perform(
                new PatternTask(context.step().id(), step, before, synthesised.context, results.inputs(), context)));
    }

    private static DocumentValue orNothing(final DocumentValue value) {
        return value == null ? DocumentValue.NULL : value;
    }

    private static StepResult result(final Object made) {
        return made instanceof StepResult result
                ? result
                : StepResult.success(DocumentJson.bytes(DocumentValue.of(made)));
    }

    // ------------------------------------------------------------------ joins

    /** What a task behind a join gets, or why it cannot be. */
    private record Synthesised(DocumentValue context, StepResult failure) {}

    private Synthesised synthesis(final StepContext context, final PatternStep step, final RunResults results) {
        if (step.joinId().isEmpty()) {
            return new Synthesised(DocumentValue.EMPTY_MAP, null);
        }
        final PendingJoin join = PendingJoin.of(
                        step.joinId(), step.joined(), context.step().id(), step.strategy(), step.function())
                .done();
        if (!step.mergeId().isEmpty()) {
            final DocumentValue merged = orNothing(results.of(step.mergeId()));
            return new Synthesised(merged.isMap() ? withJoin(merged, join) : DocumentValue.EMPTY_MAP, null);
        }
        try {
            final Merged merged = merges.merge(
                    join.strategy(),
                    join.function(),
                    results.of(join.sourceTaskIds(), join.strategy() == MergeStrategy.FIRST ? join.id() : ""));
            tell(context, results, CoordinationEvents.synthesisCompleted(join, merged));
            return new Synthesised(withJoin(merged.document(), join), null);
        } catch (final IncomparableResultsException | BoardException e) {
            tell(context, results, CoordinationEvents.synthesisFailed(join, e.getMessage()));
            return new Synthesised(DocumentValue.EMPTY_MAP, StepResult.failureForGood(e.getMessage()));
        }
    }

    private static DocumentValue withJoin(final DocumentValue merged, final PendingJoin join) {
        return merged.with("_join_id", DocumentValue.of(join.id()));
    }

    /** Nobody is told in a ticket that was closed. */
    private void tell(final StepContext context, final RunResults results, final Event event) {
        final Coordination ticket = ticket(results);
        if (ticket != null) {
            RunTelling.once(ticket, context.run(), context.step().id(), event);
        }
    }

    private Coordination ticket(final RunResults results) {
        return tickets.apply(results.inputs().textOf("ticket_id"));
    }

    /** That a sync point is ready is told by the first step that comes behind it. */
    private void tellReady(final StepContext context, final RunResults results) {
        for (int i = 0; i < context.plan().needCount(context.index()); i++) {
            final StepDefinition need = context.plan().step(context.plan().need(context.index(), i));
            final PatternStep about = need.kind() == StepKind.GATE ? PatternStep.decode(need.payload()) : null;
            if (about != null && about.kind() == PatternStep.Kind.SYNC && context.state(i) == StepState.SUCCEEDED) {
                tellReady(context, results, need.id(), about);
            }
        }
    }

    private void tellReady(
            final StepContext context, final RunResults results, final String syncId, final PatternStep about) {
        final Coordination ticket = ticket(results);
        if (ticket != null) {
            final int completed = (int) about.waiting().stream()
                    .filter(task -> results.state(task) == StepState.SUCCEEDED)
                    .count();
            RunTelling.once(
                    ticket, context.run(), syncId, CoordinationEvents.syncReady(syncId, completed, about.required()));
        }
    }

    // ------------------------------------------------------------------ merges and loops

    private StepResult merge(final StepContext context, final PatternStep step, final RunResults results) {
        try {
            final Merged merged = merges.merge(step.strategy(), step.function(), results.of(step.sources(), ""));
            tell(
                    context,
                    results,
                    CoordinationEvents.mergeCompleted(context.step().id(), merged));
            return result(merged.document());
        } catch (final IncomparableResultsException | BoardException e) {
            return StepResult.failureForGood(e.getMessage());
        }
    }

    private static StepResult loop(final PatternStep step, final RunResults results) {
        final LoopVerdict verdict = LoopVerdict.of(step, results::of);
        return verdict.hasFailed()
                ? StepResult.failureForGood("not good after " + verdict.rounds() + " reviews")
                        .withResult(DocumentJson.bytes(verdict.result()))
                : result(verdict.result());
    }
}

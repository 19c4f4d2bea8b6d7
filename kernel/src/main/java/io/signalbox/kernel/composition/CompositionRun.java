package io.signalbox.kernel.composition;

import io.signalbox.kernel.workflow.OnError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a plan. What has ended is counted down under its lock; steps run outside it. */
final class CompositionRun {
    private final CompositionRunner runner;
    private final CompositionPlan plan;
    private final Frames frames;
    private final OnError onError;
    private final Executor executor;
    private final CompletableFuture<CompositionResult> result = new CompletableFuture<>();

    private final Map<String, StepOutcome> ended = new ConcurrentHashMap<>();
    private final Map<String, Integer> missing = new HashMap<>(); // under the lock: needs that have not ended
    private final Map<String, List<PlannedStep>> dependents = new HashMap<>();
    private boolean isFailed; // under the lock

    private final Queue<PlannedStep> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger readyCount = new AtomicInteger();

    CompositionRun(
            final CompositionRunner runner,
            final CompositionPlan plan,
            final Frames frames,
            final OnError onError,
            final Executor executor) {
        this.runner = runner;
        this.plan = plan;
        this.frames = frames;
        this.onError = onError;
        this.executor = executor;
        for (final PlannedStep step : plan.steps()) {
            missing.put(step.id(), (int) step.needs().stream().distinct().count());
            step.needs().stream()
                    .distinct()
                    .forEach(need -> dependents
                            .computeIfAbsent(need, none -> new ArrayList<>())
                            .add(step));
        }
    }

    CompletableFuture<CompositionResult> start() {
        begin(plan.steps().stream().filter(step -> step.needs().isEmpty()).toList());
        return result;
    }

    /** Hand steps to the executor. Whoever comes while another thread does leaves them to it, so that no chain of steps becomes a chain of calls. */
    private void begin(final List<PlannedStep> steps) {
        if (steps.isEmpty()) {
            return;
        }
        ready.addAll(steps);
        if (readyCount.getAndAdd(steps.size()) != 0) {
            return;
        }
        int left;
        do {
            final PlannedStep step = ready.remove();
            try {
                executor.execute(() -> end(step, perform(step)));
            } catch (final RuntimeException | OutOfMemoryError e) { // the executor takes nothing more, or has no thread
                end(step, StepOutcome.without(StepOutcome.State.FAILED, "the executor refused it: " + e));
            }
            left = readyCount.decrementAndGet();
        } while (left > 0);
    }

    private StepOutcome perform(final PlannedStep step) {
        return isStopped()
                ? StepOutcome.without(StepOutcome.State.CANCELLED, "the run had ended")
                : runner.perform(step, frames, ended);
    }

    private boolean isStopped() {
        if (result.isDone()) {
            return true;
        }
        synchronized (missing) {
            return isFailed && onError == OnError.FAIL_FAST;
        }
    }

    private void end(final PlannedStep step, final StepOutcome outcome) {
        final List<PlannedStep> next = new ArrayList<>();
        final boolean isLast;
        synchronized (missing) {
            note(step, outcome, next);
            isLast = ended.size() == missing.size();
        }
        begin(next);
        if (isLast) {
            finish();
        }
    }

    /** Under the lock. What cannot run any more ends with it. */
    private void note(final PlannedStep step, final StepOutcome outcome, final List<PlannedStep> next) {
        final List<PlannedStep> open = new ArrayList<>(List.of(step));
        ended.put(step.id(), outcome);
        isFailed |= outcome.state() == StepOutcome.State.FAILED;
        while (!open.isEmpty()) {
            final PlannedStep done = open.remove(open.size() - 1);
            final StepOutcome how = ended.get(done.id());
            final boolean goesOn =
                    how.state() == StepOutcome.State.SUCCEEDED || how.state() == StepOutcome.State.SKIPPED;
            for (final PlannedStep dependent : dependents.getOrDefault(done.id(), List.of())) {
                final int left = missing.merge(dependent.id(), -1, Integer::sum);
                if (!goesOn && !ended.containsKey(dependent.id())) {
                    ended.put(
                            dependent.id(),
                            StepOutcome.without(StepOutcome.State.CANCELLED, "'" + done.id() + "' did not succeed"));
                    open.add(dependent);
                } else if (left == 0 && !ended.containsKey(dependent.id())) {
                    next.add(dependent);
                }
            }
        }
    }

    private void finish() {
        final Map<String, StepOutcome> inOrder = new LinkedHashMap<>();
        plan.steps().forEach(step -> inOrder.put(step.id(), ended.get(step.id())));
        final boolean isSuccess = inOrder.values().stream()
                .allMatch(outcome ->
                        outcome.state() == StepOutcome.State.SUCCEEDED || outcome.state() == StepOutcome.State.SKIPPED);
        result.complete(
                new CompositionResult(isSuccess, inOrder, frames.outermost().toMap()));
    }
}

package io.signalbox.kernel.facade.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A task of a {@link DependencyAwareScheduler}. Immutable.
 *
 * @param id unique, not empty.
 * @param executor what does it.
 * @param dependencies ids of tasks; they may be added later.
 * @param metadata what is known about it.
 * @param terms how it is carried out; where they say nothing, five minutes for an attempt, no retry.
 * @param undo what undoes it when {@link DependencyAwareScheduler#withOnError compensation} is asked for; null for nothing.
 */
public record ScheduledTask(
        String id,
        StepExecutor executor,
        List<String> dependencies,
        Map<String, Object> metadata,
        StepTerms terms,
        StepExecutor undo) {
    public ScheduledTask {
        Compiling.requireId("the id of a task", id);
        Compiling.require(executor, executor != null, "the executor of task '" + id + "' must be callable");
        dependencies = List.copyOf(dependencies);
        metadata = Compiling.copy(metadata);
    }

    /** A task. */
    public static ScheduledTask of(final String id, final StepExecutor executor, final String... dependencies) {
        return new ScheduledTask(id, executor, List.of(dependencies), Map.of(), StepTerms.STANDARD, null);
    }

    /** The same with a time limit of each attempt. */
    public ScheduledTask withTimeout(final Duration timeout) {
        return withTerms(terms.withTimeout(timeout));
    }

    /** The same with so many further attempts after failures. */
    public ScheduledTask withRetryCount(final int retryCount) {
        return withTerms(terms.withRetries(retryCount));
    }

    /** The same, carried out otherwise. */
    public ScheduledTask withTerms(final StepTerms terms) {
        return new ScheduledTask(id, executor, dependencies, metadata, terms, undo);
    }

    /** The same with something more that is known about it. */
    public ScheduledTask metadata(final String name, final Object value) {
        return new ScheduledTask(id, executor, dependencies, Compiling.with(metadata, name, value), terms, undo);
    }

    /** The same with something that undoes it; its context has the result of the task as a dependency of this id. */
    public ScheduledTask undoneBy(final StepExecutor undo) {
        return new ScheduledTask(id, executor, dependencies, metadata, terms, undo);
    }
}
